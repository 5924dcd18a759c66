import pytest

from tests.reports.factories import active_of


@pytest.fixture
def running(lead_owner, member_user):
    """A consortium that `lead_owner` leads, with the unit of `member_user` in it."""
    consortium = active_of(lead_owner)
    member = consortium.members.first()
    member.unit = member_user.memberships.get().unit
    member.name = member.unit.name
    member.save()
    return consortium
