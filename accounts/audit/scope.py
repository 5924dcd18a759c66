"""What is audited: every table of our rooms and of the accounts beneath, except those named here.

Models are named by label, since this is the lowest room; a test holds that each model of the
project is either audited or named with its reason.
"""

from django.apps import apps

ROOMS = ("accounts", "notices", "filings", "reviews", "reports")
# Of other people's applications: who may enter, and with what rights.
ALSO = frozenset(
    {"auth.Group", "auth.Group_permissions", "account.EmailAddress", "mfa.Authenticator"}
)
EXCLUDED = {
    "accounts.AuditEntry": "the trail itself; append-only and chained",
    "accounts.AuditSeal": "the trail itself; append-only",
    "notices.Message": "a ledger of its own: written once, then only delivery and reading marks",
    "notices.Delivery": "of that ledger too: marks of sending; who sends again is logged",
    "filings.SweepRun": "a log of the calendar's work; what it moves is audited",
    "filings.Untold": "a mark on an event until its messages are written",
    "filings.Upload": "a file on its way; the document that it becomes is audited",
    "reports.Picture": "sums over what is audited, counted anew every hour",
    "reviews.UnitTrace": "keys made from the unit, which is audited",
    "reviews.FilingTrace": "keys made from the submission, which is audited",
    "admin.LogEntry": "a log; what it tells of is audited",
    "auth.Permission": "made by migrations; the portal's rights are roles",
    "contenttypes.ContentType": "made by migrations",
    "sessions.Session": "written at every sign-in and renewal; holds nothing of a filing",
    "account.EmailConfirmation": "not used: the keys in our e-mails are signed, not stored",
}
# An entry keeps the name that its table had when it was written.
RENAMED = {"reviews_invitation": "reviews_expertinvitation"}
# Columns whose value nobody may read; the trail shows a fingerprint, so that a change is seen.
SECRETS = {"mfa.Authenticator": {"data"}, "accounts.User": {"phone"}}
SECRET_EVERYWHERE = {"password", "token", "secret"}


def audited_models() -> list:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if _is_audited(model._meta) and not model._meta.proxy and model._meta.managed
    ]


def names_of(table: str) -> list[str]:
    """What entries call a table: its name, and those that it had before."""
    return [table, *(old for old, new in RENAMED.items() if new == table)]


def _is_audited(meta) -> bool:
    return meta.label in ALSO or (meta.app_label in ROOMS and meta.label not in EXCLUDED)


def secret_columns(model) -> list[str]:
    secret = SECRET_EVERYWHERE | SECRETS.get(model._meta.label, set())
    return [field.column for field in model._meta.local_concrete_fields if field.name in secret]
