"""Public notices: what is published, for how long, and how anybody objects."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from filings.models import Consortium, Event, NoticeEntry, Objection, Policy, PublicNotice
from filings.refusals import Refused
from filings.states import Action, Entry
from filings.transitions import perform
from notices.models import Message
from tests.factories import FILED_ON, ConsortiumFactory
from tests.filings.test_certificate import text_of
from tests.filings.test_pdf import fonts_of

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en"}
OBJECTION = {"objector": "异议人甲", "contact": "025-22222222", "text": "协议中的分工与事实不符。"}
PUBLISHED = date(2026, 3, 2)  # a Monday; five working days end on the 9th


@pytest.fixture
def published(db):
    consortium = ConsortiumFactory(public_notice=True, on=PUBLISHED)
    assert consortium.notice_ends_on == date(2026, 3, 9)
    with time_machine.travel("2026-03-04T10:00:00+08:00"):
        yield consortium


def listed(query="") -> list[str]:
    rows = Client().get(f"/public-notices/{query}").context["rows"]
    return [consortium.name for row in rows for consortium, _open in row["consortia"]]


def address(consortium) -> str:
    return f"/public-notices/{consortium.pk}/"


def object_to(consortium, client=None, **changes):
    return (client or Client()).post(address(consortium), OBJECTION | changes)


@pytest.mark.parametrize(
    "status", ["draft", "submitted", "returned", "under_review", "recommended"]
)
def test_what_was_not_published_is_not_shown(status):
    consortium = ConsortiumFactory(**{status: True})
    assert listed() == listed("?past=1") == []
    assert Client().get(address(consortium)).status_code == 404
    assert object_to(consortium).status_code == 404
    assert not Objection.objects.exists()


def test_a_running_notice_tells_what_is_to_be_filed(published):
    assert listed() == [published.name]
    assert listed("?past=1") == []
    text = Client(headers=ENGLISH).get(address(published)).text
    for shown in (published.name, published.lead_unit.name, published.goals, "3 working days left"):
        assert shown in text
    assert all(member.name in text for member in published.members.all())
    private = [published.council_chair, published.chief_expert, "186400", "186,400"]
    private += [m.contact_email for m in published.members.all()]
    assert not [word for word in private if word in text]


@pytest.mark.parametrize(
    ("moment", "runs"), [("2026-03-09T23:59:00+08:00", True), ("2026-03-10T00:01:00+08:00", False)]
)
def test_a_notice_runs_to_the_end_of_its_last_day(published, moment, runs):
    with time_machine.travel(moment):
        assert listed() == [published.name] * runs
        assert listed("?past=1") == [published.name] * (not runs)
        assert ("<textarea" in Client().get(address(published)).text) is runs
        object_to(published)
        assert Objection.objects.count() == runs
        assert Client().get("/").context["notices"] == runs


def test_a_filed_consortiums_notice_leads_to_its_entry():
    consortium = ConsortiumFactory(active=True, on=FILED_ON)
    assert listed() == []
    assert listed("?past=1") == [consortium.name]
    assert "/register/" in Client().get(address(consortium)).text


def test_a_notice_of_no_days_is_none(decider):
    Policy.objects.update(public_notice_days=0)
    consortium = ConsortiumFactory(recommended=True)
    perform(consortium.pk, Action.PUBLISH, actor=decider)
    assert listed() == listed("?past=1") == []
    assert Client().get(address(consortium)).status_code == 404


def test_anybody_may_object(published, decider, reviewer):
    client = Client(headers=ENGLISH)
    response = object_to(published, client)
    objection = Objection.objects.get()
    assert response.headers["Location"] == f"/public-notices/objections/{objection.code}/"
    assert (objection.consortium, objection.objector) == (published, OBJECTION["objector"])
    assert (objection.contact, objection.text) == (OBJECTION["contact"], OBJECTION["text"])
    assert objection.closed_at is None
    page = client.get(response.headers["Location"]).text
    assert "Your objection was received" in page
    assert objection.code in page
    for private in OBJECTION.values():
        assert private not in page
    assert Event.objects.get(consortium=published, action=Entry.OBJECTION).actor is None
    told = Message.objects.filter(kind="filing_objection").values_list("recipient", flat=True)
    assert decider.pk in told
    assert reviewer.pk not in told


@pytest.mark.parametrize("field", OBJECTION)
def test_an_objection_needs_a_name_a_way_back_and_grounds(published, field):
    page = object_to(published, **{field: " "})
    assert list(page.context["form"].errors) == [field]
    assert "error-summary" in page.text
    assert OBJECTION["text" if field != "text" else "contact"] in page.text, "nothing typed is lost"
    assert not Objection.objects.exists()


def test_a_program_that_fills_in_everything_leaves_nothing(published):
    response = object_to(published, website="https://example.com")
    assert response.headers["Location"] == address(published)
    assert not Objection.objects.exists()


def test_objections_are_braked(published, settings):
    settings.ACCOUNT_RATE_LIMITS = {"objection": "2/h/ip"}
    pages = [object_to(published) for _try in range(3)]
    assert [page.status_code for page in pages] == [302, 302, 200]
    assert pages[2].context["form"].non_field_errors()
    assert Objection.objects.count() == 2


def test_a_post_from_elsewhere_is_refused(published):
    client = Client(enforce_csrf_checks=True)
    assert client.post(address(published), OBJECTION).status_code == 403
    assert not Objection.objects.exists()


def test_long_lists_are_paged(published, decider):
    fields = {f.attname: getattr(published, f.attname) for f in Consortium._meta.concrete_fields}
    for _row in range(10):
        copy = Consortium.objects.create(**fields | {"id": None})
        days = {"starts_on": copy.notice_starts_on, "ends_on": copy.notice_ends_on, "days": 5}
        notice = PublicNotice.objects.create(title="公示", text="x", published_by=decider, **days)
        NoticeEntry.objects.create(notice=notice, consortium=copy)
    assert len(listed()) == 10
    assert len(listed("?page=2")) == 1
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        assert 'href="?past=1&amp;page=2"' in Client().get("/public-notices/?past=1").text
        assert len(listed("?past=1&page=2")) == 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("query", ["", "?past=1"])
def test_the_lists_ask_a_constant_number_of_questions(query, rows, django_assert_num_queries):
    for _row in range(rows):
        ConsortiumFactory(**{"active" if query else "public_notice": True})
    with django_assert_num_queries(3):
        assert len(listed(query)) == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", ["/", ".pdf"])
def test_a_notice_asks_a_constant_number_of_questions(
    page, rows, decider, django_assert_num_queries
):
    notice = together(decider, rows)
    with django_assert_num_queries(5):
        assert Client().get(f"/public-notices/notice-{notice.pk}{page}").status_code == 200


def together(decider, rows: int, **words) -> PublicNotice:
    """One notice over so many filings."""
    payload = words
    for _row in range(rows):
        consortium = ConsortiumFactory(recommended=True)
        event = perform(consortium.pk, Action.PUBLISH, actor=decider, **payload)
        payload = {"notice": PublicNotice.objects.get(pk=event.data["notice"])}
    return payload["notice"]


def test_one_notice_stands_over_many_filings(decider):
    notice = together(decider, 3, title="关于第二批拟备案的公示", text="现予公示。")
    names = [entry.consortium.name for entry in notice.entries.select_related("consortium")]
    assert len(names) == 3
    (row,) = Client().get("/public-notices/").context["rows"]
    assert [consortium.name for consortium, _open in row["consortia"]] == names
    for consortium in Consortium.objects.filter(notice_entry__notice=notice):
        assert (consortium.notice_starts_on, consortium.notice_ends_on) == (
            notice.starts_on,
            notice.ends_on,
        )
    text = Client().get(f"/public-notices/notice-{notice.pk}/").text
    for shown in (notice.title, notice.text, *names):
        assert shown in text


def test_a_single_filing_has_a_notice_of_one(published):
    notice = published.notice_entry.notice
    assert published.name in notice.title
    assert notice.entries.count() == 1
    assert (notice.days, notice.ends_on) == (5, published.notice_ends_on)
    assert f"/public-notices/notice-{notice.pk}/" in Client().get(address(published)).text


def test_a_notice_is_joined_on_its_day_by_its_officer_alone(decider, decider2):
    notice = together(decider, 1)
    late, foreign = ConsortiumFactory(recommended=True), ConsortiumFactory(recommended=True)
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused):
        perform(late.pk, Action.PUBLISH, actor=decider, notice=notice, on=tomorrow)
    with pytest.raises(Refused):
        perform(foreign.pk, Action.PUBLISH, actor=decider2, notice=notice)
    assert notice.entries.count() == 1


def test_what_was_decided_before_the_end_is_marked_and_the_rest_stays_open(decider):
    notice = together(decider, 2)
    first = notice.entries.first().consortium
    perform(first.pk, Action.REJECT, actor=decider, reason="不符合条件。", clause="3.1")
    (row,) = Client().get("/public-notices/").context["rows"]
    assert [is_open for _consortium, is_open in row["consortia"]] == [False, True]
    second = notice.entries.last().consortium
    perform(second.pk, Action.REJECT, actor=decider, reason="不符合条件。", clause="3.1")
    assert listed() == []
    assert len(listed("?past=1")) == 2


def test_an_end_beyond_the_known_holidays_is_called_provisional(decider):
    with time_machine.travel("2031-03-03T10:00:00+08:00"):
        notice = together(decider, 1)
        consortium = notice.entries.get().consortium
        for page in (
            "/public-notices/",
            f"/public-notices/notice-{notice.pk}/",
            address(consortium),
        ):
            assert "Provisional" in Client(headers=ENGLISH).get(page).text


def test_the_notice_is_a_paper_with_every_filing_in_it(decider):
    notice = together(decider, 2, title="关于拟备案的公示", text="现予公示。")
    response = Client().get(f"/public-notices/notice-{notice.pk}.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    text = text_of(response.content)
    for consortium in Consortium.objects.filter(notice_entry__notice=notice):
        for said in (consortium.name, consortium.lead_unit.name, consortium.members.first().name):
            assert said in text
    assert notice.title in text
    assert all(embedded for _name, embedded in fonts_of(response.content))


def test_making_papers_is_braked(decider, settings):
    settings.ACCOUNT_RATE_LIMITS = {"notice_pdf": "1/m/ip"}
    address = f"/public-notices/notice-{together(decider, 1).pk}.pdf"
    assert [Client().get(address).status_code for _try in range(2)] == [200, 429]
