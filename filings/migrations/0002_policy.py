"""The first policy, and the bureau's list of fields as published in 2025."""

from datetime import date

from django.db import migrations

SINCE = date(2025, 6, 27)
SOURCE = "南京市发展和改革委员会 2025-06-27"
FIELDS = (
    ("electronics", "pillar", "电子信息", "Electronic information"),
    ("automobiles", "pillar", "汽车", "Automobiles"),
    ("steel", "pillar", "钢铁", "Steel"),
    ("petrochemicals", "pillar", "石化", "Petrochemicals"),
    ("ai-software", "tackling", "人工智能（软件）", "Artificial intelligence (software)"),
    ("robots", "tackling", "机器人", "Robots"),
    ("biomedicine", "tackling", "生物医药", "Biomedicine"),
    ("communications", "tackling", "新一代信息通信", "New-generation communications"),
    ("smart-grid", "innovative", "智能电网", "Smart grid"),
    (
        "manufacturing-equipment",
        "innovative",
        "智能制造装备",
        "Intelligent manufacturing equipment",
    ),
    ("new-materials", "innovative", "新材料", "New materials"),
    ("connected-vehicles", "innovative", "智能网联新能源汽车", "Connected new-energy vehicles"),
    ("integrated-circuits", "innovative", "集成电路", "Integrated circuits"),
    ("low-altitude", "innovative", "低空经济（航空航天）", "Low-altitude economy (aerospace)"),
    (
        "third-generation-semiconductors",
        "future",
        "第三代半导体",
        "Third-generation semiconductors",
    ),
    ("cells-genes", "future", "细胞与基因技术", "Cell and gene technology"),
    ("general-ai", "future", "通用智能", "General intelligence"),
    ("virtual-reality", "future", "虚拟现实", "Virtual reality"),
    ("future-networks", "future", "未来网络", "Future networks"),
)


def forwards(apps, schema_editor):
    apps.get_model("filings", "Policy").objects.create(
        effective_from=date(2020, 1, 1), note="初始参数"
    )
    apps.get_model("filings", "FocusField").objects.bulk_create(
        apps.get_model("filings", "FocusField")(
            code=code,
            group=group,
            name=name,
            name_en=name_en,
            valid_from=SINCE,
            source=SOURCE,
            position=position,
        )
        for position, (code, group, name, name_en) in enumerate(FIELDS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("filings", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
