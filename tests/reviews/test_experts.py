"""Experts from the bureau's side: asked without conflict, blind until all are in, then summed up."""

from io import BytesIO

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from filings.models import Event
from filings.refusals import Conflict, NotPermitted, Refused
from filings.transitions import perform
from reviews import experts
from reviews.models import Expert, ExpertInvitation, ExpertRound, Score
from tests.expertise import asked, expert, policy_of_experts, scored
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

EXPERTS, ROUNDS = "/admin/reviews/expert/", "/admin/reviews/expertround/"
INVITATIONS = "/admin/reviews/expertinvitation/"


@pytest.fixture
def policy(db):
    return policy_of_experts()


@pytest.fixture
def filing(policy):
    return ConsortiumFactory(under_review=True)


def address(filing, name: str = "experts") -> str:
    return f"/admin/filings/consortium/{filing.pk}/{name}/"


def page_of(client, found) -> dict:
    return client.get(f"{ROUNDS}{found.pk}/change/").context


def test_a_reviewing_officer_keeps_the_list(reviewer, administrator, intake):
    given = {"name": "戊示例", "unit": "示例评审研究院", "email": "e@example.com", "active": "on"}
    for officer in (reviewer, administrator):
        as_(officer).post(f"{EXPERTS}add/", given | {"email": f"{officer.username}@example.com"})
    assert Expert.objects.count() == 2
    assert as_(intake).post(f"{EXPERTS}add/", given).status_code == 404
    page = as_(reviewer).post(f"{EXPERTS}add/", given | {"uscc": "123"})
    assert page.context["errors"]
    page = as_(reviewer).post(f"{EXPERTS}add/", given | {"email": "REVIEWER@example.com"})
    assert page.context["errors"]


def test_experts_are_offered_by_field_and_never_in_conflict(filing, reviewer):
    far, near = expert(1), expert(2)
    near.fields.add(filing.focus_field)
    own = expert(3, unit=filing.lead_unit.name)
    member = expert(4, uscc=filing.members.first().unit.uscc)
    expert(5, active=False)
    form = as_(reviewer).get(address(filing)).context["form"]
    assert [pk for pk, _label in form.fields["experts"].choices] == [near.pk, far.pk]
    assert {c.expert for c in form.candidates if c.against} == {own, member}
    page = as_(reviewer).post(address(filing), {"experts": [own.pk]})
    assert page.context["form"].errors["experts"]
    with pytest.raises(Refused):
        experts.invite(filing, user=reviewer, experts=[member])
    assert not ExpertInvitation.objects.exists()


