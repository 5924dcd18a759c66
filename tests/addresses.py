"""Every address of the portal, with who may open it and what it is about."""

from dataclasses import dataclass, field

CAST = ("anonymous", "lead_owner", "lead2_owner", "member_user", "stranger", "auditor")
NAMESPACES = ("agenda", "filings", "reports", "support", "notices", "accounts", "reviews", "experts")  # fmt: skip
SIGN_IN, NOT_YOURS = "sign in", 404


@dataclass(frozen=True)
class Row:
    """Who may open an address. Those left out get 404, and visitors the sign-in page."""

    may: tuple[str, ...]
    args: tuple[str, ...] = ()
    of: str = "draft"
    method: str = "get"
    data: dict = field(default_factory=dict)

    def expects(self, cast: str):
        if cast in self.may:
            return "answer"
        return SIGN_IN if cast == "anonymous" else NOT_YOURS


ALL = CAST
SIGNED_IN = CAST[1:]
# All who may belong to a unit: the bureau's people do not.
UNIT_PEOPLE = CAST[1:-1]
LEAD = ("lead_owner",)
UNITS = ("lead_owner", "member_user")
READERS = (*UNITS, "auditor")

TABLE = {
    "agenda:calendar": Row(SIGNED_IN, of=""),
    "agenda:address": Row(SIGNED_IN, of="", method="post"),
    "agenda:feed": Row(ALL, ("calendar",), of=""),
    "filings:mine": Row(SIGNED_IN, of=""),
    "filings:new": Row(SIGNED_IN, of=""),
    # Whoever holds the link reads which unit is asked, and how to get in; see test_confirmation.
    "filings:confirm": Row(UNIT_PEOPLE, ("token",), of=""),
    "filings:proof": Row(("member_user",), ("token",), of="", method="post"),
    "filings:detail": Row(UNITS),
    "filings:check": Row(LEAD),
    "filings:submit": Row(LEAD, method="post"),
    "filings:submission": Row(LEAD, ("submission",), of="submitted"),
    "filings:receipt": Row(LEAD, ("submission",), of="submitted"),
    "filings:withdraw": Row(LEAD, method="post"),
    "filings:justification": Row(LEAD, method="post", data={"rule": "academic_member"}),
    "filings:answer": Row(LEAD, ("comment",), of="returned", method="post"),
    "filings:member_add": Row(LEAD),
    "filings:invite": Row(LEAD, method="post"),
    "filings:member_edit": Row(LEAD, ("member",)),
    "filings:member_move": Row(LEAD, ("member",), method="post"),
    "filings:member_delete": Row(LEAD, ("member",)),
    "filings:task_add": Row(LEAD),
    "filings:task_edit": Row(LEAD, ("task",)),
    "filings:task_move": Row(LEAD, ("task",), method="post"),
    "filings:task_delete": Row(LEAD, ("task",)),
    "filings:document_add": Row(LEAD, method="post"),
    "filings:document": Row(LEAD, ("document",)),
    "filings:document_view": Row(LEAD, ("document",)),
    "filings:document_inline": Row(LEAD, ("document",)),
    "filings:uploads": Row(UNITS, method="post"),
    "filings:upload": Row(LEAD, ("upload",), method="head"),
    "filings:document_delete": Row(LEAD, ("document",), method="post"),
    "filings:step": Row(LEAD, ("section",)),
    "filings:from_json": Row(SIGNED_IN, of=""),
    "filings:pdf": Row(UNITS),
    "filings:json": Row(LEAD),
    "filings:submission_pdf": Row(READERS, ("submission",), of="active"),
    "filings:copy": Row(LEAD, of="rejected"),
    "filings:renew": Row(LEAD, of="expired"),
    "filings:closing": Row(LEAD, of="expired"),
    "filings:closing_check": Row(LEAD, of="closing"),
    "filings:closing_submit": Row(LEAD, of="closing", method="post"),
    "filings:closing_attach": Row(LEAD, of="closing", method="post"),
    "filings:closing_detach": Row(LEAD, ("attached",), of="closing", method="post"),
    "filings:closing_draft": Row(LEAD, of="closing"),
    "filings:closing_pdf": Row(("lead_owner", "auditor"), ("handed_in",), of="expired"),
    "filings:provincial": Row(LEAD, of="active"),
    "filings:provincial_edit": Row(LEAD, ("application",), of="active"),
    "filings:template": Row(LEAD, ("rows",)),
    "filings:import": Row(LEAD, ("rows",)),
    "filings:import_confirm": Row(LEAD, ("rows",), method="post"),
    "filings:change_add": Row(LEAD, of="active"),
    "filings:change": Row(READERS, ("change",), of="active"),
    "filings:change_step": Row(LEAD, ("draft", "why"), of="active"),
    "filings:change_move": Row(
        LEAD, ("draft",), of="active", method="post", data={"action": "ask"}
    ),
    "filings:change_justify": Row(
        LEAD, ("draft",), of="active", method="post", data={"rule": "academic_member"}
    ),
    "filings:change_paper": Row(LEAD, ("draft",), of="active", method="post"),
    "filings:change_answer": Row(("member_user",), ("asked",), of="active", method="post"),
    "filings:renaming_add": Row(LEAD, of="unit"),
    "filings:renaming": Row(LEAD, ("renaming",), of=""),
    "filings:certificate": Row(READERS, of="active"),
    "filings:register": Row(ALL, of=""),
    "filings:register_entry": Row(ALL, ("number",), of=""),
    "filings:verify_form": Row(ALL, of=""),
    "filings:verify": Row(ALL, ("code",), of=""),
    "filings:public_notices": Row(ALL, of=""),
    "filings:public_notice": Row(ALL, of="public_notice"),
    "filings:public_notice_sheet": Row(ALL, ("notice",), of=""),
    "filings:public_notice_pdf": Row(ALL, ("notice",), of=""),
    "filings:objection_form": Row(ALL, of=""),
    "filings:objection": Row(ALL, ("objection",), of=""),
    "filings:letter": Row(("lead_owner", "auditor"), ("letter",), of="rejected"),
    "filings:guideline": Row(ALL, of=""),
    "reports:mine": Row(SIGNED_IN, of=""),
    "reports:calls": Row(ALL, of=""),
    "reports:call": Row(ALL, of="call"),
    "reports:call_paper": Row(ALL, ("paper",), of="call"),
    "reports:detail": Row(LEAD, of="report"),
    "reports:part": Row(LEAD, ("part",), of="report"),
    "reports:findings": Row(LEAD, ("part",), of="report"),
    "reports:pdf": Row(LEAD, of="report"),
    "reports:submission": Row(("lead_owner", "auditor"), ("number",), of="report"),
    "reports:receipt": Row(("lead_owner", "auditor"), ("number",), of="report"),
    "reports:document": Row(LEAD, ("document",), of="report"),
    "reports:document_inline": Row(LEAD, ("document",), of="report"),
    "reports:document_add": Row(LEAD, ("part",), of="report", method="post"),
    "reports:document_remove": Row(LEAD, ("document",), of="report", method="post"),
    "reports:submit": Row(LEAD, of="report", method="post"),
    "reports:withdraw": Row(LEAD, of="report", method="post"),
    "reports:justification": Row(LEAD, of="report", method="post"),
    "reports:answer": Row(LEAD, ("remark",), of="report", method="post"),
    "reports:ask": Row(LEAD, of="report", method="post"),
    "reports:own": Row(UNITS, of="unit"),
    "reports:unit": Row(UNITS, ("part",), of="unit"),
    "reports:unit_document_add": Row(UNITS, ("part",), of="unit", method="post"),
    "reports:sign": Row(("member_user",), ("part",), of="unit", method="post"),
    "reports:skip": Row(LEAD, ("part",), of="unit", method="post"),
    "reports:project_add": Row(UNITS, ("part",), of="unit"),
    "reports:project": Row(UNITS, ("project",), of="unit"),
    "reports:project_delete": Row(UNITS, ("project",), of="unit"),
    "support:mine": Row(SIGNED_IN, of=""),
    "support:new": Row(UNITS, of="active"),
    "support:detail": Row(LEAD, of="support"),
    "support:edit": Row(LEAD, of="support"),
    "support:submit": Row(LEAD, of="support", method="post"),
    "support:withdraw": Row(LEAD, of="support", method="post"),
    "support:consent": Row(LEAD, of="support", method="post"),
    "support:file_add": Row(LEAD, of="support", method="post"),
    "support:file": Row(LEAD, ("file",), of="support"),
    "support:file_remove": Row(LEAD, ("file",), of="support", method="post"),
    # The officers' print is of what was sent: this one is being written.
    "support:pdf": Row(LEAD, of="support"),
    "notices:inbox": Row(SIGNED_IN, of=""),
    "notices:read_all": Row(SIGNED_IN, of="", method="post"),
    "notices:message": Row(LEAD, of="message"),
    "notices:preferences": Row(SIGNED_IN, of=""),
    # Nobody's where no SMS can be sent; see tests/notices/test_phones.py.
    "notices:phone": Row((), of=""),
    "notices:phone_code": Row((), of=""),
    "notices:phone_remove": Row(SIGNED_IN, of="", method="post"),
    "accounts:unit": Row(SIGNED_IN, of=""),
    "accounts:unit_edit": Row(LEAD, of="unit"),
    "accounts:unit_join": Row(UNIT_PEOPLE, of=""),
    "accounts:unit_register": Row(UNIT_PEOPLE, of=""),
    "accounts:leave": Row(LEAD, of="unit"),
    "accounts:person": Row(LEAD, ("membership",), of="unit"),
    "accounts:person_hand_over": Row(LEAD, ("membership",), of="unit"),
    "accounts:person_remove": Row(LEAD, ("membership",), of="unit"),
    "accounts:join_request": Row(LEAD, ("request",), of="unit"),
    "accounts:join_cancel": Row(("stranger",), ("request",), of="", method="post"),
    "accounts:invite": Row(LEAD, of="unit"),
    "accounts:invitation_resend": Row(LEAD, ("invitation",), of="unit", method="post"),
    "accounts:invitation_revoke": Row(LEAD, ("invitation",), of="unit", method="post"),
    "accounts:invitation": Row(("anonymous", *UNIT_PEOPLE), ("secret",), of=""),
    "accounts:signup": Row(ALL, of=""),
    "accounts:me": Row(SIGNED_IN, of=""),
    "reviews:cases": Row(SIGNED_IN, of=""),
    "reviews:case": Row(LEAD, of="case"),
    "experts:page": Row(ALL, ("expert",), of="expert"),
    "reviews:file": Row(("lead_owner", "auditor"), ("paper",), of="case"),
}
