"""The auditor reads the trail, narrows it down and takes it away; nobody else sees it."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.audit.context import Source, caused_by
from accounts.audit.export import inert
from accounts.audit.filters import TrailPaginator
from accounts.models import AuditEntry, Unit
from tests.factories import UnitFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

TRAIL = reverse("admin:accounts_auditentry_changelist")
EXPORT = reverse("admin:accounts_auditentry_export")
CSV = reverse("admin:accounts_auditentry_csv")


def by(person, address="192.0.2.1"):
    source = Source(person and person.pk, address, "r", "POST accounts:unit_edit")
    return caused_by(lambda: source)


@pytest.fixture
def unit(lead_owner):
    """A unit that its owner has renamed."""
    unit = UnitFactory(name="旧名", kind="enterprise")
    with by(lead_owner):
        Unit.objects.filter(pk=unit.pk).update(name="新名", kind="university")
    return unit


def change_of(unit) -> AuditEntry:
    return AuditEntry.objects.get(
        subject="accounts_unit", subject_id=str(unit.pk), operation="update"
    )


def shown(client: Client, **filters) -> list[AuditEntry]:
    return list(client.get(TRAIL, filters).context["cl"].result_list)


def test_an_entry_says_in_words_what_was_before_and_after(unit, auditor):
    address = reverse("admin:accounts_auditentry_change", args=[change_of(unit).pk])
    page = as_(auditor).get(address)
    told = [(line.before, line.after) for line in page.context["lines"]]
    assert told == [("旧名", "新名"), ("企业", "高校")]
    assert "enterprise" not in page.text.split("<table")[1]
    for said in ("192.0.2.1", "POST accounts:unit_edit", "lead_owner"):
        assert said in page.text


def test_an_entry_about_what_is_no_longer_there_can_still_be_read(auditor):
    entry = AuditEntry.objects.create(
        at=timezone.now(), operation="update", subject="gone_table", subject_id="1",
        before={"a": True}, after={"a": None, "b": [1]}, actor_id=99_999,
    )  # fmt: skip
    page = as_(auditor).get(reverse("admin:accounts_auditentry_change", args=[entry.pk])).text
    assert "gone_table" in page
    assert "#99999" in page
    assert as_(auditor).get(TRAIL).status_code == 200


def test_an_entry_from_before_a_table_was_renamed_reads_and_is_found_like_the_others(auditor):
    entry = AuditEntry.objects.create(
        at=timezone.now(), operation="update", subject="reviews_invitation", subject_id="7",
        before={"opinion": ""}, after={"opinion": "可行"},
    )  # fmt: skip
    client = as_(auditor)
    page = client.get(reverse("admin:accounts_auditentry_change", args=[entry.pk]))
    assert "专家邀请 7" in page.text
    assert [line.label for line in page.context["lines"]] == ["总体意见"]
    assert entry in shown(client, subject="reviews_expertinvitation")


def test_times_are_told_in_the_time_of_the_bureau(unit, auditor):
    made = AuditEntry.objects.get(
        subject="accounts_unit", subject_id=str(unit.pk), operation="insert"
    )
    page = as_(auditor).get(reverse("admin:accounts_auditentry_change", args=[made.pk]))
    local = timezone.localtime(Unit.objects.get(pk=unit.pk).created_at)
    assert f"{local:%Y-%m-%d %H:%M:%S}" in {line.after for line in page.context["lines"]}


@pytest.mark.parametrize("word", ["lead_owner", "192.0.2.1"])
def test_it_is_searched_for_a_person_or_an_address(word, unit, auditor):
    assert shown(as_(auditor), q=word) == [change_of(unit)]


def test_it_is_searched_for_an_object(unit, auditor):
    found = shown(as_(auditor), q=str(unit.pk), subject="accounts_unit")
    assert [entry.operation for entry in found] == ["update", "insert"]
    assert shown(as_(auditor), q="no such thing") == []


def test_it_is_narrowed_down_by_operation_and_kind(unit, auditor):
    client = as_(auditor)
    assert shown(client, operation="update", subject="accounts_unit") == [change_of(unit)]
    assert {entry.operation for entry in shown(client, operation="insert")} == {"insert"}


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [(0, 0, True), (-1, 1, True), (1, 2, False), (-2, -1, False), (None, 0, True), (0, None, True)],
)
def test_it_is_narrowed_down_by_days_both_included(first, last, found, unit, auditor):
    def day(days):
        return "" if days is None else str(timezone.localdate() + timedelta(days=days))

    entries = shown(
        as_(auditor), subject="accounts_unit", **{"from": day(first), "until": day(last)}
    )
    assert (change_of(unit) in entries) is found


def test_the_form_for_the_days_keeps_the_other_filters_and_what_was_typed(unit, auditor):
    page = as_(auditor).get(TRAIL, {"operation": "update", "q": "lead", "from": "2026-01-02"}).text
    form = page.split('class="days-filter"')[1].split("</form>")[0]
    for said in ('name="operation" value="update"', 'name="q" value="lead"', 'value="2026-01-02"'):
        assert said in form


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "9999-12-31"])
def test_a_day_that_is_none_is_no_error(day, auditor):
    assert as_(auditor).get(TRAIL, {"until": day}, follow=True).status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_asks_a_constant_number_of_questions(rows, auditor, django_assert_num_queries):
    with by(auditor):
        UnitFactory.create_batch(rows)
    client = as_(auditor)
    client.get(TRAIL)
    with django_assert_num_queries(4):
        assert client.get(TRAIL).status_code == 200
    with django_assert_num_queries(5):
        assert client.get(TRAIL, {"q": "auditor"}).status_code == 200


def test_it_is_counted_no_further_than_anybody_turns_pages(auditor, monkeypatch):
    UnitFactory.create_batch(3)
    assert as_(auditor).get(TRAIL).context["cl"].result_count > 2
    monkeypatch.setattr(TrailPaginator, "most", 2)
    page = as_(auditor).get(TRAIL)
    assert page.context["cl"].result_count == 2


def test_the_number_of_rows_is_told_before_the_file_is_fetched(unit, lead_owner, auditor):
    client = as_(auditor)
    filters = {"subject": "accounts_unit", "operation": "update"}
    assert f"{EXPORT}?operation=update&amp;subject=accounts_unit" in client.get(TRAIL, filters).text
    page = client.get(EXPORT, filters)
    assert page.context["rows"] == 1
    assert CSV in page.text
    answer = client.get(CSV, filters)
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    heads, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert len(heads) == len(row)
    assert row[2] == f"{lead_owner} (lead_owner)"
    assert '"name": "新名"' in row[10]


def test_what_was_taken_away_is_itself_told(unit, auditor):
    b"".join(as_(auditor).get(CSV, {"operation": "update"}).streaming_content)
    entry = AuditEntry.objects.filter(operation="read").get()
    assert entry.actor == auditor
    assert entry.after == {"export": {"operation": "update"}}


def test_the_file_speaks_the_language_of_its_reader(unit, auditor):
    client = as_(auditor)
    client.cookies["django_language"] = "en"
    text = b"".join(client.get(CSV, {"operation": "update"}).streaming_content).decode()
    assert "kind of object" in text
    assert "Changed,Unit," in text


def test_a_file_that_is_long_is_read_in_a_constant_number_of_questions(
    auditor, django_assert_num_queries
):
    UnitFactory.create_batch(30)
    answer = as_(auditor).get(CSV)
    with django_assert_num_queries(1):
        lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) > 30


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_nothing_in_the_file_is_a_formula(text):
    assert inert(text) == f"'{text}"
    assert inert("南京") == "南京"


@pytest.mark.parametrize("cast", ["administrator", "superuser", "reviewer"])
def test_who_works_with_the_portal_does_not_watch_over_it(cast, request):
    client = as_(request.getfixturevalue(cast))
    for address in (TRAIL, EXPORT, CSV):
        assert client.get(address).status_code == 404
