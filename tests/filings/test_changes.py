"""A change on the portal: begun, filled in and kept as it is typed, confirmed, reported, mended."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from filings.change_transitions import perform
from filings.models import Change, Consortium, Document
from notices.models import Message
from tests.changes import REASON, change_in, drafted, editor_of, joiner, signed
from tests.factories import ConsortiumFactory, UnitFactory, pdf_upload
from tests.people import as_, owner_of

pytestmark = pytest.mark.django_db

FILED_ON = date(2026, 3, 2)
EN = {"Accept-Language": "en"}


@pytest.fixture(autouse=True)
def during_the_term():
    with time_machine.travel("2027-06-01T09:00:00+08:00", tick=False) as clock:
        yield clock


def of(user, status: str = "active") -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(**{status: True}, lead_unit=unit, created_by=user, on=FILED_ON)


@pytest.fixture
def consortium(lead_owner):
    return of(lead_owner)


def to(name: str, change: Change, *args) -> str:
    return reverse(f"filings:{name}", args=[change.consortium_id, change.pk, *args])


def fill(client, address: str, **typed):
    """Send the form of a page as a browser does: with what it showed, and what was typed over it."""
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in shown.items() if value not in (None, False)}
    seen = {f"seen-{name}": form.fields[name].seen for name in form.kept_names}
    return client.post(address, sent | seen | typed)


def begin(user, consortium, **data) -> Change:
    address = reverse("filings:change_add", args=[consortium.pk])
    assert as_(user).post(address, data).status_code == 302
    return Change.objects.latest("pk")


def test_a_joining_member_from_first_click_to_the_register(
    consortium, lead_owner, reviewer, client
):
    lead, unit = as_(lead_owner), UnitFactory(name="南京示例北辰机器人有限公司")
    change = begin(lead_owner, consortium, kind="join")
    typed = joiner(unit, contact_email="new@example.com") | {"uscc": unit.uscc, "next": "1"}
    onward = fill(lead, to("change_step", change, "what"), **typed)
    assert onward.url == to("change_step", change, "why")
    words = {"description": "增补整机单位", "reason": REASON, "effective_on": "2027-07-01"}
    fill(lead, to("change_step", change, "why"), **words)
    lead.post(to("change_move", change), {"action": "ask"})
    change.refresh_from_db()
    assert change.status == "awaiting"
    joins = as_(owner_of(unit, "joins"))
    link = reverse("filings:confirm", args=[change.member.token])
    assert "2027年7月1日" in joins.get(link).text
    joins.post(
        reverse("filings:proof", args=[change.member.token]),
        {"kind": "licence", "upload": pdf_upload()},
    )
    joins.post(link, {"confirm": "1"})
    change.member.refresh_from_db()
    assert change.member.confirmation == "confirmed"
    assert change.member.documents.get().uploaded_by.username == "joins"
    lead.post(to("change_paper", change), {"upload": pdf_upload("补充协议.pdf")})
    signatures = {
        "agreement_signed_on": "2027-05-30",
        "lead_signed": "on",
        "signed_members": [member.pk for member in consortium.members.all()],
    }
    fill(lead, to("change_step", change, "agreement"), **signatures)
    for finding in lead.get(to("change", change)).context["findings"]:
        if finding["form"]:
            reason = {"rule": finding["finding"].rule, "text": REASON}
            lead.post(to("change_justify", change), reason)
    lead.post(to("change_move", change), {"action": "report"})
    change.refresh_from_db()
    assert change.status == "reported"
    assert Message.objects.filter(recipient=reviewer, kind="filing_change").exists()
    entry = reverse("filings:register_entry", args=[consortium.filing_number])
    assert unit.name not in [m.name for m in client.get(entry).context["members"]]
    then = client.get(entry, {"as_of": "2027-07-01"}).context["members"]
    assert unit.name in [m.name for m in then]


def test_a_draft_keeps_what_is_typed_as_it_is_typed(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner)
    typed = {
        "mechanism": "每周召开例会。",
        "autosave": "1",
        "seen-mechanism": f'"{change.after["mechanism"]}"',
    }
    page = as_(lead_owner).post(
        to("change_step", change, "what"), typed, headers={"HX-Request": "true"}
    )
    assert page.status_code == 200
    change.refresh_from_db()
    assert change.after == {"mechanism": "每周召开例会。"}


def test_what_two_people_typed_is_not_overwritten(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner)
    stale = {"mechanism": "我的", "seen-mechanism": '"从前"'}
    page = fill(as_(lead_owner), to("change_step", change, "what"), **stale)
    assert [clash.name for clash in page.context["clashes"]] == ["mechanism"]
    again = Change.objects.get()
    assert again.after == change.after


def test_only_what_differs_is_kept(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner, kind="organisation")
    assert change.after == {"council_chair": "丁示例", "council_kind": "other"}
    reported = change_in("reported", consortium, user=lead_owner, kind="mechanism")
    assert reported.before == {"mechanism": consortium.mechanism}


@pytest.mark.parametrize(
    ("data", "wrong"),
    [({"kind": ""}, "kind"), ({"kind": "lead"}, "kind"), ({"kind": "leave"}, "member"),
     ({"kind": "part", "member": "999"}, "member")],
)  # fmt: skip
def test_a_change_begins_with_a_kind_and_its_member(data, wrong, consortium, lead_owner):
    address = reverse("filings:change_add", args=[consortium.pk])
    assert as_(lead_owner).post(address, data).context["form"].errors.keys() == {wrong}
    assert not Change.objects.exists()


@pytest.mark.parametrize("status", ["complete", "submitted", "public_notice", "terminated"])
def test_only_what_runs_can_change(status, lead_owner):
    address = reverse("filings:change_add", args=[of(lead_owner, status).pk])
    page = as_(lead_owner).post(address, {"kind": "mechanism"})
    assert page.context["form"].non_field_errors()
    assert not Change.objects.exists()


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2029, 3, 3), None])
def test_the_day_lies_within_the_term(day, consortium, lead_owner):
    change = drafted(consortium, user=lead_owner)
    Change.objects.filter(pk=change.pk).update(effective_on=day)
    client = as_(lead_owner)
    assert "change_day" in found(client, change)
    client.post(to("change_move", change), {"action": "ask"})
    change.refresh_from_db()
    assert change.status == "draft"


def found(client, change) -> set[str]:
    findings = client.get(to("change", change)).context["findings"]
    return {item["finding"].rule for item in findings}


def test_the_rules_look_at_the_consortium_as_it_would_be(consortium, lead_owner):
    client = as_(lead_owner)
    university = consortium.members.get(kind="university")
    leave = drafted(consortium, user=lead_owner, kind="leave", member=university)
    assert "academic_member" in found(client, leave)
    branch = UnitFactory(name="南京示例北辰机器人有限公司江宁分公司")
    join = drafted(consortium, user=lead_owner, kind="join", unit=branch)
    assert {"branch_name", "member_confirmed"} <= found(client, join)
    assert "academic_member" not in found(client, join)


def test_what_is_no_pdf_is_no_agreement(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner)
    upload = SimpleUploadedFile("补充协议.pdf", b"MZ not a pdf")
    page = as_(lead_owner).post(to("change_paper", change), {"upload": upload})
    assert page.context["file_form"].errors.keys() == {"upload"}
    assert not Document.objects.filter(kind="supplementary_agreement").exists()


def test_members_read_it_when_they_are_asked_and_answer(consortium, lead_owner):
    member = consortium.members.first()
    asked = as_(editor_of(member.unit))
    change = drafted(consortium, user=lead_owner, kind="part", member=member)
    assert asked.get(to("change", change)).status_code == 404
    signed(change, user=lead_owner)
    perform(change.pk, "ask", actor=lead_owner)
    assert asked.get(to("change", change)).status_code == 200
    (duty,) = asked.get(reverse("home")).context["duties"]
    assert duty.url == to("change", change)
    row = change.confirmations.get()
    stale = asked.post(to("change_answer", change), {"confirm": "1", "digest": "old"}, follow=True)
    assert row.member_id == member.pk
    assert [m.level_tag for m in stale.context["messages"]] == ["error"]
    answer = {"dispute": "1", "digest": row.digest, "reason": "分工与协议不符。"}
    asked.post(to("change_answer", change), answer)
    row.refresh_from_db()
    assert (row.answer, row.reason) == ("disputed", "分工与协议不符。")
    assert Message.objects.filter(recipient=lead_owner, kind="filing_change_dispute").exists()
    assert "分工与协议不符。" in as_(lead_owner).get(to("change", change)).text


@pytest.mark.parametrize("cast", ["lead2_owner", "member_user", "stranger", "reviewer", "auditor"])
def test_a_draft_is_the_lead_units_alone(cast, consortium, lead_owner, request):
    change = drafted(consortium, user=lead_owner)
    client = as_(request.getfixturevalue(cast))
    assert client.get(to("change", change)).status_code == 404
    assert client.post(to("change_step", change, "why"), {"reason": "x"}).status_code == 404
    assert client.post(to("change_move", change), {"action": "drop"}).status_code == 404


@pytest.mark.parametrize("step", ["what", "why", "agreement"])
def test_what_was_reported_is_edited_no_more(step, consortium, lead_owner):
    change = change_in("reported", consortium, user=lead_owner)
    client = as_(lead_owner)
    assert client.get(to("change_step", change, step)).status_code == 404
    assert client.post(to("change_paper", change), {"upload": pdf_upload()}).status_code == 404


def test_a_returned_change_is_mended_and_its_day_stands(consortium, lead_owner, reviewer):
    change = change_in("returned", consortium, user=lead_owner, by=reviewer)
    client = as_(lead_owner)
    assert "请补充签章页。" in client.get(to("change", change)).text
    assert change.pk not in [c.pk for c in consortium.changes.in_effect()]
    client.post(to("change_paper", change), {"upload": pdf_upload("补充协议二.pdf")})
    client.post(to("change_move", change), {"action": "ask"})
    client.post(to("change_move", change), {"action": "report"})
    change.refresh_from_db()
    assert (change.status, change.effective_on) == ("reported", FILED_ON)
    assert change.supplementary_agreement.replaces.original_name == "补充协议.pdf"


def test_a_page_that_is_older_than_the_change_moves_nothing(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner)
    old = {"action": "drop", "version": change.version - 1}
    page = as_(lead_owner).post(to("change_move", change), old, follow=True)
    assert [m.level_tag for m in page.context["messages"]] == ["error"]
    change.refresh_from_db()
    assert change.status == "draft"


@pytest.mark.parametrize("rows", [1, 3])
def test_a_consortium_lists_its_changes_in_a_constant_number_of_questions(
    rows, consortium, lead_owner, django_assert_max_num_queries
):
    for kind in ("mechanism", "organisation", "strategic_plan")[:rows]:
        change_in("reported", consortium, user=lead_owner, kind=kind)
    client, page = as_(lead_owner), reverse("filings:detail", args=[consortium.pk])
    client.get(page)
    with django_assert_max_num_queries(33):
        assert len(client.get(page, headers=EN).context["changes"]) == rows
