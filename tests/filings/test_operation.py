"""An objection to what is published: answered once, with words."""

from datetime import date, timedelta

import pytest
import time_machine

from filings.operation import close_objection, receive_objection
from filings.refusals import Conflict, Refused
from tests.factories import ConsortiumFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def during_the_term():
    with time_machine.travel("2027-06-01T09:00:00+08:00", tick=False) as clock:
        yield clock


def test_an_objection_is_answered_once_and_with_words(lead_owner, decider, reviewer):
    consortium = ConsortiumFactory(public_notice=True)
    assert consortium.notice_ends_on >= date(2027, 6, 1) + timedelta(days=1)
    objection = receive_objection(consortium, objector="某", contact="x", text="异议")
    with pytest.raises(Refused):
        close_objection(objection, user=decider, answer="  ", outcome="upheld")
    close_objection(objection, user=decider, answer="不成立。", outcome="not_upheld")
    with pytest.raises(Conflict):
        close_objection(objection, user=reviewer, answer="成立。", outcome="upheld")
    objection.refresh_from_db()
    assert (objection.answer, objection.closed_by) == ("不成立。", decider)
