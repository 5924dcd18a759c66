"""A reader of a unit opens what its colleagues open, and no page lets it change anything."""

import pytest
from django.urls import reverse

from filings import urls as filings_urls
from filings.models import (
    Change,
    ClosingResult,
    ClosingSubmission,
    ClosingSummary,
    Comment,
    Consortium,
    CreditCase,
    Document,
    Event,
    Member,
    ProvincialApplication,
)
from filings.refusals import NotPermitted
from filings.services import create_draft
from filings.urls_public import urlpatterns as public_urlpatterns
from reports import urls as reports_urls
from reports.models import (
    AnnualReport,
    ReportComment,
    ReportDocument,
    ReportEvent,
    ReportProject,
    UnitPart,
)
from tests.changes import change_in, drafted
from tests.endings import applied, begun
from tests.factories import ConsortiumFactory, DocumentFactory, pdf_upload, upheld_case
from tests.people import as_
from tests.reports.factories import paper_of, report_of

pytestmark = pytest.mark.django_db

EN = {"Accept-Language": "en"}
# name of the address: (state of the filing, further arguments, what is sent)
CHANGING = {
    "submit": ("complete", (), {"truth": "1"}),
    "withdraw": ("submitted", (), {}),
    "justification": ("complete", (), {"rule": "r", "text": "理由"}),
    "answer": ("returned", ("comment",), {"text": "已改"}),
    "member_add": ("complete", (), {"name": "某单位"}),
    "invite": ("complete", (), {}),
    "member_edit": ("complete", ("member",), {"name": "某单位"}),
    "member_move": ("complete", ("member",), {"way": "down"}),
    "member_delete": ("complete", ("member",), {}),
    "task_add": ("complete", (), {"title": "某任务"}),
    "task_edit": ("complete", ("task",), {"title": "某任务"}),
    "task_move": ("complete", ("task",), {"way": "down"}),
    "task_delete": ("complete", ("task",), {}),
    "document_add": ("complete", (), {"kind": "agreement"}),
    "document_delete": ("complete", ("document",), {}),
    "step": ("complete", ("section",), {"goals": "改"}),
    "document_view": ("complete", ("document",), {}),
    "uploads": ("complete", (), {}),
    "import": ("complete", ("rows",), {}),
    "import_confirm": ("complete", ("rows",), {}),
    "copy": ("rejected", (), {}),
    "renew": ("expired", (), {}),
    "closing": ("closing", (), {"reached": "改"}),
    "closing_submit": ("closing", (), {"truth": "1", "signed_name": "甲"}),
    "closing_attach": ("closing", (), {}),
    "closing_detach": ("closing", ("attached",), {}),
    "provincial": ("active", (), {"year": "2026", "outcome": "applied"}),
    "provincial_edit": ("active", ("application",), {"year": "2025", "outcome": "applied"}),
    "change_add": ("active", (), {"kind": "mechanism"}),
    "change_step": ("active", ("draft", "why"), {"reason": "r"}),
    "change_move": ("active", ("draft",), {"action": "ask"}),
    "change_justify": ("active", ("draft",), {"rule": "academic_member", "text": "r"}),
    "change_paper": ("active", ("draft",), {}),
    "change_answer": ("active", ("awaiting",), {"confirm": "1"}),
}
REPORT_CHANGING = {
    "part": ("draft", ("plan",), {"plan": "改"}),
    "justification": ("draft", (), {"rule": "r", "text": "理由"}),
    "submit": ("draft", (), {"truth": "1"}),
    "withdraw": ("submitted", (), {}),
    "answer": ("returned", ("comment",), {"resolve": "1"}),
    "ask": ("draft", (), {}),
    "unit": ("draft", ("unit",), {"work": "改"}),
    "unit_document_add": ("draft", ("unit",), {}),
    "sign": ("draft", ("unit",), {"signed_name": "甲"}),
    "skip": ("draft", ("unit",), {"reason": "理由"}),
    "project_add": ("draft", ("unit",), {"title": "某项目"}),
    "project": ("draft", ("project",), {"title": "某项目"}),
    "project_delete": ("draft", ("project",), {}),
    "document_add": ("draft", ("plan",), {}),
    "document_remove": ("draft", ("document",), {}),
}
MODELS = (
    Consortium,
    Member,
    Document,
    Comment,
    Change,
    ClosingSummary,
    ClosingResult,
    ClosingSubmission,
    ProvincialApplication,
    Event,
    CreditCase,
    AnnualReport,
    ReportDocument,
    ReportEvent,
    ReportComment,
    ReportProject,
    UnitPart,
)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def led_by(owner, state: str) -> Consortium:
    unit = owner.memberships.get().unit
    reached = "expired" if state == "closing" else state
    consortium = ConsortiumFactory(**{reached: True}, lead_unit=unit, created_by=owner)
    if state == "closing":
        begun(consortium, owner)
    return consortium


