from accounts.models.audit import AuditEntry, AuditSeal
from accounts.models.calendar_feed import CalendarFeed
from accounts.models.invitation import VALID_FOR, Invitation, digest_of
from accounts.models.join_request import JoinRequest
from accounts.models.membership import ROLE_WORDS, Membership
from accounts.models.unit import Unit, UnitKind
from accounts.models.user import User

__all__ = [
    "ROLE_WORDS",
    "VALID_FOR",
    "AuditEntry",
    "AuditSeal",
    "CalendarFeed",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Unit",
    "UnitKind",
    "User",
    "digest_of",
]
