from accounts.models.unit import Membership, Unit, UnitKind
from accounts.models.user import User

__all__ = ["Membership", "Unit", "UnitKind", "User"]
