"""Every address of the workbench, with who gets its page and who is heard when posting to it."""

from dataclasses import dataclass

NOBODY = ()
OFFICERS = ("intake", "reviewer", "decider", "auditor", "administrator", "superuser")
CAST = ("anonymous", "lead_owner", *OFFICERS)
SUPERUSER, AUDITOR = ("superuser",), ("auditor",)
INTAKE, REVIEWER = ("intake", "superuser"), ("reviewer", "superuser")
DECIDER, ADMINISTRATOR = ("decider", "superuser"), ("administrator", "superuser")
OVERSIGHT = ("auditor", *ADMINISTRATOR)
CASE_OFFICERS = ("intake", *REVIEWER, "decider")
ACTING = (*CASE_OFFICERS, "administrator")
OPENERS = ("intake", *REVIEWER)
ASSIGNERS = ("decider", *ADMINISTRATOR)
EXPERT_KEEPERS = TEMPLATES = ("reviewer", *ADMINISTRATOR)
SIGN_IN = ("/accounts/login/", "/admin/login/")
# The two that belong to no model's pages: Django's redirect of old links, and its "not found".
# Files and a script: nothing on them to follow.
NO_PAGES = (
    "jsi18n", "accounts_auditentry_csv", "filings_consortium_export_sheet",
    "reports_statisticsreport_paper", "reports_statisticsreport_workbook",
    "filings_consortium_export_print", "reports_supportrequest_export_sheet",
    "reports_supportrequest_export_print", "filings_objection_file", "filings_renaming_file",
    "reviews_expertround_summary", "reports_reportcall_bundle_zip",
)  # fmt: skip
UNNAMED = {"<path:object_id>/", "(?P<url>.*)$"}


@dataclass(frozen=True)
class Row:
    """Who gets a page, and who is heard when posting to it. To all others it is closed."""

    opens: tuple[str, ...] = NOBODY
    hears: tuple[str, ...] = NOBODY


def model(name, opens=OFFICERS, *, adds=NOBODY, changes=NOBODY, acts=NOBODY) -> dict[str, Row]:
    """The five addresses that every model of the workbench has. Nobody deletes."""
    return {
        f"{name}_changelist": Row(opens, acts),
        f"{name}_add": Row(adds, adds),
        f"{name}_change": Row(opens, changes),
        f"{name}_history": Row(opens),
        f"{name}_delete": Row(),
    }


def step(who) -> Row:
    return Row(who, who)