def test_asking_sends_each_a_link_and_leads_to_the_round(
    filing, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    people = [expert(1), expert(2)]
    with django_capture_on_commit_callbacks(execute=True):
        answer = as_(reviewer).post(address(filing), {"experts": [e.pk for e in people]})
    found = ExpertRound.objects.get()
    assert answer.url == f"{ROUNDS}{found.pk}/change/"
    assert {letter.to[0] for letter in mailoutbox} == {e.email for e in people}
    assert not ExpertInvitation.objects.filter(mailed_at=None).exists()
    for letter in mailoutbox:
        token = letter.body.split("/experts/")[1].split("/")[0]
        assert not ExpertInvitation.objects.filter(token_digest=token).exists()
    assert filing.events.last().action == "experts"
    with pytest.raises(Refused):
        experts.invite(filing, user=reviewer, experts=people)


def test_a_letter_that_was_not_sent_is_told(
    filing, reviewer, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        found = experts.invite(filing, user=reviewer, experts=[expert()])
    assert found.invitations.get().mailed_at is None
    assert page_of(as_(reviewer), found)["invitations"][0].mailed_at is None


@pytest.mark.parametrize("cast", ["intake", "decider", "auditor", "administrator"])
def test_only_reviewing_officers_ask(cast, filing, request):
    client = as_(request.getfixturevalue(cast))
    assert client.post(address(filing), {"experts": [expert().pk]}).status_code == 404
    with pytest.raises(NotPermitted):
        experts.invite(filing, user=request.getfixturevalue(cast), experts=[expert(2)])


def test_nobody_is_asked_where_the_policy_uses_none(filing, policy, reviewer):
    policy_of_experts("off")
    client = as_(reviewer)
    assert "experts" not in {
        b.step.name for b in client.get(address(filing, "change")).context["buttons"]
    }
    assert client.get(address(filing)).context["refusal"]
    with pytest.raises(NotPermitted):
        experts.invite(filing, user=reviewer, experts=[expert()])


def test_nobody_is_asked_without_criteria(filing, policy, reviewer):
    policy.criteria.all().delete()
    with pytest.raises(Refused):
        experts.invite(filing, user=reviewer, experts=[expert()])


def test_scores_stay_closed_until_all_are_in(filing, reviewer):
    first, second, third = asked(filing, expert(1), expert(2), expert(3))
    client, found = as_(reviewer), first.round
    scored(first, 80, 70, 90, opinion="总体可行")
    page = client.get(f"{ROUNDS}{found.pk}/change/")
    assert page.context["results"] is None
    assert "总体可行" not in page.text
    assert client.get(f"{ROUNDS}{found.pk}/summary/").status_code == 404
    assert "总体可行" not in client.get(f"{INVITATIONS}{first.pk}/change/").text
    experts.withdraw(third, user=reviewer)
    scored(second, 60, 60, 60)
    page = client.get(f"{ROUNDS}{found.pk}/change/")
    assert "总体可行" in page.text
    results = page.context["results"]
    assert [str(sheet.total) for sheet in results.sheets] == ["79.00", "60.00"]
    assert (str(results.summary.mean), str(results.summary.spread)) == ("69.50", "19.00")
    pdf = client.get(f"{ROUNDS}{found.pk}/summary/")
    assert len(pikepdf.open(BytesIO(pdf.content)).pages) >= 1


def test_closing_opens_what_is_in_and_takes_no_more(filing, reviewer, decider):
    first, second = asked(filing, expert(1), expert(2))
    scored(first, 80, 70, 90)
    close = f"{ROUNDS}{first.round_id}/close/"
    assert as_(decider).post(close, {"reason": "x"}).status_code == 404
    client = as_(reviewer)
    assert client.post(close, {"reason": ""}).context["form"].errors
    client.post(close, {"reason": "期限已到"})
    found = ExpertRound.objects.get()
    assert (found.closed_by, found.closed_reason) == (reviewer, "期限已到")
    assert len(page_of(client, found)["results"].sheets) == 1
    assert filing.events.last().action == "experts_closed"
    with pytest.raises(Refused):
        scored(second, 1, 1, 1)
    with pytest.raises(Conflict):
        experts.close_round(found, user=reviewer, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpertRound.objects.update(closed_reason="")


def test_after_a_closed_round_others_may_be_asked(filing, reviewer):
    first = asked(filing, expert(1))[0]
    experts.close_round(first.round, user=reviewer, reason="期限已到")
    with pytest.raises(Refused):
        experts.invite(filing, user=reviewer, experts=[first.expert])
    assert experts.invite(filing, user=reviewer, experts=[expert(2)]) != first.round


@pytest.mark.parametrize("mode", ["off", "advised", "required"])
def test_the_recommendation_counts_the_scores(mode, filing, reviewer):
    first = asked(filing, expert(1))[0]
    scored(first, 80, 70, 90)
    policy_of_experts(mode)
    client = as_(reviewer)
    page = client.get(address(filing, "recommend"))
    if mode == "required":
        assert page.context["refusal"]
        with pytest.raises(Refused):
            perform(filing.pk, "recommend", actor=reviewer)
        scored(asked(filing, expert(2))[-1], 50, 50, 50)
    else:
        assert not page.context["refusal"]
        assert bool(page.context["standing"]) == (mode == "advised")
    perform(filing.pk, "recommend", actor=reviewer)
    seen = Event.objects.get(consortium=filing, action="recommend").data
    assert seen.get("expert_scores") == {"off": None, "advised": 1, "required": 2}[mode]


def test_scores_of_an_older_submission_do_not_count(filing, policy, reviewer, lead_owner):
    scored(asked(filing, expert(1))[0], 80, 70, 90)
    assert experts.standing(filing, policy).given == 1
    newer = filing.submissions.last()
    newer.pk, newer.number, newer.receipt_code = None, 2, "another"
    newer.save()
    assert experts.standing(filing, policy).given == 0


def test_the_database_keeps_the_promises(filing):
    invitation = scored(asked(filing, expert(1))[0], 80, 70, 90)
    for write in (
        lambda: Score.objects.update(points=101),
        lambda: ExpertInvitation.objects.filter(pk=invitation.pk).update(conflict="有"),
        lambda: ExpertRound.objects.create(
            consortium=filing, submission=invitation.round.submission, policy=invitation.round.policy,
            opened_by=invitation.round.opened_by,
        ),
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_a_constant_number_of_questions(
    rows, filing, auditor, django_assert_num_queries
):
    people = [expert(number) for number in range(rows)]
    for invitation in asked(filing, *people):
        scored(invitation, 80, 70, 90)
    for number in range(1, rows):
        asked(ConsortiumFactory(under_review=True), expert(10 + number))
    client, found = as_(auditor), ExpertRound.objects.earliest("pk")
    pages = {EXPERTS: 5, ROUNDS: 4, INVITATIONS: 4, f"{ROUNDS}{found.pk}/change/": 16}
    for page, queries in pages.items():
        client.get(page)
        with django_assert_num_queries(queries):
            assert client.get(page).status_code == 200
