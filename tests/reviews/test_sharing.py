"""Who works on which filing: claimed, assigned, released, shared out, and shown."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.roles import Role
from filings.models import Event
from filings.permissions import TWO_PERSONS
from filings.refusals import Conflict, NotPermitted, Refused
from filings.states import Action, Entry
from filings.transitions import perform
from notices.models import Message
from reviews import sharing
from reviews.models import Assignment
from tests.checklists import answer_all
from tests.factories import ConsortiumFactory
from tests.people import as_, officer

pytestmark = pytest.mark.django_db

LIST = "/admin/filings/consortium/"


def page(filing, end: str = "change") -> str:
    return f"{LIST}{filing.pk}/{end}/"


def holder(filing):
    filing = type(filing).objects.get(pk=filing.pk)
    found = sharing.holder_of(filing)
    return found.officer if found else None


def act(client, action: str, *filings, **data):
    keys = [filing.pk for filing in filings]
    data = {"action": action, "_selected_action": keys} | data
    return client.post(f"{LIST}?queue=all", data, follow=True)


@pytest.fixture
def intake2(db):
    return officer("intake2", Role.INTAKE)


def test_an_officer_claims_and_releases_on_the_page(intake):
    filing, client = ConsortiumFactory(submitted=True), as_(intake)
    assert page(filing, "claim") in client.get(page(filing)).text
    assert client.post(page(filing, "claim")).status_code == 302
    assert holder(filing) == intake
    text = client.get(page(filing)).text
    assert page(filing, "release") in text
    assert page(filing, "claim") not in text
    client.post(page(filing, "release"))
    assert holder(filing) is None
    entries = Event.objects.filter(consortium=filing, actor=intake).values_list("action", flat=True)
    assert list(entries) == [Entry.ASSIGNED, Entry.RELEASED]


def test_the_second_is_told_who_was_quicker(intake, intake2):
    filing = ConsortiumFactory(submitted=True)
    sharing.claim(filing.pk, user=intake)
    answer = as_(intake2).post(page(filing, "claim"))
    assert answer.status_code == 200
    assert str(intake) in answer.context["refusal"]
    assert holder(filing) == intake


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_that_claim_at_once_one_wins(intake, intake2):
    for _time in range(10):
        filing = ConsortiumFactory(submitted=True)
        barrier, answers = Barrier(2), []

        def claim(user, filing=filing, barrier=barrier, answers=answers):
            barrier.wait()
            try:
                answers.append(sharing.claim(filing.pk, user=user).officer)
            except Conflict as lost:
                answers.append(str(lost.message))
            finally:
                connection.close()

        threads = [Thread(target=claim, args=(user,)) for user in (intake, intake2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        winner = holder(filing)
        assert winner in answers
        assert [a for a in answers if isinstance(a, str) and str(winner) in a]


def test_claiming_is_for_the_role_whose_turn_it_is(intake, reviewer, auditor):
    filing = ConsortiumFactory(submitted=True)
    with pytest.raises(NotPermitted):
        sharing.claim(filing.pk, user=reviewer)
    for person in (reviewer, auditor):
        assert page(filing, "claim") not in as_(person).get(page(filing)).text
    with pytest.raises(NotPermitted):
        sharing.claim(ConsortiumFactory(active=True).pk, user=intake)


def test_who_recommended_neither_claims_nor_is_suggested_for_the_decision(
    decider, decider2, reviewer
):
    decider.groups.add(*reviewer.groups.all())
    filing = ConsortiumFactory(under_review=True)
    perform(filing.pk, Action.RECOMMEND, actor=decider)
    filing.refresh_from_db()
    assert decider not in sharing.shares(filing)
    with pytest.raises(NotPermitted) as refused:
        sharing.claim(filing.pk, user=decider)
    assert refused.value.message == TWO_PERSONS
    with pytest.raises(NotPermitted):
        sharing.assign(filing.pk, user=decider2, officer=decider)
    assert sharing.assign(filing.pk, user=decider2).officer != decider


def test_the_claim_counts_at_its_stage_and_again_when_it_comes_back(intake, lead_owner):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(submitted=True, lead_unit=unit, created_by=lead_owner)
    sharing.claim(filing.pk, user=intake)
    perform(filing.pk, Action.WITHDRAW, actor=lead_owner)
    assert holder(filing) is None
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    assert holder(filing) == intake
    answer_all(filing, intake)
    perform(filing.pk, Action.ACCEPT, actor=intake)
    assert holder(filing) is None


def test_acting_on_a_colleagues_filing_warns_and_is_possible(intake, intake2):
    filing = ConsortiumFactory(submitted=True)
    step = page(filing, "accept")
    assert as_(intake2).get(step).context["caution"] == ""
    sharing.claim(filing.pk, user=intake)
    assert str(intake) in as_(intake2).get(step).context["caution"]
    assert as_(intake).get(step).context["caution"] == ""
    data = {"expected_version": filing.version, "reason": ""}
    assert as_(intake2).post(step, data).status_code == 302


def test_work_is_shared_by_load(decider, intake, intake2):
    busy = ConsortiumFactory(submitted=True)
    sharing.claim(busy.pk, user=intake)
    done = ConsortiumFactory(submitted=True)
    sharing.claim(done.pk, user=intake2)
    perform(done.pk, Action.ACCEPT, actor=intake2)  # no longer on the desk of anybody
    filing = ConsortiumFactory(submitted=True)
    loads = {o.username: o.load for o in sharing.shares(filing)}
    assert (loads["intake"], loads["intake2"]) == (1, 0)
    form = as_(decider).get(page(filing, "assign")).context["form"]
    assert form.fields["officer"].initial.load == 0
    assert "1" in dict(form.fields["officer"].choices)[intake.pk]


def test_the_suggestion_can_be_overridden_and_the_officer_is_told(decider, intake, intake2):
    filing = ConsortiumFactory(submitted=True)
    client = as_(decider)
    client.post(page(filing, "assign"), {"officer": intake.pk, "seen": 0})
    assert holder(filing) == intake
    assert Message.objects.filter(recipient=intake, kind="filing_assigned").count() == 1
    client.post(page(filing, "assign"), {"officer": intake2.pk, "seen": intake.pk})
    assert holder(filing) == intake2
    assert Assignment.objects.get().assigned_by == decider


def test_an_assignment_made_on_an_old_page_is_refused(decider, intake, intake2):
    filing = ConsortiumFactory(submitted=True)
    sharing.claim(filing.pk, user=intake)
    answer = as_(decider).post(page(filing, "assign"), {"officer": intake2.pk, "seen": 0})
    assert str(intake) in answer.context["refusal"]
    assert holder(filing) == intake
    sharing.release(filing.pk, user=intake)
    with pytest.raises(Conflict):
        sharing.assign(filing.pk, user=decider, officer=intake2, seen=intake.pk)


def test_only_its_officer_and_who_shares_out_release(intake, intake2, decider):
    filing = ConsortiumFactory(submitted=True)
    sharing.claim(filing.pk, user=intake)
    with pytest.raises(NotPermitted):
        sharing.release(filing.pk, user=intake2)
    sharing.release(filing.pk, user=decider)
    with pytest.raises(Conflict):
        sharing.release(filing.pk, user=intake)


def test_nobody_left_to_assign_to_is_said(decider):
    filing = ConsortiumFactory(submitted=True)
    for person in sharing.shares(filing):
        person.is_active = False
        person.save()
    with pytest.raises(Refused, match=str(sharing.NOBODY)):
        sharing.assign(filing.pk, user=decider)


def test_several_are_claimed_each_through_its_own_guard(intake, intake2):
    free, taken, not_mine = (
        ConsortiumFactory(submitted=True), ConsortiumFactory(submitted=True), ConsortiumFactory(active=True),
    )  # fmt: skip
    sharing.claim(taken.pk, user=intake2)
    text = act(as_(intake), "claim_selected", free, taken, not_mine).text
    assert (holder(free), holder(taken), holder(not_mine)) == (intake, intake2, None)
    for refused in (taken, not_mine):
        assert f'reason">{refused.name}: ' in text
    assert f'reason">{free.name}: ' not in text
    act(as_(intake), "release_selected", free, taken)
    assert (holder(free), holder(taken)) == (None, intake2)


def test_several_are_shared_out_evenly(decider, intake, intake2):
    filings = [ConsortiumFactory(submitted=True) for _n in range(6)]
    act(as_(decider), "share_out_selected", *filings)
    shares = [holder(filing).username for filing in filings]
    assert sorted(map(shares.count, set(shares))) == [3, 3]


def test_several_are_assigned_on_one_page(decider, intake, intake2, reviewer):
    mine, other = ConsortiumFactory(submitted=True), ConsortiumFactory(under_review=True)
    client = as_(decider)
    asked = act(client, "assign_selected", mine, other)
    address = asked.redirect_chain[-1][0]
    assert [c for c, _holder in asked.context["chosen"]] == [mine, other]
    text = client.post(address, {"officer": intake.pk}, follow=True).text
    assert (holder(mine), holder(other)) == (intake, None)
    assert f'reason">{other.name}: ' in text


def test_too_many_at_once_are_refused(intake, monkeypatch):
    monkeypatch.setattr("reviews.batch.MOST", 1)
    filings = [ConsortiumFactory(submitted=True) for _n in range(2)]
    act(as_(intake), "claim_selected", *filings)
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("cast", ["auditor", "reviewer", "intake"])
def test_who_does_not_share_out_has_no_page_for_it(cast, request):
    filing = ConsortiumFactory(submitted=True)
    client = as_(request.getfixturevalue(cast))
    assert client.get(f"{LIST}assign/?ids={filing.pk}").status_code == 404
    assert client.get(page(filing, "assign")).status_code == 404
    act(client, "share_out_selected", filing)
    assert not Assignment.objects.exists()


def test_the_unit_reads_nothing_of_it(intake, lead_owner):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(submitted=True, lead_unit=unit, created_by=lead_owner)
    sharing.claim(filing.pk, user=intake)
    assert as_(lead_owner).get(f"/filings/{filing.pk}/").status_code == 200
    assert str(intake) not in as_(lead_owner).get(f"/filings/{filing.pk}/").text
    assert str(Entry.ASSIGNED.label) in as_(intake).get(f"{page(filing)}?tab=history").text


@pytest.mark.parametrize("query", ["ids=", "ids=abc", "ids=1,,x", "ids=99999999999999999999", ""])
def test_nonsense_in_the_address_chooses_nothing(query, decider):
    answer = as_(decider).get(f"{LIST}assign/?{query}")
    assert answer.status_code == 200
    assert answer.context["chosen"] == []
