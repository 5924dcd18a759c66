"""The public register: what is filed, found in every way people look, in its state as of today."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from filings.change_transitions import perform as perform_change
from filings.models import Consortium, FocusField
from filings.states import Status
from tests.changes import change_in, confirm_all
from tests.factories import FILED_ON, ConsortiumFactory, UnitFactory
from tests.people import owner_of

pytestmark = pytest.mark.django_db

ENTRY = "/register/宁创联备〔2026〕1号/"
HIDDEN = [s for s in Status if s not in ("active", "expired", "terminated", "revoked")]


def filed(**kwargs) -> Consortium:
    return ConsortiumFactory(**({"active": True, "on": FILED_ON} | kwargs))


def found(client, **query) -> list[str]:
    return [c.name for c in client.get("/register/", query).context["page_obj"]]


@pytest.mark.parametrize("status", HIDDEN)
def test_what_was_never_filed_is_not_listed(status, client):
    consortium = ConsortiumFactory(**{str(status): True})
    page = client.get("/register/")
    assert page.context["page_obj"].paginator.count == 0
    assert consortium.name not in page.text


@pytest.mark.parametrize("status", ["active", "expired", "terminated", "revoked"])
def test_what_was_filed_stays_listed(status, client):
    consortium = ConsortiumFactory(**{status: True}, on=FILED_ON)
    with time_machine.travel(consortium.ended_on or FILED_ON):
        page = client.get("/register/")
        assert consortium.name in page.text
        assert f"pill-{status}" in page.text
        assert found(client, state=status) == [consortium.name]
        others = {"active", "expired", "terminated", "revoked"} - {status}
        assert not any(found(client, state=other) for other in others)


@pytest.mark.parametrize(
    ("day", "state"), [(date(2029, 3, 2), "active"), (date(2029, 3, 3), "expired")]
)
def test_the_state_follows_the_calendar_before_any_sweep(day, state, client):
    """The last day belongs to the term; from the next day's first minute it has expired."""
    consortium = filed()
    assert (consortium.status, consortium.ends_on) == ("active", date(2029, 3, 2))
    with time_machine.travel(f"{day.isoformat()}T00:00:30+08:00"):
        assert found(client, state=state) == [consortium.name]
        for address in ("/register/", ENTRY, reverse_verify(consortium)):
            assert f"pill-{state}" in client.get(address).text
    assert Consortium.objects.get().status == "active"


def reverse_verify(consortium) -> str:
    return reverse("filings:verify", args=[consortium.verification_code])


def test_search_looks_at_names_numbers_and_units(client):
    lead = UnitFactory(name="南京示例栖光显示材料有限公司")
    one = filed(name="柔性显示材料创新联合体", lead_unit=lead)
    other = filed(name="低空飞行控制创新联合体")
    member = one.members.first().name
    for words in ("柔性显示", "栖光", member, one.filing_number, "柔性 栖光", " 柔性显示 "):
        assert found(client, q=words) == [one.name], words
    assert found(client, q="创新联合体") == [other.name, one.name]
    assert found(client, q="柔性 低空") == []
    assert found(client, q="%") == []


@pytest.mark.parametrize(
    "typed",
    ["宁创联备〔2026〕1号", "宁创联备[2026]1号", "宁创联备（2026）1号", "宁创联备 (2026) 1",
     "宁创联备【２０２６】１号", "宁创联备20261号"],
)  # fmt: skip
def test_a_number_is_found_in_any_writing(typed, client):
    first, _second = filed(), filed()
    assert found(client, q=typed) == [first.name]


def test_a_member_that_left_no_longer_finds_it(client):
    consortium = filed()
    member = consortium.members.first()
    consortium.members.filter(pk=member.pk).update(left_on=date(2026, 6, 1))
    with time_machine.travel("2026-05-31T12:00:00+08:00"):
        assert found(client, q=member.name) == [consortium.name]
    with time_machine.travel("2026-06-01T00:00:01+08:00"):
        assert found(client, q=member.name) == []
        assert member.name not in client.get(ENTRY).text
        assert found(client, q=member.name, as_of="2026-05-31") == [consortium.name]
        assert member.name in client.get(ENTRY, {"as_of": "2026-05-31"}).text


def test_filters_narrow_the_list(client):
    field = FocusField.objects.current_on(FILED_ON).exclude(code="manufacturing-equipment").first()
    one = filed(lead_unit=UnitFactory(place="320104"))
    other = filed(focus_field=field, on=date(2027, 3, 1))
    assert found(client, place="320104") == [one.name]
    assert found(client, focus_field=field.pk) == [other.name]
    assert found(client, year=2027) == [other.name]
    assert found(client, year=2026, place="320115") == []
    assert found(client) == [other.name, one.name]


