"""What the demonstration plays: which states, by which moves, about which subjects."""

# One round of thirty: ten of them running, every other state at least once.
ROUND = (
    *["active"] * 6, "draft", "submitted", "returned", "under_review", "recommended",
    "public_notice", *["active"] * 4, "expired", "terminated", "revoked", "rejected", "lapsed",
    "draft", "submitted", "under_review", "active", "active", "expired", "draft", "active", "active",
)  # fmt: skip
PATHS = {
    "draft": (), "submitted": ("submit",), "returned": ("submit", "return"),
    "lapsed": ("submit", "return", "lapse"), "under_review": ("submit", "accept"),
    "recommended": ("submit", "accept", "recommend"),
    "rejected": ("submit", "accept", "recommend", "reject"),
    "public_notice": ("submit", "accept", "recommend", "publish"),
    "active": ("submit", "accept", "recommend", "publish", "file"),
}  # fmt: skip
for _end, _action in (("expired", "expire"), ("terminated", "terminate"), ("revoked", "revoke")):
    PATHS[_end] = (*PATHS["active"], _action)
STATUS_AFTER = {
    "submit": "submitted", "return": "returned", "lapse": "lapsed", "accept": "under_review",
    "recommend": "recommended", "reject": "rejected", "publish": "public_notice",
    "file": "active", "expire": "expired", "terminate": "terminated", "revoke": "revoked",
}  # fmt: skip
ACTORS = {
    "submit": "lead", "accept": "intake", "return": "intake", "recommend": "reviewer",
    "publish": "decider", "file": "decider", "reject": "decider", "terminate": "decider",
    "revoke": "decider",
}  # fmt: skip
REASONS = {
    "terminate": "演示：任务提前完成。",
    "reject": "演示：攻关方向与在先备案的创新联合体重复，未聚焦急需突破的技术瓶颈。",
}
SUBJECTS = (
    "高精度谐波减速器",
    "碳化硅功率器件",
    "工业视觉大模型",
    "车规级芯片封装",
    "低空飞行控制",
    "固态电池电解质",
    "细胞治疗制备",
    "智能电网保护",
    "柔性显示材料",
    "光通信模块",
    "特种钢连铸",
    "手术机器人",
)
TEXT = (
    "围绕{subject}的材料、设计与工艺开展联合攻关，打通从基础研究、样机试制到产线验证的全过程，"
    "形成自主可控的产品、标准与专利组合，并在本市整机和应用企业中率先使用。"
)
SPACING = {
    "return": 3,
    "accept": 3,
    "recommend": 12,
    "reject": 4,
    "publish": 4,
    "file": 9,
    "lapse": 16,
}
