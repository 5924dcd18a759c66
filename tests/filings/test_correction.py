"""Correction: what is asked, where it is asked, how each point is dealt with, and its cancelling."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import Membership
from filings.correction import asked, open_comments
from filings.services import resolve_comment, save_content
from filings.states import Action, Status
from filings.transitions import Refused, perform
from notices.models import Message
from tests.factories import ConsortiumFactory, comment_on
from tests.people import as_

pytestmark = pytest.mark.django_db


def made(status: Status, lead_owner):
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(lead_unit=unit, created_by=lead_owner, **{str(status): True})


def test_a_return_is_cancelled_and_its_comments_stay_readable(lead_owner, intake):
    consortium = made(Status.RETURNED, lead_owner)
    comment = consortium.comments.get()
    perform(consortium.pk, Action.RECALL, actor=intake, reason="误退。")
    consortium.refresh_from_db()
    comment.refresh_from_db()
    assert consortium.correction_due_on is None
    assert consortium.action_due_on is not None
    assert comment.text
    assert comment.recalled_at is not None
    # Returned once more, only the new comment is to be answered.
    new = comment_on(consortium)
    perform(consortium.pk, Action.RETURN, actor=intake)
    new.refresh_from_db()
    resolve_comment(new, user=lead_owner)
    perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")


def test_a_return_is_not_cancelled_over_the_lead_s_work(lead_owner, intake):
    consortium = made(Status.RETURNED, lead_owner)
    save_content(consortium.pk, user=lead_owner, fields={"goals": "已补充量化目标。"})
    with pytest.raises(Refused):
        perform(consortium.pk, Action.RECALL, actor=intake, reason="误退。")


def test_the_mail_of_a_return_leads_to_the_first_comment(lead_owner):
    consortium = made(Status.RETURNED, lead_owner)
    comment = consortium.comments.get()
    message = Message.objects.get(recipient=lead_owner, kind="filing_return")
    assert message.url == f"/filings/{consortium.pk}/{comment.section}/#comment-{comment.pk}"


def test_only_what_the_last_return_asked_is_asked(lead_owner, intake):
    consortium = made(Status.RETURNED, lead_owner)
    (first,) = asked(consortium)
    resolve_comment(first, user=lead_owner)
    assert not open_comments(consortium)
    perform(consortium.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    second = comment_on(consortium)
    perform(consortium.pk, Action.RETURN, actor=intake)
    consortium.refresh_from_db()
    assert list(asked(consortium)) == [second]
    assert list(asked(consortium, "members")) == []


def test_a_comment_is_marked_as_done_with_the_wizard_s_button(lead_owner):
    consortium = made(Status.RETURNED, lead_owner)
    comment = consortium.comments.get()
    address = reverse("filings:answer", args=[consortium.pk, comment.pk])
    as_(lead_owner).post(address, {"resolve": "1", "step": comment.section})
    comment.refresh_from_db()
    assert comment.resolved
    assert not open_comments(consortium)


def test_a_comment_stands_at_its_field_and_the_countdown_above(lead_owner, intake):
    consortium = made(Status.SUBMITTED, lead_owner)
    at_field = comment_on(consortium, "sharing", "income_sharing")
    above = comment_on(consortium, "sharing", "")
    perform(consortium.pk, Action.RETURN, actor=intake)
    page = as_(lead_owner).get(reverse("filings:step", args=[consortium.pk, "sharing"]))
    text = page.content.decode()
    assert [item["comment"] for item in page.context["comments"]] == [above]
    field = text.index('id="field-income_sharing"')
    assert (
        text.index(f'id="comment-{above.pk}"') < field < text.index(f'id="comment-{at_field.pk}"')
    )
    assert f'form="answer-{at_field.pk}"' in text
    assert "工作日" in text


def test_every_editor_of_the_unit_sees_the_same_list(lead_owner, stranger):
    consortium = made(Status.RETURNED, lead_owner)
    unit = lead_owner.memberships.get().unit
    Membership.objects.create(user=stranger, unit=unit, role=Membership.Role.EDITOR)
    pages = [
        as_(user).get(reverse("filings:check", args=[consortium.pk])).context
        for user in (lead_owner, stranger)
    ]
    for name in ("comments", "findings"):
        first, second = ([item.get("comment") or item["url"] for item in p[name]] for p in pages)
        assert first == second
    assert pages[0]["open"] == pages[1]["open"]
    resolve_comment(consortium.comments.get(), user=stranger)
    (item,) = (
        as_(lead_owner).get(reverse("filings:check", args=[consortium.pk])).context["comments"]
    )
    assert item["comment"].resolved


@pytest.mark.parametrize(
    "action", [Action.ACCEPT, Action.RECOMMEND, Action.PUBLISH, Action.FILE, Action.REJECT]
)
def test_nothing_moves_forward_while_a_correction_is_pending(action, lead_owner, superuser):
    consortium = made(Status.RETURNED, lead_owner)
    with pytest.raises(Refused):
        perform(consortium.pk, action, actor=superuser, reason="理由")
    consortium.refresh_from_db()
    assert consortium.status == Status.RETURNED


@pytest.mark.parametrize("name", ["member_edit", "member_delete", "task_edit", "task_delete"])
def test_the_countdown_stands_on_the_pages_of_the_rows_too(name, lead_owner):
    consortium = made(Status.RETURNED, lead_owner)
    row = consortium.members.first() if "member" in name else consortium.tasks.get()
    page = as_(lead_owner).get(reverse(f"filings:{name}", args=[consortium.pk, row.pk]))
    assert "工作日" in page.text


def test_the_check_tells_in_words_what_changed_since_the_submission(lead_owner):
    consortium = made(Status.RETURNED, lead_owner)
    address = reverse("filings:check", args=[consortium.pk])
    assert as_(lead_owner).get(address).context["changed"] == []
    save_content(consortium.pk, user=lead_owner, fields={"lead_revenue": Decimal(200000)})
    page = as_(lead_owner).get(address)
    (change,) = page.context["changed"]
    assert "186,400.00" in change.before
    assert "200,000.00" in change.after
    assert change.after in page.text