def lead_of(consortium: Consortium):
    return consortium.lead_unit.memberships.get(role="owner").user


def address(name: str, consortium: Consortium, args) -> str:
    values = {
        "comment": lambda: Comment.objects.get(consortium=consortium).pk,
        "member": lambda: consortium.members.first().pk,
        "task": lambda: consortium.tasks.get().pk,
        "document": lambda: consortium.documents.filter(kind="agreement").get().pk,
        "attached": lambda: DocumentFactory(consortium=consortium, kind="closing").pk,
        "application": lambda: applied(consortium, consortium.created_by).pk,
        "section": lambda: "focus",
        "rows": lambda: "members",
        "draft": lambda: drafted(consortium, user=lead_of(consortium)).pk,
        "awaiting": lambda: change_in("awaiting", consortium, user=lead_of(consortium)).pk,
        "why": lambda: "why",
    }
    return reverse(f"filings:{name}", args=[consortium.pk, *(values[arg]() for arg in args)])


@pytest.mark.parametrize("name", CHANGING)
def test_no_page_of_a_filing_lets_a_reader_change_it(name, lead_owner, lead_reader):
    state, args, data = CHANGING[name]
    consortium = led_by(lead_owner, state)
    url, client, before = address(name, consortium, args), as_(lead_reader), everything()
    if "document" in name or name in ("change_add", "closing_attach"):
        data = data | {"upload": pdf_upload()}
    assert client.post(url, data).status_code == 404
    assert (
        client.post(url, data | {"autosave": "1"}, headers={"HX-Request": "true"}).status_code
        == 404
    )
    assert everything() == before


@pytest.mark.parametrize("name", REPORT_CHANGING)
def test_no_page_of_a_report_lets_a_reader_change_it(name, lead_owner, lead_reader):
    status, args, data = REPORT_CHANGING[name]
    report = report_of(lead_owner, status=status)
    part = report.units.exclude(member=None).first()
    project = report.projects.create(title="x", unit=part.unit, stage="running")
    known = {"unit": part.pk, "project": project.pk}
    known["comment"] = report.comments.values_list("pk", flat=True).first()
    if "document" in args:
        known["document"] = paper_of(report, lead_owner).pk
    if "document_add" in name:
        data = {"upload": pdf_upload()}
    url = reverse(f"reports:{name}", args=[report.pk, *(known.get(arg, arg) for arg in args)])
    before = everything()
    assert as_(lead_reader).post(url, data).status_code == 404
    assert everything() == before


def test_every_changing_address_of_the_units_is_in_the_table():
    """An address that is added is added here, or named as one that changes nothing."""
    reading = {
        "mine", "detail", "document", "document_inline", "certificate", "pdf", "json", "submission",
        "submission_pdf", "receipt", "letter", "template", "closing_draft", "closing_pdf", "own", "calls",
        "call", "call_paper", "change", "renaming", "findings",
    }  # fmt: skip
    elsewhere = {
        "new", "confirm", "check", "closing_check", "from_json", "proof", "upload", "renaming_add",
    }  # fmt: skip
    names = {
        pattern.name
        for module in (filings_urls, reports_urls)
        for pattern in module.urlpatterns
        if pattern not in public_urlpatterns
    }
    assert names - reading - elsewhere == set(CHANGING) | set(REPORT_CHANGING)


