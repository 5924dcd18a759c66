"""Who works in the bureau, and as what. Groups of these names are made by a migration."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    INTAKE = "intake_officer"
    REVIEWER = "reviewing_officer"
    DECIDER = "deciding_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


LABELS = {
    Role.INTAKE: _("Intake officer"),
    Role.REVIEWER: _("Reviewing officer"),
    Role.DECIDER: _("Deciding officer"),
    Role.AUDITOR: _("Auditor"),
    Role.ADMINISTRATOR: _("Administrator"),
}

# Those who may change something; the auditor sees all and changes nothing.
ACTING = (Role.INTAKE, Role.REVIEWER, Role.DECIDER, Role.ADMINISTRATOR)
CASE_OFFICERS = (Role.INTAKE, Role.REVIEWER, Role.DECIDER)
# Who shares the work out among others.
ASSIGNERS = (Role.DECIDER, Role.ADMINISTRATOR)


def roles_of(user) -> frozenset[str]:
    """The staff roles of `user`; a superuser holds all of them except the auditor's.

    The answer is kept on the user object, so that a page asks the database once.
    """
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):
        if user.is_superuser:
            user._roles = frozenset(ACTING)
        elif user.is_staff:
            names = user.groups.values_list("name", flat=True)
            user._roles = frozenset(names) & frozenset(Role)
        else:
            user._roles = frozenset()
    return user._roles


def has_role(user, *roles: str) -> bool:
    return bool(roles_of(user) & set(roles))


def is_officer(user) -> bool:
    """Whether `user` works in the bureau, in any role."""
    return bool(roles_of(user))