TABLE = {
    "index": Row(OFFICERS),
    "app_list": Row(OFFICERS),
    "messages_to_come": Row(OFFICERS),
    # One's own account, the auditor's too.
    "login": Row(OFFICERS, OFFICERS),
    "logout": Row(NOBODY, OFFICERS),
    "password_change": Row(OFFICERS, OFFICERS),
    "password_change_done": Row(OFFICERS),
    "jsi18n": Row(OFFICERS),
    # Answers for fields of forms that look things up, of which there are none; and links to
    # pages of a thing elsewhere, which no thing names.
    "autocomplete": Row(),
    "view_on_site": Row(),
    **model("accounts_auditentry", AUDITOR),
    "accounts_auditentry_export": Row(AUDITOR),
    "accounts_auditentry_csv": Row(AUDITOR),
    **model("accounts_user", OVERSIGHT, adds=ADMINISTRATOR, changes=ADMINISTRATOR),
    "auth_user_password_change": step(ADMINISTRATOR),
    **model("accounts_unit", changes=ADMINISTRATOR),
    **model("admin_logentry", OVERSIGHT),
    **model("notices_message", OVERSIGHT),
    **model("notices_delivery", OVERSIGHT, acts=ADMINISTRATOR),
    **model("filings_consortium", acts=(*CASE_OFFICERS, "administrator")),
    "filings_consortium_claim": step(CASE_OFFICERS),
    "filings_consortium_release": step((*CASE_OFFICERS, "administrator")),
    "filings_consortium_assign": step(ASSIGNERS),
    "filings_consortium_assign_many": step(ASSIGNERS),
    "filings_consortium_batch_accept": step(INTAKE),
    "filings_consortium_batch_recommend": step(REVIEWER),
    "filings_consortium_batch_publish": step(DECIDER),
    "filings_consortium_batch_file": step(DECIDER),
    "filings_consortium_export": Row(OFFICERS),
    "filings_consortium_export_sheet": Row(OFFICERS),
    "filings_consortium_export_print": Row(OFFICERS),
    "filings_consortium_filter_save": Row(NOBODY, CASE_OFFICERS),
    # Everybody's own, and here nobody has one.
    "filings_consortium_filter_delete": Row(),
    "filings_consortium_comment_add": Row(NOBODY, INTAKE),
    "filings_consortium_comment_edit": step(CASE_OFFICERS),
    "filings_consortium_comment_delete": step(CASE_OFFICERS),
    "filings_consortium_checklist": Row(NOBODY, INTAKE),
    "filings_consortium_note_add": Row(NOBODY, ACTING),
    "filings_consortium_note_delete": Row(NOBODY, INTAKE[:1]),
    "filings_consortium_accept": step(INTAKE),
    "filings_consortium_return": step(OPENERS),
    "filings_consortium_recall": step(INTAKE),
    "filings_consortium_recommend": step(REVIEWER),
    "filings_consortium_publish": step(DECIDER),
    "filings_consortium_file": step(DECIDER),
    "filings_consortium_reject": step(DECIDER),
    "filings_consortium_terminate": step(DECIDER),
    "filings_consortium_revoke": step(DECIDER),
    "filings_consortium_open-case": step(OPENERS),
    "filings_consortium_experts": step(REVIEWER),
    "filings_consortium_provincial": step(("reviewer", *DECIDER)),
    **model("filings_closingsummary"),
    "filings_closingsummary_note": step(REVIEWER),
    **model("filings_provincialapplication"),
    "filings_provincialapplication_confirm": step(("reviewer", *DECIDER)),
    "filings_provincialapplication_refuse": step(("reviewer", *DECIDER)),
    "filings_provincialapplication_outcome": step(("reviewer", *DECIDER)),
    **model("filings_change"),
    **model("filings_changeduty"),
    "filings_changeduty_close": step(("reviewer", *DECIDER)),
    "filings_change_note": step(REVIEWER),
    "filings_change_return": step(REVIEWER),
    **model("filings_renaming"),
    "filings_renaming_note": step(REVIEWER),
    "filings_renaming_return": step(REVIEWER),
    "filings_renaming_file": Row(OFFICERS),
    **model("filings_creditcase"),
    "filings_creditcase_evidence": step(OPENERS),
    "filings_creditcase_propose": step(REVIEWER),
    "filings_creditcase_decide": step(DECIDER),
    **model("filings_creditrecord"),
    "filings_creditrecord_correct": step(DECIDER),
    "filings_creditrecord_lift": step(DECIDER),
    **model("filings_submission"),
    **model("filings_event"),
    **model("filings_objection"),
    "filings_objection_answer": step(DECIDER),
    "filings_objection_file": Row(OFFICERS),
    **model("filings_letter"),
    **model("filings_publicnotice"),
    **model("filings_sweeprun"),
    **model("filings_policy", adds=ADMINISTRATOR, changes=ADMINISTRATOR),
    **model("filings_focusfield", adds=ADMINISTRATOR, changes=ADMINISTRATOR),
    **model("reviews_expert", adds=EXPERT_KEEPERS, changes=EXPERT_KEEPERS),
    **model("reviews_expertround"),
    "reviews_expertround_close": step(REVIEWER),
    "reviews_expertround_summary": Row(OFFICERS),
    **model("reviews_expertinvitation"),
    "reviews_expertinvitation_renew": step(REVIEWER),
    "reviews_expertinvitation_withdraw": step(REVIEWER),
    **model("reviews_commenttemplate", adds=TEMPLATES, changes=TEMPLATES),
    **model("reports_reportcall", adds=REVIEWER),
    "reports_reportcall_publish": step(DECIDER),
    "reports_reportcall_postpone": step(DECIDER),
    "reports_reportcall_attach": step(REVIEWER),
    "reports_reportcall_owing": Row(OFFICERS),
    "reports_reportcall_bundle": Row(OFFICERS),
    "reports_reportcall_bundle_zip": Row(OFFICERS),
    "reports_reportcall_remove_paper": Row(NOBODY, REVIEWER),
    **model("reports_annualreport", acts=CASE_OFFICERS),
    "reports_annualreport_extend": step(("reviewer", *DECIDER)),
    "reports_annualreport_remind": step(CASE_OFFICERS),
    "reports_annualreport_comment_add": Row(NOBODY, REVIEWER),
    "reports_annualreport_comment_edit": step(CASE_OFFICERS),
    "reports_annualreport_comment_delete": step(CASE_OFFICERS),
    "reports_annualreport_note_add": Row(NOBODY, ACTING),
    "reports_annualreport_note_delete": Row(NOBODY, INTAKE[:1]),
    "reports_annualreport_claim": step(REVIEWER),
    "reports_annualreport_release": step(("reviewer", *ASSIGNERS)),
    "reports_annualreport_accept": step(REVIEWER),
    "reports_annualreport_return": step(REVIEWER),
    **model("reports_picture"),
    "reports_picture_count": Row(NOBODY, ACTING),
    "reports_picture_concern": Row(OFFICERS),
    **model("reports_statisticsreport"),
    "reports_statisticsreport_request": Row(NOBODY, ACTING),
    "reports_statisticsreport_paper": Row(OFFICERS),
    "reports_statisticsreport_workbook": Row(OFFICERS),
    **model("reports_supportrequest"),
    "reports_supportrequest_return": step(("intake", "reviewer", *DECIDER)),
    "reports_supportrequest_assess": step(REVIEWER),
    "reports_supportrequest_recommend": step(DECIDER),
    "reports_supportrequest_forward": step(DECIDER),
    "reports_supportrequest_decline": step(DECIDER),
    "reports_supportrequest_result": step(REVIEWER),
    "reports_supportrequest_export": Row(OFFICERS),
    "reports_supportrequest_export_sheet": Row(OFFICERS),
    "reports_supportrequest_export_print": Row(OFFICERS),
    "reports_supportrequest_share": Row(NOBODY, ("reviewer", *DECIDER)),
}