def test_a_reader_begins_no_filing(lead_owner, lead_reader):
    unit = lead_owner.memberships.get().unit
    client = as_(lead_reader)
    page = client.post(
        reverse("filings:new"), {"unit": unit.pk, "name": "新创新联合体"}, headers=EN
    )
    assert "You read for your unit" in page.text
    assert not Consortium.objects.exists()
    with pytest.raises(NotPermitted):
        create_draft(user=lead_reader, unit=unit, name="新创新联合体")
    page = client.post(reverse("filings:from_json"), {"unit": unit.pk}, headers=EN)
    assert "You read for your unit" in page.text
    for name in ("home", "filings:mine"):
        assert reverse("filings:new") not in client.get(reverse(name)).text


def test_a_reader_states_no_side_in_a_credit_case(lead_owner, lead_reader):
    case = upheld_case(led_by(lead_owner, "active"))
    CreditCase.objects.update(outcome="open", decided_by=None)
    client, url = as_(lead_reader), reverse("reviews:case", args=[case.pk])
    page = client.get(url, headers=EN).text
    assert case.facts in page
    assert "You may read this, not change it" in page
    assert "<textarea" not in page
    page = client.post(url, {"text": "我方陈述。"}, headers=EN).text
    assert "You may read this, not change it" in page
    case.refresh_from_db()
    assert case.stated_at is None


@pytest.mark.parametrize("state", ["complete", "returned", "submitted", "active"])
def test_a_reader_reads_the_whole_filing_in_every_state(state, lead_owner, lead_reader):
    consortium = led_by(lead_owner, state)
    client = as_(lead_reader)
    detail = reverse("filings:detail", args=[consortium.pk])
    page = client.get(detail, headers=EN)
    assert consortium.results_sharing in page.text
    assert consortium.members.first().division_of_work in page.text
    assert "you are a reader" in page.text
    assert page.text.count('<form method="post"') == forms_around(client)
    assert f"/filings/{consortium.pk}/lead/" not in page.text
    document = reverse(
        "filings:document",
        args=[consortium.pk, consortium.documents.filter(kind="agreement").get().pk],
    )
    answer = client.get(document)
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert detail in client.get(reverse("filings:mine")).text
    if state == "active":
        certificate = client.get(reverse("filings:certificate", args=[consortium.pk]))
        assert certificate.content.startswith(b"%PDF")


def forms_around(client) -> int:
    """How many forms any page has: to sign out, to change the language."""
    return client.get(reverse("filings:guideline")).text.count('<form method="post"')


def test_a_reader_reads_the_report_and_prints_it(lead_owner, lead_reader):
    report = report_of(lead_owner, complete=True)
    client = as_(lead_reader)
    page = client.get(reverse("reports:detail", args=[report.pk]), headers=EN).text
    assert report.plan in page
    assert "you are a reader" in page
    assert page.count('<form method="post"') == forms_around(client)
    answer = client.get(reverse("reports:pdf", args=[report.pk]))
    assert answer.content.startswith(b"%PDF")
    assert reverse("reports:detail", args=[report.pk]) in client.get(reverse("reports:mine")).text


def test_a_reader_who_becomes_editor_edits_at_once(lead_owner, lead_reader):
    consortium = led_by(lead_owner, "complete")
    client = as_(lead_reader)
    step = reverse("filings:step", args=[consortium.pk, "focus"])
    check = reverse("filings:check", args=[consortium.pk])
    assert {client.get(url).status_code for url in (step, check)} == {404}
    lead_reader.memberships.update(role="editor")
    assert {client.get(url).status_code for url in (step, check)} == {200}
