"""The buttons of a filing: who sees which, what hinders it, what it asks for and what it does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from filings.models import Consortium
from filings.operation import receive_objection
from filings.states import Action, Status
from filings.transitions import perform
from tests.factories import ConsortiumFactory, comment_on, staff, upheld_case
from tests.people import as_

pytestmark = pytest.mark.django_db

OFFICERS = {"intake": Role.INTAKE, "reviewer": Role.REVIEWER, "decider": Role.DECIDER}
OTHERS = ("auditor", "administrator")
ACTIONS = (
    Action.ACCEPT, Action.RETURN, Action.RECALL, Action.RECOMMEND, Action.PUBLISH, Action.FILE, Action.REJECT,
    Action.TERMINATE, Action.REVOKE,
)  # fmt: skip
# The buttons of a filing by its state: whose, and which.
BUTTONS = {
    Status.SUBMITTED: ("intake", {"accept", "return"}),
    Status.RETURNED: ("intake", {"recall"}),
    Status.UNDER_REVIEW: ("reviewer", {"return", "recommend"}),
    Status.RECOMMENDED: ("decider", {"publish", "reject"}),
    Status.PUBLIC_NOTICE: ("decider", {"file", "reject"}),
    Status.ACTIVE: ("decider", {"terminate", "revoke"}),
    Status.EXPIRED: (None, set()),
    Status.TERMINATED: (None, set()),
    Status.REVOKED: (None, set()),
    Status.REJECTED: (None, set()),
    Status.LAPSED: (None, set()),
}


def address(filing, name: str = "change") -> str:
    return f"/admin/filings/consortium/{filing.pk}/{name}/"


def buttons(client, filing) -> dict[str, str]:
    """Every button of the page with the reason why it can't be used; empty when it can."""
    page = client.get(address(filing))
    assert page.status_code == 200
    return {
        button.step.name: "" if button.answer else str(button.answer.reason)
        for button in page.context["buttons"]
        # Neither is a move: test_casework.py and tests/filings/test_provincial.py have them.
        if button.step.name not in ("open-case", "provincial")
    }


def post(client, filing, action, **data):
    data = {
        "expected_version": filing.version,
        "reason": "经集体研究决定。",
        "clause": "3.1",
    } | data
    return client.post(address(filing, action), data)


def end_notice(filing) -> None:
    today = timezone.localdate()
    Consortium.objects.filter(pk=filing.pk).update(
        notice_starts_on=today - timedelta(days=9), notice_ends_on=today - timedelta(days=1)
    )


@pytest.mark.parametrize("cast", [*OFFICERS, *OTHERS])
@pytest.mark.parametrize("status", BUTTONS)
def test_every_role_sees_only_its_buttons(cast, status, request):
    filing = ConsortiumFactory(**{str(status): True})
    whose, names = BUTTONS[status]
    client = as_(request.getfixturevalue(cast))
    assert set(buttons(client, filing)) == (names if cast == whose else set())


@pytest.mark.parametrize("cast", [*OFFICERS, *OTHERS])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_move_exists_for_its_roles_only(cast, action, request):
    status, whose = next((s, who) for s, (who, names) in BUTTONS.items() if action in names)
    whose = {"intake", "reviewer"} if action == Action.RETURN else {whose}
    filing = ConsortiumFactory(**{str(status): True})
    client = as_(request.getfixturevalue(cast))
    expected = 200 if cast in whose else 404
    assert client.get(address(filing, action)).status_code == expected
    if expected == 404:
        assert post(client, filing, action).status_code == 404
        filing.refresh_from_db()
        assert filing.status == status


def test_the_way_from_intake_to_filing_through_the_buttons(intake, reviewer, decider):
    filing = ConsortiumFactory(submitted=True)
    for person, action, status in (
        (intake, Action.ACCEPT, Status.UNDER_REVIEW),
        (reviewer, Action.RECOMMEND, Status.RECOMMENDED),
        (decider, Action.PUBLISH, Status.PUBLIC_NOTICE),
    ):
        client = as_(person)
        assert buttons(client, filing)[action] == ""
        page = post(client, filing, action)
        assert page.headers["Location"] == address(filing)
        filing.refresh_from_db()
        assert filing.status == status
        assert filing.events.last().actor == person
    assert buttons(as_(decider), filing)["file"] != ""
    end_notice(filing)
    post(as_(decider), filing, Action.FILE)
    filing.refresh_from_db()
    assert filing.status == Status.ACTIVE
    assert filing.filing_number


