from accounts.models.audit import AuditEntry, AuditSeal
from accounts.models.unit import Membership, Unit, UnitKind
from accounts.models.user import User

__all__ = ["AuditEntry", "AuditSeal", "Membership", "Unit", "UnitKind", "User"]
