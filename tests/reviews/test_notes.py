"""Internal notes: written and read at the bureau, and never seen outside it in any form."""

import io
import json

import pypdfium2
import pytest
from django.core import mail
from django.urls import get_resolver, reverse

from filings.models import Comment
from filings.states import Action, Status
from filings.transitions import perform
from notices.models import Message
from reviews.models import CommentTemplate, Note
from tests.factories import ConsortiumFactory, bring_to, comment_on
from tests.people import as_

pytestmark = pytest.mark.django_db
SECRET = "机密三七二一"


@pytest.fixture
def filing(lead_owner):
    return ConsortiumFactory(
        submitted=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )


def address(filing, rest: str = "change/?tab=comments") -> str:
    return f"/admin/filings/consortium/{filing.pk}/{rest}"


def write(client, filing, text=SECRET, about="focus.goals"):
    return client.post(address(filing, "notes/"), {"about": about, "text": text})


@pytest.mark.parametrize("cast", ["intake", "reviewer", "decider", "administrator"])
def test_officers_write_notes_at_any_stage_and_all_of_them_read(cast, filing, auditor, request):
    client = as_(request.getfixturevalue(cast))
    for one in (filing, ConsortiumFactory(active=True)):
        assert write(client, one).status_code == 302
        assert SECRET in client.get(address(one)).text
        assert SECRET in as_(auditor).get(address(one)).text
    assert not Comment.objects.exists()


def test_the_auditor_reads_only(filing, auditor):
    client = as_(auditor)
    assert 'id="comment-form"' not in client.get(address(filing)).text
    assert write(client, filing).status_code == 404
    assert not Note.objects.exists()


def test_a_note_without_words_comes_back(filing, intake):
    page = write(as_(intake), filing, text=" ")
    assert page.context["comment_form"].errors["text"]
    assert page.context["comment_form"]["about"].value() == "focus.goals"


def test_only_its_author_deletes_a_note(filing, intake, reviewer):
    write(as_(intake), filing)
    path = address(filing, f"notes/{Note.objects.get().pk}/delete/")
    assert as_(reviewer).post(path).status_code == 404
    other = address(ConsortiumFactory(submitted=True), f"notes/{Note.objects.get().pk}/delete/")
    assert as_(intake).post(other).status_code == 404
    assert as_(intake).post(path).status_code == 302
    assert not Note.objects.exists()


def test_a_note_hinders_no_move(filing, intake):
    write(as_(intake), filing)
    perform(filing.pk, Action.ACCEPT, actor=intake)


def words(response) -> str:
    """What a reader finds in an answer: the text of a PDF, the characters of anything else."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(io.BytesIO(body))
        return "".join(page.get_textpage().get_text_bounded() for page in pages)
    text = body.decode(errors="replace")
    return text + json.dumps(json.loads(text), ensure_ascii=False) if text[:1] == "{" else text


def portal_pages(filing):
    """Every address of the portal that can be made from this filing."""
    values = {"pk": filing.pk, "number": 1, "section": "focus"}
    values |= {"document_pk": filing.documents.first().pk, "member_pk": filing.members.first().pk}
    values |= {"task_pk": filing.tasks.first().pk, "token": filing.members.first().token}
    values |= {"letter_pk": getattr(filing.letters.first(), "pk", 1)}
    comment = filing.comments.first()
    values |= {"comment_pk": comment.pk if comment else 1, "code": filing.verification_code or "x"}
    for namespace in ("filings", "reports", "notices", "accounts", "reviews"):
        for pattern in get_resolver().namespace_dict[namespace][1].url_patterns:
            wanted = {key: values.get(key) for key in pattern.pattern.converters}
            if None not in wanted.values():
                yield reverse(f"{namespace}:{pattern.name}", kwargs=wanted)


@pytest.mark.parametrize(
    ("state", "action", "payload"),
    [
        (Status.SUBMITTED, Action.RETURN, {}),
        (Status.RECOMMENDED, Action.REJECT, {"clause": "3.1"}),
        (Status.ACTIVE, Action.TERMINATE, {"closing_reason": "completed"}),
    ],
)
def test_a_note_leaves_the_bureau_in_no_page_paper_export_or_mail(
    state, action, payload, lead_owner, intake, decider, django_capture_on_commit_callbacks
):
    unit = lead_owner.memberships.get().unit
    filing = ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)
    with django_capture_on_commit_callbacks(execute=True):
        bring_to(filing, state)
        write(as_(intake), filing)
        if action == Action.RETURN:
            comment_on(filing)
        actor = intake if action == Action.RETURN else decider
        perform(filing.pk, action, actor=actor, reason="测试", **payload)
    assert Note.objects.get().text == SECRET
    filing.refresh_from_db()
    client, answered = as_(lead_owner), 0
    for url in portal_pages(filing):
        response = client.get(url)
        answered += response.status_code == 200
        assert SECRET not in words(response), url
    assert answered > 12
    said = [m.subject + m.body for m in Message.objects.all()]
    said += [str(sent.message()) + sent.body for sent in mail.outbox]
    assert not [text for text in said if SECRET in text]


def test_a_template_fills_the_form_without_scripts_too(filing, intake):
    template = CommentTemplate.objects.create(
        section="sharing", title="收益分配", text="请写明收益分配的比例或者原则。"
    )
    off = CommentTemplate.objects.create(
        section="lead", title="旧", text="不再使用的意见", is_active=False
    )
    client = as_(intake)
    page = client.get(address(filing))
    assert "收益分配" in page.text
    assert off.text not in page.text
    form = client.get(address(filing) + f"&template={template.pk}").context["comment_form"]
    assert form["about"].value() == "sharing"
    assert form["text"].value() == template.text
    for nonsense in (off.pk, "x", "0"):
        form = client.get(address(filing) + f"&template={nonsense}").context["comment_form"]
        assert not form["text"].value()


def test_reviewers_and_administrators_keep_the_templates(reviewer, administrator, intake):
    data = {"section": "focus", "title": "量化指标", "text": "请补充。", "is_active": "on"}
    for user, kept in ((intake, 0), (reviewer, 1), (administrator, 2)):
        as_(user).post("/admin/reviews/commenttemplate/add/", data)
        assert CommentTemplate.objects.count() == kept
