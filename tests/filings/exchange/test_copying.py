"""A new draft from an earlier filing: what comes along, what must be given anew, and for whom."""

from datetime import date

import pytest
from django.urls import reverse

from filings.models import Consortium, FocusField
from filings.snapshot import FIELDS
from filings.states import Status
from tests.factories import ConsortiumFactory
from tests.filings.exchange.workbooks import url
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier(lead_owner) -> Consortium:
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(rejected=True, lead_unit=unit, created_by=lead_owner)


def copied(client, earlier) -> Consortium:
    answer = client.post(url("copy", earlier))
    draft = Consortium.objects.order_by("pk").last()
    assert answer.url == reverse("filings:step", args=[draft.pk, "lead"])
    return draft


def test_content_members_tasks_and_milestones_come_along(earlier, lead_owner):
    draft = copied(as_(lead_owner), earlier)
    anew = {"agreement_signed_on", "lead_signed"}
    names = {name for names in FIELDS.values() for name in names} - anew
    assert all(getattr(draft, name) == getattr(earlier, name) for name in names)
    assert [m.uscc for m in draft.members.all()] == [m.uscc for m in earlier.members.all()]
    assert [m.contact_email for m in draft.members.all()] == [
        m.contact_email for m in earlier.members.all()
    ]
    (task,) = draft.tasks.all()
    assert task.budget == earlier.tasks.get().budget
    assert {m.consortium_id for m in task.members.all()} == {draft.pk}
    assert task.members.count() == 2
    assert list(task.milestones.values_list("month", "title")) == list(
        earlier.tasks.get().milestones.values_list("month", "title")
    )


def test_documents_signatures_and_confirmations_do_not(earlier, lead_owner):
    draft = copied(as_(lead_owner), earlier)
    assert draft.status == Status.DRAFT
    assert (draft.documents.count(), draft.submissions.count()) == (0, 0)
    assert (draft.agreement_signed_on, draft.lead_signed) == (None, False)
    assert draft.first_submitted_at is None
    for old, new in zip(earlier.members.all(), draft.members.all(), strict=True):
        assert new.confirmation == "pending"
        assert not any((new.signed, new.confirmed_digest, new.invited_at, new.answered_by))
        assert new.token != old.token
    assert not draft.justifications.exists()


def test_the_pages_say_what_must_be_given_anew(earlier, lead_owner):
    client = as_(lead_owner)
    client.cookies["django_language"] = "en"
    assert "What must be given anew" in client.get(url("copy", earlier)).text
    page = client.post(url("copy", earlier), follow=True)
    assert "To be given anew: the documents" in page.text
    draft = Consortium.objects.order_by("pk").last()
    assert "without its documents and signatures" in client.get(url("detail", draft)).text


def test_a_look_at_the_page_makes_no_draft(earlier, lead_owner):
    as_(lead_owner).get(url("copy", earlier))
    assert Consortium.objects.count() == 1


@pytest.mark.parametrize("status", Status)
def test_it_is_offered_for_every_filing_of_the_unit(status, lead_owner):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(**{str(status): True}, lead_unit=unit, created_by=lead_owner)
    client = as_(lead_owner)
    for page in (url("detail", filing), reverse("filings:new")):
        assert url("copy", filing) in client.get(page).text
    copied(client, filing)


def test_a_field_that_left_the_list_is_left_empty(earlier, lead_owner):
    FocusField.objects.filter(pk=earlier.focus_field_id).update(
        valid_from=date(2000, 1, 1), valid_to=date(2001, 1, 1)
    )
    assert copied(as_(lead_owner), earlier).focus_field is None


def test_members_that_left_stay_away(earlier, lead_owner):
    gone = earlier.members.last()
    gone.left_on = date(2026, 1, 1)
    gone.save()
    draft = copied(as_(lead_owner), earlier)
    assert draft.members.count() == 1
    assert draft.tasks.get().members.count() == 1


def test_the_draft_is_complete_but_for_what_is_due_anew(earlier, lead_owner):
    client = as_(lead_owner)
    draft = copied(client, earlier)
    page = client.get(url("check", draft))
    assert {item["finding"].step for item in page.context["findings"]} <= {"agreement", "members"}


def test_the_new_page_asks_as_often_for_one_earlier_filing_as_for_three(
    earlier, lead_owner, django_assert_num_queries
):
    client = as_(lead_owner)
    address = reverse("filings:new")
    client.get(address)
    with django_assert_num_queries(5):
        client.get(address)
    for _n in range(2):
        ConsortiumFactory(lead_unit=earlier.lead_unit, created_by=lead_owner)
    with django_assert_num_queries(5):
        client.get(address)
