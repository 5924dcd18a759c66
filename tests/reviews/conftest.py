import pytest

from tests.factories import ConsortiumFactory


@pytest.fixture
def filing(lead_owner, member_user):
    """A running consortium led by the cast's lead unit, with the cast's member in it."""
    found = ConsortiumFactory(
        active=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    member = found.members.first()
    member.unit = member_user.memberships.get().unit
    member.save()
    return found
