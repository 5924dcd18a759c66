"""Applying anew from a consortium whose term is near its end, or over."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from filings.models import Consortium
from filings.sections import Section
from tests.factories import ConsortiumFactory, bring_to
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 4)  # ends on 2029-03-04
NEAR = "2029-01-04T09:00:00+08:00"


@pytest.fixture(autouse=True)
def near_the_end():
    with time_machine.travel(NEAR, tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


def url(consortium) -> str:
    return reverse("filings:renew", args=[consortium.pk])


@pytest.mark.parametrize("status", ["active", "expired", "terminated"])
def test_a_new_draft_begins_from_the_old_filing(status, lead_owner):
    old = of(lead_owner, status)
    client = as_(lead_owner)
    assert client.get(url(old)).status_code == 200
    answer = client.post(url(old))
    draft = Consortium.objects.get(predecessor=old)
    assert answer.url == reverse("filings:step", args=[draft.pk, Section.LEAD])
    assert (draft.status, draft.lead_unit, draft.goals) == ("draft", old.lead_unit, old.goals)
    assert (draft.filing_number, draft.agreement_signed_on, draft.lead_signed) == (
        None, None, False,
    )  # fmt: skip
    assert {m.unit_id for m in draft.members.all()} == {m.unit_id for m in old.members.all()}
    assert {m.confirmation for m in draft.members.all()} == {"pending"}
    assert not any(member.signed for member in draft.members.all())
    task, old_task = draft.tasks.get(), old.tasks.get()
    assert (task.title, task.goal, task.budget) == (old_task.title, old_task.goal, old_task.budget)
    # Those of the old term lie behind the new one.
    assert old_task.milestones.count() == 3
    assert not task.milestones.exists()
    assert not draft.documents.exists()
    event = draft.events.get()
    assert (event.action, event.reason, event.data) == (
        "renew", old.filing_number, {"earlier": old.pk},
    )  # fmt: skip
    assert old.events.last().action != "renew"


def test_both_sides_are_shown_to_the_lead_and_what_was_submitted_to_the_officer(
    lead_owner, member_user, reviewer
):
    old = of(lead_owner)
    old.members.filter(pk=old.members.first().pk).update(unit=member_user.memberships.get().unit)
    client = as_(lead_owner)
    client.post(url(old))
    draft = Consortium.objects.get(predecessor=old)
    address = reverse("filings:detail", args=[draft.pk])
    assert address in client.get(reverse("filings:detail", args=[old.pk])).text
    assert old.filing_number in client.get(address).text
    # A draft is its lead unit's alone, and the bureau's once it is submitted.
    assert address not in as_(member_user).get(reverse("filings:detail", args=[old.pk])).text
    desk = reverse("admin:filings_consortium_change", args=[old.pk])
    of_draft = reverse("admin:filings_consortium_change", args=[draft.pk])
    assert of_draft not in as_(reviewer).get(desk).text
    filed = ConsortiumFactory(
        complete=True, lead_unit=old.lead_unit, created_by=lead_owner, predecessor=old
    )
    bring_to(filed, "submitted")
    of_filed = reverse("admin:filings_consortium_change", args=[filed.pk])
    assert of_filed in as_(reviewer).get(desk).text
    assert old.filing_number in as_(reviewer).get(of_filed).text


def test_the_public_entries_name_each_other_once_both_are_filed(lead_owner, client):
    old = of(lead_owner)
    new = ConsortiumFactory(
        complete=True, lead_unit=old.lead_unit, created_by=lead_owner, predecessor=old
    )
    entry = reverse("filings:register_entry", args=[old.filing_number])
    before = client.get(entry).text
    bring_to(new, "active")
    of_new = reverse("filings:register_entry", args=[new.filing_number])
    assert of_new not in before
    assert of_new in client.get(entry).text
    assert entry in client.get(of_new).text


def test_it_is_begun_once_until_it_comes_to_nothing(lead_owner):
    old = of(lead_owner)
    client = as_(lead_owner)
    client.post(url(old))
    again = client.post(url(old))
    assert again.url == reverse("filings:detail", args=[old.pk])
    draft = Consortium.objects.get(predecessor=old)
    assert draft.name in client.get(url(old)).text
    Consortium.objects.filter(pk=draft.pk).update(status="rejected")
    client.post(url(old))
    assert Consortium.objects.filter(predecessor=old).count() == 2


def test_not_while_the_end_is_far_nor_after_a_revocation(lead_owner, near_the_end):
    old, revoked = of(lead_owner), of(lead_owner, "revoked")
    client = as_(lead_owner)
    assert client.get(url(revoked)).status_code == 404
    assert client.post(url(revoked)).status_code == 404
    near_the_end.move_to("2028-12-03T23:59:59+08:00")  # 91 days are left
    assert client.post(url(old)).status_code == 404
    near_the_end.move_to("2028-12-04T00:00:00+08:00")
    assert client.post(url(old)).status_code == 302


def test_it_is_the_editors_of_the_lead_unit_who_apply_anew(
    lead_owner, lead_reader, lead2_owner, auditor
):
    old = of(lead_owner)
    for user in (lead_reader, lead2_owner, auditor):
        assert as_(user).get(url(old)).status_code == 404
        assert as_(user).post(url(old)).status_code == 404
    assert not Consortium.objects.filter(predecessor=old).exists()