@pytest.mark.parametrize(
    "query",
    ["state=draft", "year=abc", "year=99999999999999999999", "place=x", "focus_field=-1",
     "q=%00", "page=abc", "page=-3", "page=999999"],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_error(query, client):
    filed()
    assert client.get(f"/register/?{query}").status_code == 200


def test_pages_keep_the_question(client):
    consortium = filed()
    fields = {f.attname: getattr(consortium, f.attname) for f in Consortium._meta.concrete_fields}
    Consortium.objects.bulk_create(
        Consortium(**fields | {
            "id": None, "filing_serial": serial, "filing_number": f"宁创联备〔2026〕{serial}号",
            "verification_code": f"code{serial}",
        })
        for serial in range(2, 22)
    )  # fmt: skip
    page = client.get("/register/?state=active&q=联合体")
    assert len(page.context["page_obj"]) == 20
    assert "?state=active&amp;q=%E8%81%94%E5%90%88%E4%BD%93&amp;page=2" in page.text
    assert len(client.get("/register/?state=active&page=2").context["page_obj"]) == 1


@pytest.mark.parametrize(
    "typed", ["宁创联备[2026]1号", "宁创联备（２０２６）1号", "宁创联备(2026)1"]
)
def test_an_entry_has_one_address(typed, client):
    filed()
    response = client.get(f"/register/{typed}/")
    assert response.status_code == 301
    assert response.headers["Location"] == reverse("filings:register_entry", args=[ENTRY[10:-1]])
    assert client.get(ENTRY).status_code == 200


@pytest.mark.parametrize("number", ["宁创联备〔2026〕2号", "宁创联备〔2026〕01", "x", "%00"])
def test_an_unknown_number_is_not_found(number, client):
    draft = ConsortiumFactory(draft=True)
    Consortium.objects.filter(pk=draft.pk).update(filing_year=2026, filing_serial=2)
    assert client.get(f"/register/{number}/").status_code == 404


def test_an_entry_names_units_and_no_person(client, lead_owner):
    lead_unit = lead_owner.memberships.get().unit
    lead_unit.contact_name, lead_unit.contact_phone = "联系人甲", "13800000000"
    lead_unit.legal_representative = "法人乙"
    lead_unit.save()
    consortium = filed(lead_unit=lead_unit, created_by=lead_owner)
    text = client.get(ENTRY).text
    members = list(consortium.members.all())
    for shown in (consortium.name, consortium.filing_number, lead_unit.name, lead_unit.uscc):
        assert shown in text
    assert all(member.name in text for member in members)
    assert "2026年3月2日" in text
    assert "2029年3月2日" in text
    private = ["联系人甲", "13800000000", "法人乙", consortium.council_chair, lead_owner.full_name]
    private += [consortium.chief_expert, *(m.contact_name for m in members)]
    private += [m.contact_email for m in members] + [str(consortium.lead_revenue)]
    assert not [word for word in private if word in text]
    assert consortium.verification_code not in text


def test_a_change_is_shown_from_its_report_on_and_names_no_person(client, lead_owner, reviewer):
    lead_unit = lead_owner.memberships.get().unit
    consortium = filed(lead_unit=lead_unit, created_by=lead_owner)
    with time_machine.travel("2026-06-01T09:00:00+08:00"):
        day = {"kind": "organisation", "effective_on": date(2026, 5, 20)}
        change = change_in("awaiting", consortium, user=lead_owner, **day)
        assert "2026年5月20日" not in client.get(ENTRY).text
        confirm_all(change)
        perform_change(change.pk, "report", actor=lead_owner)
        reported = client.get(ENTRY).text
        perform_change(change.pk, "note", actor=reviewer)
        noted = client.get(ENTRY).text
        before = client.get(ENTRY, {"as_of": "2026-05-19"})
    assert "2026年5月20日" in reported
    assert "2026年6月1日" in noted
    assert not [word for word in ("丁示例", change.reason) if word in noted]
    assert before.context["consortium"].council_kind == "council"


@pytest.mark.parametrize(
    ("day", "names", "state"),
    [("2026-03-01", [], ""), ("2026-03-02", [0], "active"), ("2027-03-01", [1, 0], "active"),
     ("2029-03-03", [1, 0], "expired"), ("2029-99-99", [1, 0], "active")],
)  # fmt: skip
def test_the_register_as_of_another_day(day, names, state, client):
    both = [filed(), filed(on=date(2027, 3, 1))]
    with time_machine.travel("2027-06-01T09:00:00+08:00"):
        page = client.get("/register/", {"as_of": day})
        assert [view.name for view, _state in page.context["rows"]] == [
            both[number].name for number in names
        ]
        assert not names or page.context["rows"][-1][1] == state


def test_one_that_was_ended_ran_before_its_end(client):
    consortium, ended = filed(terminated=True, active=False), date(2027, 1, 1)
    Consortium.objects.filter(pk=consortium.pk).update(ended_on=ended)
    with time_machine.travel(ended + timedelta(days=30)):
        day_before = (ended - timedelta(days=1)).isoformat()
        assert found(client, state="active", as_of=day_before) == [consortium.name]
        assert found(client, state="active") == []
        assert found(client, state="terminated") == [consortium.name]


def test_the_register_reads_in_english_too():
    filed()
    page = Client(headers={"Accept-Language": "en"}).get("/register/")
    assert "1 consortium found" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(rows, client, django_assert_num_queries):
    for _row in range(rows):
        filed()
    with django_assert_num_queries(7):
        assert len(client.get("/register/").context["page_obj"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_a_constant_number_of_questions(rows, client, django_assert_num_queries):
    for row in range(rows):
        filed(lead_unit=owner_of(UnitFactory(), f"lead{row}").memberships.get().unit)
    with django_assert_num_queries(8):
        query = {"q": "联合体", "state": "active", "place": "320115", "year": 2026}
        assert len(client.get("/register/", query).context["page_obj"]) == rows
