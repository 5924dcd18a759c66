"""An expert's own page: by the link alone, the declaration first, scores handed in once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import AuditEntry
from filings.refusals import Conflict, Refused
from filings.transitions import perform
from notices.models import Message
from reviews import expert_invitations, experts
from tests.expertise import CRITERIA, after, asked, expert, policy_of_experts, scored
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(db):
    policy_of_experts()
    return ConsortiumFactory(under_review=True)


@pytest.fixture
def invitation(filing):
    return asked(filing, expert(1))[0]


def link(invitation) -> str:
    return f"/experts/{invitation.expert.name}/"


def points_of(invitation, *points) -> dict:
    criteria = invitation.round.policy.criteria.all()
    return {f"points-{c.pk}": p for c, p in zip(criteria, points, strict=True)}


def test_the_declaration_comes_first(invitation, filing):
    client = Client()
    page = client.get(link(invitation))
    assert filing.lead_unit.name in page.text
    assert filing.bottleneck not in page.text
    assert "no-store" in page["Cache-Control"]
    assert client.post(link(invitation), {}).context["form"].errors["answer"]
    client.post(link(invitation), {"answer": "none"})
    invitation.refresh_from_db()
    assert invitation.declared_at
    page = client.get(link(invitation)).text
    assert filing.bottleneck in page
    for criterion in CRITERIA:
        assert criterion in page


def test_the_filing_is_shown_as_submitted_and_without_contacts(invitation, filing):
    expert_invitations.declare(invitation, conflict="")
    filing.goals = "后来改写的目标"
    filing.save()
    page = Client().get(link(invitation)).text
    assert "后来改写的目标" not in page
    for member in filing.members.all():
        assert member.contact_email not in page
        assert member.contact_name not in page
    assert "组建协议.pdf" not in page


def test_a_declared_conflict_ends_it_and_is_told(invitation):
    client = Client()
    answer = {"answer": "conflict", "conflict": ""}
    assert client.post(link(invitation), answer).context["form"].errors["conflict"]
    client.post(link(invitation), answer | {"conflict": "曾为该单位顾问"})
    invitation.refresh_from_db()
    assert invitation.conflict == "曾为该单位顾问"
    told = Message.objects.get(kind="expert_conflict")
    assert told.recipient == invitation.round.opened_by
    assert "form" not in client.get(link(invitation)).context
    with pytest.raises(Refused):
        expert_invitations.save_scores(invitation, scores={}, opinion="", hand_in=False)


def test_scores_are_saved_as_far_as_they_go(invitation):
    expert_invitations.declare(invitation, conflict="")
    client = Client()
    given = points_of(invitation, "８０", "", "") | {"opinion": "待补充", "save": "1"}
    client.post(link(invitation), given)
    form = client.get(link(invitation)).context["form"]
    assert [form[name].value() for name in points_of(invitation, 1, 2, 3)] == [80, None, None]
    assert form["opinion"].value() == "待补充"
    invitation.refresh_from_db()
    assert invitation.submitted_at is None


def test_every_criterion_needs_points_when_handed_in(invitation):
    expert_invitations.declare(invitation, conflict="")
    client = Client()
    bad = points_of(invitation, 80, 101, "") | {"opinion": "保留的文字", "hand_in": "1"}
    page = client.post(link(invitation), bad)
    assert len(page.context["form"].errors) == 2
    assert "保留的文字" in page.text
    client.post(link(invitation), points_of(invitation, 80, 70, 90) | {"hand_in": "1"})
    invitation.refresh_from_db()
    assert invitation.submitted_at
    assert Message.objects.filter(kind="expert_submitted").count() == 1
    client.post(link(invitation), points_of(invitation, 1, 1, 1) | {"hand_in": "1"})
    assert sorted(s.points for s in invitation.scores.all()) == [70, 80, 90]
    with pytest.raises(Conflict):
        expert_invitations.save_scores(invitation, scores={}, opinion="", hand_in=True)


def test_nothing_is_scored_before_the_declaration(invitation):
    with pytest.raises(Refused):
        expert_invitations.save_scores(invitation, scores={}, opinion="", hand_in=False)
    with pytest.raises(Conflict):
        expert_invitations.declare(invitation, conflict="")
        expert_invitations.declare(invitation, conflict="有")


def test_experts_do_not_see_each_other(filing):
    first, second = asked(filing, expert(1), expert(2))
    scored(first, 11, 12, 13, opinion="第一位的意见")
    expert_invitations.declare(second, conflict="")
    page = Client().get(link(second)).text
    assert "第一位的意见" not in page
    assert first.expert.name not in page


@pytest.mark.parametrize("token", ["x", "示例专家2", "a" * 43])
def test_a_guessed_link_opens_nothing(token, invitation):
    assert Client().get(f"/experts/{token}/").status_code == 404


def test_guessing_is_slowed_down(invitation, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"expert": "3/m/ip"}
    answers = [Client().get(f"/experts/guess{n}/").status_code for n in range(4)]
    assert answers == [404, 404, 404, 429]


def test_a_link_ends_with_its_day_and_a_new_one_ends_the_old(
    invitation, reviewer, mailoutbox, django_capture_on_commit_callbacks
):
    with time_machine.travel(after(invitation) + timedelta(hours=12)):
        assert Client().get(link(invitation)).status_code == 410
        with django_capture_on_commit_callbacks(execute=True):
            as_(reviewer).post(f"/admin/reviews/expertinvitation/{invitation.pk}/renew/")
        token = mailoutbox[0].body.split("/experts/")[1].split("/")[0]
        assert Client().get(f"/experts/{token}/").status_code == 200
        assert Client().get(link(invitation)).status_code == 404


@pytest.mark.parametrize("end", ["withdraw", "close", "return"])
def test_a_link_ends_with_what_it_is_for(end, invitation, filing, reviewer):
    expert_invitations.declare(invitation, conflict="")
    if end == "withdraw":
        as_(reviewer).post(f"/admin/reviews/expertinvitation/{invitation.pk}/withdraw/")
    elif end == "close":
        experts.close_round(invitation.round, user=reviewer, reason="期限已到")
    else:
        comment_on(filing)
        perform(filing.pk, "return", actor=reviewer)
    page = Client().get(link(invitation))
    assert page.status_code == 410
    assert filing.bottleneck not in page.text
    answer = as_(reviewer).post(f"/admin/reviews/expertinvitation/{invitation.pk}/renew/")
    assert answer.context["refusal"]


def test_the_page_keeps_its_token_against_forgery(invitation):
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(invitation), {"answer": "none"}).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_under_the_former_name_of_the_table_is_kept_and_watched(invitation):
    scored(invitation, 80, 70, 90, opinion="总体可行")
    call_command("migrate", "reviews", "0004", verbosity=0)
    assert "reviews_invitation" in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    assert "reviews_invitation" not in connection.introspection.table_names()
    invitation.refresh_from_db()
    assert invitation.opinion == "总体可行"
    assert sorted(s.points for s in invitation.scores.all()) == [70, 80, 90]
    type(invitation).objects.filter(pk=invitation.pk).update(opinion="暂不推荐")
    entry = AuditEntry.objects.order_by("pk").last()
    assert (entry.subject, entry.after) == ("reviews_expertinvitation", {"opinion": "暂不推荐"})
