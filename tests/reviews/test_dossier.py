"""The filing as an officer reads it: as filed, with findings, justifications, index and papers."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from filings import confirmation
from filings.assessment import findings_of
from filings.attachments import remove_document
from filings.eligibility.engine import Level
from filings.models import Consortium, CreditRecord, DocumentKind
from filings.services import save_content
from filings.states import Action, Status
from filings.transitions import perform
from reviews import dossier
from reviews.dossier import latest
from reviews.panel import Tab
from tests.factories import (
    ConsortiumFactory,
    DocumentFactory,
    UnitFactory,
    bring_to,
    comment_on,
    upheld_case,
)
from tests.people import as_
from tests.reviews.test_neighbours import join

pytestmark = pytest.mark.django_db

REASON = "本联合体的高校以委托研发方式参与，双方已另签协议，不作为成员单位。"


@pytest.fixture
def filing(lead_owner):
    """A filing without a university, with the reason for it, and back after one correction."""
    filing = ConsortiumFactory(
        complete=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    filing.members.filter(kind="university").delete()
    for finding in findings_of(filing):
        if finding.level == Level.WARN:
            filing.justifications.create(rule=finding.rule, text=REASON)
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    return Consortium.objects.get(pk=filing.pk)


def resubmit(filing, lead_owner, **fields) -> Consortium:
    perform(filing.pk, Action.RETURN, actor=comment_on(filing).author)
    save_content(filing.pk, user=lead_owner, fields=fields)
    filing.comments.update(answer="已改。")
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    return Consortium.objects.get(pk=filing.pk)


def read(client, filing, tab="documents"):
    page = client.get(f"/admin/filings/consortium/{filing.pk}/change/?tab={tab}")
    assert page.status_code == 200
    return page


def test_the_page_shows_all_that_was_filed(filing, reviewer):
    text = read(as_(reviewer), filing).text
    for part in (
        filing.lead_unit.uscc,
        filing.bottleneck,
        filing.council_chair,
        "谐波减速器齿形设计",
        "1 项任务，3,000.00 万元",
    ):
        assert part in text
    member = filing.members.get()
    document = filing.documents.get(kind="agreement")
    for part in (member.name, member.uscc, document.original_name, document.sha256):
        assert part in text
    assert reverse("filings:document", args=[filing.pk, document.pk]) in text


def test_warnings_stand_beside_their_justification(filing, reviewer):
    judged = read(as_(reviewer), filing, "findings").context["dossier"].judged
    warnings = [j for j in judged if j.finding.level == Level.WARN]
    assert warnings
    assert all(warning.justification == REASON for warning in warnings)
    assert REASON in read(as_(reviewer), filing, "findings").text


def test_a_rule_that_finds_something_only_today_is_told_apart(filing):
    assert latest(filing).fresh == ()
    case = upheld_case(ConsortiumFactory(active=True))
    CreditRecord.objects.filter(case=case).update(unit=filing.members.get().unit)
    fresh = latest(filing).fresh
    assert [finding.clause for finding in fresh] == ["5.3"]


def test_the_checklist_names_every_rule_and_its_count(filing):
    found = latest(filing)
    assert sum(check.count for check in found.checks) == len(found.judged)
    assert len({check.rule.id for check in found.checks}) == len(found.checks)


def test_the_index_is_that_of_the_figures_as_filed(filing, lead_owner):
    # 186,400 of 1,000,000 and 6.40 of 15 percent, each weighing 50 points.
    assert latest(filing).index.score == Decimal("9.3") + Decimal("21.3")
    perform(filing.pk, Action.RETURN, actor=comment_on(filing).author)
    save_content(filing.pk, user=lead_owner, fields={"lead_revenue": Decimal("1000000")})
    filing.refresh_from_db()
    assert latest(filing).index.score == Decimal("30.6")


def test_what_changed_is_marked_and_nothing_else(filing, lead_owner):
    filing = resubmit(filing, lead_owner, council_chair="丁示例", lead_rd_spend=Decimal("12000"))
    changed = [
        (line.field, line.change.before)
        for chapter in latest(filing).chapters
        for part in chapter.parts
        for line in part.lines
        if line.change
    ]
    assert [field for field, _before in changed] == ["lead_rd_spend", "council_chair"]
    assert changed[1][1] == "甲示例"


def test_a_removed_member_is_told_as_gone(filing, lead_owner):
    removed = filing.members.get()
    perform(filing.pk, Action.RETURN, actor=comment_on(filing).author)
    other = ConsortiumFactory(complete=True).members.first()
    type(other).objects.filter(pk=other.pk).update(consortium=filing)
    other.documents.update(consortium=filing)
    filing.tasks.get().members.set([other])
    removed.delete()
    filing.comments.update(answer="已改。")
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    members = latest(filing).chapters[2]
    assert [part.title for part in members.parts] == [other.name]
    assert any(gone.label.startswith(removed.name) for gone in members.gone)


def test_a_paper_of_a_member_is_told_as_its_own(filing, reviewer):
    member = filing.members.get()
    papers = {(paper.unit, paper.kind) for paper in latest(filing).documents}
    assert (member.name, DocumentKind.LICENCE.label) in papers
    assert read(as_(reviewer), filing).text.count(member.name) > 1


def test_a_document_removed_later_is_still_shown_as_filed(filing, lead_owner, reviewer):
    perform(filing.pk, Action.RETURN, actor=comment_on(filing).author)
    document = filing.documents.get(kind="agreement")
    DocumentFactory(consortium=filing, uploaded_by=lead_owner, original_name="新协议.pdf")
    remove_document(document, user=lead_owner)
    text = read(as_(reviewer), filing).text
    assert document.original_name in text
    assert "新协议.pdf" not in text


def test_an_older_submission_can_be_read_as_it_was(filing, lead_owner, auditor):
    first = filing.submissions.get()
    resubmit(filing, lead_owner, council_chair="丁示例")
    page = as_(auditor).get(f"/admin/filings/submission/{first.pk}/change/")
    assert "甲示例" in page.text
    assert "丁示例" not in page.text
    second = filing.submissions.last()
    page = as_(auditor).get(f"/admin/filings/submission/{second.pk}/change/")
    assert page.context["dossier"].changes == 1
    assert page.context["dossier"].intact


def test_an_altered_submission_is_noticed(filing):
    submission = filing.submissions.get()
    assert dossier.read(submission).intact
    submission.content["lead"]["name"] = "改过的名称"
    assert not dossier.read(submission).intact


def test_a_long_member_is_folded_unless_something_changed(filing, lead_owner, reviewer):
    member = filing.members.get()
    folded = f'<details class="part"><summary>{member.name}'
    assert folded in read(as_(reviewer), filing).text
    perform(filing.pk, Action.RETURN, actor=comment_on(filing).author)
    filing.members.update(rd_staff=77)
    filing.comments.update(answer="已改。")
    filing.members.update(confirmed_digest=confirmation.digest_of(filing.members.get()))
    perform(filing.pk, Action.SUBMIT, actor=lead_owner, signed_name="甲示例")
    text = read(as_(reviewer), filing).text
    assert folded not in text
    assert f'<details class="part" open><summary>{member.name}' in text


def test_a_document_is_previewed_beside_the_filing(filing, reviewer):
    other = filing.documents.exclude(kind="agreement").first()
    client = as_(reviewer)
    page = client.get(
        f"/admin/filings/consortium/{filing.pk}/change/?tab=documents&document={other.pk}"
    )
    inline = reverse("filings:document_inline", args=[filing.pk, other.pk])
    assert f'<iframe class="preview" src="{inline}"' in page.text
    framed = client.get(inline)
    b"".join(framed.streaming_content)
    assert framed["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert "default-src 'self'" in page["Content-Security-Policy"]


def test_the_tab_is_remembered_from_one_filing_to_the_next(filing, reviewer):
    client = as_(reviewer)
    assert read(client, filing, "history").context["tab"] == Tab.HISTORY
    other = ConsortiumFactory(under_review=True)
    assert read(client, other, "").context["tab"] == Tab.HISTORY
    assert read(client, other, "nonsense").context["tab"] == Tab.HISTORY


@pytest.mark.parametrize("tab", Tab.values)
def test_a_tab_asks_a_constant_number_of_questions(tab, reviewer):
    client, counts = as_(reviewer), []
    ConsortiumFactory(under_review=True)
    for more in (0, 3):
        filing = ConsortiumFactory(complete=True)
        for unit in UnitFactory.create_batch(more):
            join(filing, unit)
        bring_to(filing, Status.UNDER_REVIEW)
        for _number in range(more):
            comment_on(filing)
            filing.objections.create(objector="某单位", contact="x@example.com", text="异议")
        filing.comments.update(sent_at=timezone.now())
        read(client, filing, tab)
        with CaptureQueriesContext(connection) as asked:
            read(client, filing, tab)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 36