@pytest.mark.parametrize("cast", ["decider", "superuser"])
@pytest.mark.parametrize("action", [Action.PUBLISH, Action.REJECT])
def test_who_recommended_sees_why_it_may_not_decide(cast, action, request, decider2):
    both = request.getfixturevalue(cast)
    both.groups.add(*staff(Role.REVIEWER).groups.all())
    filing = ConsortiumFactory(under_review=True)
    perform(filing.pk, Action.RECOMMEND, actor=both)
    filing.refresh_from_db()
    client = as_(both)

    reason = buttons(client, filing)[action]
    assert reason
    assert reason in client.get(address(filing)).text
    assert reason in client.get(address(filing, action)).text
    assert reason in post(client, filing, action).text
    filing.refresh_from_db()
    assert filing.status == Status.RECOMMENDED
    assert buttons(as_(decider2), filing)[action] == ""


def test_filing_is_hindered_by_the_notice_and_by_an_objection(decider):
    filing = ConsortiumFactory(public_notice=True)
    client = as_(decider)
    still_runs = buttons(client, filing)["file"]
    assert still_runs
    receive_objection(filing, objector="某单位", contact="x@example.com", text="异议")
    end_notice(filing)
    reason = buttons(client, filing)["file"]
    assert reason != still_runs
    assert reason in post(client, filing, Action.FILE).text
    filing.refresh_from_db()
    assert filing.status == Status.PUBLIC_NOTICE


def test_the_second_of_two_officers_is_told_who_was_quicker(intake):
    filing = ConsortiumFactory(submitted=True)
    other = staff(Role.INTAKE)
    perform(filing.pk, Action.ACCEPT, actor=other)
    page = post(as_(intake), filing, Action.ACCEPT, reason="材料齐全")
    assert page.status_code == 200
    assert str(other) in page.text
    assert "材料齐全" in page.text  # what was typed is kept
    filing.refresh_from_db()
    assert filing.status == Status.UNDER_REVIEW
    assert filing.events.filter(action=Action.ACCEPT).count() == 1


def test_a_page_older_than_the_filing_is_refused(reviewer, intake):
    filing = ConsortiumFactory(under_review=True)
    page = post(as_(reviewer), filing, Action.RECOMMEND, expected_version=filing.version - 1)
    assert page.status_code == 200
    filing.refresh_from_db()
    assert filing.status == Status.UNDER_REVIEW


@pytest.mark.parametrize("missing", ["reason", "expected_version", "closing_reason"])
def test_what_a_move_asks_for_must_be_given(missing, decider):
    filing = ConsortiumFactory(active=True)
    page = post(as_(decider), filing, "terminate", **{"closing_reason": "completed", missing: ""})
    assert page.context["form"].errors[missing]
    filing.refresh_from_db()
    assert filing.status == Status.ACTIVE


def test_an_early_end_keeps_its_reason(decider):
    filing = ConsortiumFactory(active=True)
    post(as_(decider), filing, "terminate", closing_reason="withdrawn", reason="各方协商一致。")
    filing.refresh_from_db()
    assert (filing.status, filing.closing_reason) == (Status.TERMINATED, "withdrawn")
    assert filing.events.last().reason == "各方协商一致。"


def test_revocation_asks_for_a_case_upheld_against_the_lead(decider):
    filing, other = ConsortiumFactory(active=True), ConsortiumFactory(active=True)
    foreign = upheld_case(other)
    client = as_(decider)
    assert buttons(client, filing)["revoke"] != ""
    assert (
        "credit_case"
        in post(client, filing, "revoke", credit_case=foreign.pk).context["form"].errors
    )

    case = upheld_case(filing)
    assert buttons(client, filing)["revoke"] == ""
    post(client, filing, "revoke", credit_case=case.pk)
    filing.refresh_from_db()
    assert filing.status == Status.REVOKED


def test_unsent_comments_hinder_acceptance_and_say_so(intake):
    filing = ConsortiumFactory(submitted=True)
    comment_on(filing)
    client = as_(intake)
    assert buttons(client, filing)["accept"] != ""
    assert buttons(client, filing)["return"] == ""


@pytest.mark.parametrize("action", ["submit", "withdraw", "lapse", "expire"])
def test_moves_of_the_lead_and_the_calendar_have_no_page(action, superuser):
    filing = ConsortiumFactory(submitted=True)
    page = as_(superuser).post(address(filing, action), {"expected_version": filing.version})
    assert page.status_code in (302, 404)
    filing.refresh_from_db()
    assert filing.status == Status.SUBMITTED


def test_a_draft_never_submitted_has_no_page(intake):
    filing = ConsortiumFactory(complete=True)
    assert as_(intake).get(address(filing)).status_code == 404
    assert as_(intake).get(address(filing, "accept")).status_code == 404


def test_the_filing_itself_can_not_be_posted_to(superuser):
    filing = ConsortiumFactory(submitted=True)
    page = as_(superuser).post(address(filing), {"name": "改名", "status": "active"})
    assert page.status_code == 403
    filing.refresh_from_db()
    assert (filing.status, filing.name != "改名") == (Status.SUBMITTED, True)
