"""Whether a consortium was granted by the province (clause 2): reported, checked, counted, shown."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings.history import record
from filings.models import Consortium, Document, ProvincialApplication
from filings.provincial import Counted, counted
from filings.states import Entry
from notices.models import Message
from tests.factories import ConsortiumFactory, pdf_upload
from tests.people import as_

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
LISTED = "/admin/filings/provincialapplication/"


@pytest.fixture(autouse=True)
def during_the_term():
    with time_machine.travel("2027-11-01T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


def url(consortium, application=None) -> str:
    if application is None:
        return reverse("filings:provincial", args=[consortium.pk])
    return reverse("filings:provincial_edit", args=[consortium.pk, application.pk])


def step(application, name: str) -> str:
    address = f"admin:filings_provincialapplication_{name}"
    return reverse(address, args=[application.pk])


APPLIED = {"year": "2027", "outcome": "applied"}
GRANTED = {
    "year": "2027", "outcome": "granted", "decided_on": "2027-09-30",
    "title": "江苏省高精度谐波减速器创新联合体", "number": "苏科创发〔2027〕88号",
}  # fmt: skip


def proven(**fields) -> dict:
    return GRANTED | {"upload": pdf_upload("省科技厅通知.pdf")} | fields


def test_the_lead_reports_an_application_and_the_officers_are_told(lead_owner, reviewer):
    consortium = of(lead_owner)
    answer = as_(lead_owner).post(url(consortium), APPLIED)
    assert answer.url == url(consortium)
    row = ProvincialApplication.objects.get()
    assert (row.year, row.outcome, row.standing) == (2027, "applied", "reported")
    assert (row.decided_on, row.document, row.reported_by) == (None, None, lead_owner)
    event = consortium.events.last()
    assert event.action == "provincial"
    assert event.said == "2027 · 已申报 · 已上报，待核实"
    assert Message.objects.filter(recipient=reviewer, kind="filing_provincial").count() == 1
    assert counted(2027) == Counted(0, 0, 0, 1)


def test_an_outcome_comes_with_the_provinces_document_and_counts_once_confirmed(
    lead_owner, reviewer
):
    consortium = of(lead_owner)
    client, officer = as_(lead_owner), as_(reviewer)
    client.post(url(consortium), APPLIED)
    row = ProvincialApplication.objects.get()
    refused = client.post(url(consortium, row), GRANTED)
    assert refused.status_code == 422
    assert "upload" in refused.context["form"].errors
    assert client.post(url(consortium, row), proven()).url == url(consortium)
    row.refresh_from_db()
    assert row.document.kind == "provincial"
    assert row.standing == "reported"
    assert counted() == Counted(0, 0, 0, 1)
    assert officer.get(step(row, "confirm")).status_code == 200
    assert officer.post(step(row, "confirm")).status_code == 302
    row.refresh_from_db()
    assert (row.standing, row.checked_by) == ("confirmed", reviewer)
    assert counted(2027) == counted() == Counted(1, 1, 0, 0)
    assert counted(2026) == Counted(0, 0, 0, 0)
    told = Message.objects.get(recipient=lead_owner, kind="provincial_checked")
    assert told.url == url(consortium)
    # Settled: nothing is left to report, in the page or past it.
    assert client.get(url(consortium, row)).context["form"] is None
    assert client.post(url(consortium, row), proven(outcome="not_granted")).status_code == 422
    assert [e.action for e in consortium.events.all()].count("provincial") == 3


def test_what_is_not_confirmed_says_why_and_may_be_reported_again(lead_owner, decider):
    consortium = of(lead_owner)
    as_(lead_owner).post(url(consortium), proven())
    row = ProvincialApplication.objects.get()
    officer = as_(decider)
    assert officer.post(step(row, "refuse"), {"reason": ""}).status_code == 200
    officer.post(step(row, "refuse"), {"reason": "名单中查无该单位。"})
    row.refresh_from_db()
    assert (row.standing, row.answer) == ("refused", "名单中查无该单位。")
    assert counted() == Counted(0, 0, 0, 0)
    assert "名单中查无该单位。" in as_(lead_owner).get(url(consortium)).text
    # Once checked, it is not checked a second time.
    officer.post(step(row, "confirm"))
    row.refresh_from_db()
    assert row.standing == "refused"
    assert as_(lead_owner).post(url(consortium, row), proven(number="苏科〔2027〕1号")).url
    row.refresh_from_db()
    assert (row.standing, row.answer, row.number) == ("reported", "", "苏科〔2027〕1号")
    # The paper that it stood on before is kept: the history saw it.
    assert Document.objects.filter(consortium=consortium, kind="provincial").count() == 2


def test_an_officer_records_and_corrects_and_the_history_keeps_both(lead_owner, reviewer):
    consortium = of(lead_owner)
    officer = as_(reviewer)
    page = reverse("admin:filings_consortium_provincial", args=[consortium.pk])
    assert officer.get(page).status_code == 200
    assert officer.post(page, APPLIED).status_code == 302
    row = ProvincialApplication.objects.get()
    assert (row.standing, row.checked_by) == ("confirmed", reviewer)
    assert counted() == Counted(1, 0, 0, 0)
    # No document is asked of the bureau, which has the province's own list.
    refused = officer.post(step(row, "outcome"), GRANTED | {"title": ""})
    assert "title" in refused.context["form"].errors
    assert officer.post(step(row, "outcome"), GRANTED).status_code == 302
    assert counted() == Counted(1, 1, 0, 0)
    officer.post(step(row, "outcome"), GRANTED | {"outcome": "not_granted"})
    assert counted() == Counted(1, 0, 1, 0)
    said = [e.data["outcome"] for e in consortium.events.filter(action="provincial")]
    assert said == ["applied", "granted", "not_granted"]


def test_the_history_tells_it_in_the_readers_language(lead_owner, reviewer):
    consortium = of(lead_owner)
    as_(lead_owner).post(url(consortium), proven())
    as_(reviewer).post(
        step(ProvincialApplication.objects.get(), "refuse"), {"reason": "名单中查无。"}
    )
    # Entries of before kept the words that were said, in Chinese.
    record(consortium, Entry.PROVINCIAL, reviewer, "2025 · 已申报", outcome="applied")
    told = f"{GRANTED['title']} · {GRANTED['number']}"
    pages = {
        "zh-hans": ("已获批 · 2027年9月30日", "未予核实 · 名单中查无。", "2025 · 已申报"),
        "en": ("Granted · Sept. 30, 2027", "Not confirmed · 名单中查无。", "2025 · 已申报"),
    }
    desk = reverse("admin:filings_consortium_change", args=[consortium.pk])
    readers = {
        lead_owner: reverse("filings:detail", args=[consortium.pk]),
        reviewer: f"{desk}?tab=history",
    }
    for language, words in pages.items():
        for person, address in readers.items():
            page = as_(person).get(address, headers={"Accept-Language": language}).text
            assert all(word in page for word in (told, *words))
    entry = consortium.events.filter(action=Entry.PROVINCIAL).first()
    assert entry.reason == ""
    page = as_(reviewer).get(reverse("admin:filings_event_change", args=[entry.pk]))
    assert told in page.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decided_on": ""}, "decided_on"),
        ({"decided_on": "2027-12-01"}, "decided_on"),
        ({"decided_on": "2026-12-31"}, "decided_on"),
        ({"year": "2028", "decided_on": "2027-10-01"}, "year"),
        ({"title": ""}, "title"),
        ({"upload": SimpleUploadedFile("a.pdf", b"no pdf")}, "upload"),
    ],
)
def test_what_does_not_fit_together_comes_back_with_what_was_typed(wrong, field, lead_owner):
    consortium = of(lead_owner)
    answer = as_(lead_owner).post(url(consortium), proven(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "苏科创发〔2027〕88号" in answer.text
    assert not ProvincialApplication.objects.exists()
    assert not Document.objects.filter(kind="provincial").exists()


def test_one_entry_per_application(lead_owner):
    consortium = of(lead_owner)
    client = as_(lead_owner)
    client.post(url(consortium), APPLIED)
    again = client.post(url(consortium), APPLIED)
    assert "year" in again.context["form"].errors
    assert client.post(url(consortium), APPLIED | {"year": "2026"}).status_code == 302
    assert ProvincialApplication.objects.count() == 2


def test_a_draft_and_a_revoked_consortium_report_nothing(lead_owner):
    client = as_(lead_owner)
    assert client.get(url(of(lead_owner, "complete"))).status_code == 404
    revoked = of(lead_owner, "revoked")
    assert client.get(url(revoked)).status_code == 200
    assert client.post(url(revoked), APPLIED).status_code == 404


def test_readers_and_strangers(lead_owner, lead_reader, lead2_owner, member_user, auditor):
    consortium = of(lead_owner)
    page = as_(lead_reader).get(url(consortium))
    assert page.status_code == 200
    assert page.context["form"] is None
    for user in (lead_reader, lead2_owner, member_user, auditor):
        assert as_(user).post(url(consortium), APPLIED).status_code == 404
    for user in (lead2_owner, member_user, auditor):
        assert as_(user).get(url(consortium)).status_code == 404
    other = of(lead2_owner)
    as_(lead_owner).post(url(consortium), APPLIED)
    strange = ProvincialApplication.objects.get()
    assert as_(lead2_owner).post(url(other, strange), proven()).status_code == 404


def test_the_public_reads_of_what_was_granted_alone(lead_owner, reviewer, client):
    consortium = of(lead_owner)
    entry = reverse("filings:register_entry", args=[consortium.filing_number])
    as_(lead_owner).post(url(consortium), proven())
    assert GRANTED["title"] not in client.get(entry).text
    as_(reviewer).post(step(ProvincialApplication.objects.get(), "confirm"))
    assert GRANTED["title"] in client.get(entry).text
    assert GRANTED["number"] in client.get(entry).text
    assert "省科技厅通知" not in client.get(entry).text


def test_the_list_is_narrowed_down_by_it(lead_owner, reviewer):
    granted, reported, other = of(lead_owner), of(lead_owner), of(lead_owner)
    officer = as_(reviewer)
    officer.post(reverse("admin:filings_consortium_provincial", args=[granted.pk]), GRANTED)
    as_(lead_owner).post(url(reported), proven())

    def found(value: str) -> set:
        page = officer.get(f"/admin/filings/consortium/?queue=all&provincial={value}")
        return {consortium.pk for consortium in page.context["cl"].result_list}

    assert found("granted") == {granted.pk}
    assert found("reported") == {reported.pk}
    assert found("not_granted") == set()
    assert other.pk in found("")
    shown = officer.get(f"{LISTED}?standing__exact=reported").context["cl"].result_list
    assert [row.consortium_id for row in shown] == [reported.pk]
    page = officer.get(reverse("admin:filings_consortium_change", args=[granted.pk]))
    assert reverse("admin:filings_provincialapplication_changelist") in page.text


def test_the_lists_cost_the_same_for_one_and_for_many(
    lead_owner, reviewer, django_assert_num_queries
):
    officer = as_(reviewer)
    page = reverse("admin:filings_consortium_provincial", args=[of(lead_owner).pk])
    officer.post(page, GRANTED)
    officer.get(LISTED)
    costs = []
    for _more in range(2):
        with django_assert_num_queries(7, exact=False) as captured:
            assert officer.get(LISTED).status_code == 200
        costs.append(len(captured))
        for year in (2024, 2025, 2026):
            officer.post(page, APPLIED | {"year": str(year)})
    assert costs[0] == costs[1]
