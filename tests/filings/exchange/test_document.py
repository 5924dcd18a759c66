"""A filing as JSON: described by its schema, given to the lead unit, read back as a whole or not."""

import copy
import json
from datetime import date

import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Unit, UnitKind
from accounts.places import Place
from filings.exchange.document import export, schema
from filings.models import (
    ChainRole,
    Consortium,
    CouncilKind,
    FocusField,
    GoalKind,
    LeadKind,
    Member,
    PlatformKind,
    PlatformLevel,
)
from filings.states import Status
from tests.factories import ConsortiumFactory, UnitFactory
from tests.filings.exchange.workbooks import url
from tests.people import as_

pytestmark = pytest.mark.django_db

NEW = "/filings/new/from-json/"


def filing_of(user, **kwargs) -> Consortium:
    unit = user.memberships.get().unit
    return ConsortiumFactory(
        **{"complete": True} | kwargs | {"lead_unit": unit, "created_by": user}
    )


def of_lead(user) -> dict:
    """What a filing of the user's unit says."""
    client = as_(user)
    return json.loads(client.get(url("json", filing_of(user))).content)


def send(user, data, unit: Unit | None = None):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    client = as_(user)
    client.cookies["django_language"] = "en"
    unit = unit or user.memberships.get().unit
    file = SimpleUploadedFile("备案.json", raw)
    return client.post(NEW, {"unit": unit.pk, "file": file})


def content_of(document: dict) -> dict:
    return {name: value for name, value in document.items() if name != "record"}


def test_the_schema_is_one(db):
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("status", ["", "complete", *Status])
def test_every_filing_is_as_the_schema_says(status, lead_owner):
    filing = filing_of(lead_owner, **{"complete": False} | ({str(status): True} if status else {}))
    document = export(Consortium.objects.get(pk=filing.pk))
    jsonschema.validate(document, schema(), cls=jsonschema.Draft202012Validator)


def test_the_schema_knows_the_codes_of_the_portal():
    parts = schema()["properties"]
    lead, focus = parts["lead"]["properties"], parts["focus"]["properties"]
    member = parts["members"]["items"]["properties"]
    for choices, described in (
        (LeadKind, lead["lead_kind"]),
        (PlatformKind, lead["platform_kind"]),
        (PlatformLevel, lead["platform_level"]),
        (CouncilKind, parts["governance"]["properties"]["council_kind"]),
        (GoalKind, focus["goal_kinds"]["items"]),
        (UnitKind, member["kind"]),
        (Place, member["place"]),
        (ChainRole, member["chain_roles"]["items"]),
    ):
        assert set(described["enum"]) - {""} == set(choices.values)


def test_it_says_what_the_portal_vouches_for(lead_owner):
    filing = filing_of(lead_owner, complete=False, active=True)
    answer = as_(lead_owner).get(url("json", filing))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "application/json"
    record = json.loads(answer.content)["record"]
    assert (record["status"], record["filing_number"]) == ("active", filing.filing_number)
    assert record["submission"]["digest"] == filing.submissions.last().digest
    assert record["documents"][0]["sha256"] == "0" * 64


def test_what_goes_out_comes_in_as_the_same_without_what_must_be_given_anew(lead_owner):
    document = of_lead(lead_owner)
    answer = send(lead_owner, document)
    draft = Consortium.objects.order_by("pk").last()
    assert answer.url == reverse("filings:step", args=[draft.pk, "lead"])
    assert content_of(export(draft)) == content_of(document)
    assert (draft.status, draft.documents.count()) == ("draft", 0)
    assert draft.agreement_signed_on == date(2024, 1, 10)
    members = Member.objects.filter(consortium=draft)
    assert {m.confirmation for m in members} == {"pending"}
    assert not members.exclude(confirmed_digest="").exists()
    assert draft.events.get().action == "read"


def test_another_unit_may_lead_what_it_reads(lead_owner, lead2_owner):
    document = of_lead(lead_owner)
    assert send(lead2_owner, document).status_code == 302
    draft = Consortium.objects.order_by("pk").last()
    assert draft.lead_unit == lead2_owner.memberships.get().unit


def test_nobody_begins_a_filing_for_a_unit_of_others(lead_owner, lead2_owner):
    document = of_lead(lead_owner)
    page = send(lead2_owner, document, unit=lead_owner.memberships.get().unit)
    assert page.context["form"].errors["unit"]
    assert Consortium.objects.count() == 1


def put(path: str, value):
    """A change of the document at a path: "members.0.kind"; DELETE takes it away."""

    def change(document):
        *steps, last = [int(p) if p.isdigit() else p for p in path.split(".")]
        for step in steps:
            document = document[step]
        if value is DELETE:
            del document[last]
        else:
            document[last] = value

    return change


DELETE = object()
CODE = "91320115XX1234"
WRONG = [
    (put("lead.name", DELETE), "lead", "missing here: name"),
    (put("lead.name", 7), "lead.name", "text in quotation marks"),
    (put("lead.name", ""), "lead.name", "required"),
    (put("lead.name", "名\x00"), "lead.name", "Null characters"),
    (put("lead.name", "\ud800"), "", "no valid JSON"),
    (put("focus.focus_field", "\x00"), "focus.focus_field", "Null characters"),
    (put("lead.name", "名" * 301), "lead.name", "At most 300 characters; this has 301."),
    (put("lead.lead_kind", "bakery"), "lead.lead_kind", "does not know this code"),
    (put("lead.lead_revenue", 1e400), "", "no valid JSON"),
    (put("lead.lead_revenue", 12.5), "lead.lead_revenue", "text in quotation marks or null"),
    (put("lead.lead_revenue", "-1"), "lead.lead_revenue", "as the format asks"),
    (put("lead.lead_revenue", "999999999999"), "lead.lead_revenue", "too much"),
    (put("focus.focus_field", "baking"), "focus.focus_field", "valid choice"),
    (put("focus.goal_kinds", ["frontier", "frontier"]), "focus.goal_kinds", "twice"),
    (put("members.0.kind", "bakery"), "members[1].kind", "does not know this code"),
    (put("members.0.uscc", CODE), "members[1].uscc", "exactly 18 characters"),
    (put("members.1.contact_email", "nobody"), "members[2].contact_email", "valid email"),
    (put("members.1.rd_staff", -1), "members[2].rd_staff", "greater than or equal to 0"),
    (put("members.1.rd_staff", "40"), "members[2].rd_staff", "a whole number or null"),
    (put("members.1.token", "x"), "members[2]", "does not know: token"),
    (put("tasks.0.members", [CODE]), "tasks[1].members[1]", "No member"),
    (put("tasks.0.milestones.1.month", 0), "tasks[1].milestones[2].month", "greater than or equal to 1"),
    (put("tasks.0.milestones.1.title", ""), "tasks[1].milestones[2].title", "required"),
    (put("tasks.0.led_by_lead", "no"), "tasks[1].led_by_lead", "true or false"),
    (put("tasks", {}), "tasks", "a list in square brackets"),
    (put("agreement.agreement_signed_on", "2024-02-31"), "agreement.agreement_signed_on", "valid date"),
    (put("agreement.term_months", 500), "agreement.term_months", "less than or equal to 120"),
    (put("status", "active"), "", "does not know: status"),
    (put("sharing", DELETE), "", "missing here: sharing"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "said"), WRONG)
def test_each_fault_is_told_at_its_place_and_nothing_is_saved(change, place, said, lead_owner):
    document = copy.deepcopy(of_lead(lead_owner))
    change(document)
    units = Unit.objects.count()
    page = send(lead_owner, document)
    assert page.status_code == 422
    problems = page.context["problems"]
    told = [(p.place, p.message) for p in problems] or [
        ("", page.context["form"].errors["file"][0])
    ]
    assert any(where == place and said in message for where, message in told), told
    assert Consortium.objects.count() == 1
    assert Unit.objects.count() == units


def test_a_member_twice_and_the_lead_as_a_member_are_refused(lead_owner):
    document = of_lead(lead_owner)
    document["members"] += [
        document["members"][0],
        document["members"][1] | {"uscc": document["lead"]["unit"]["uscc"]},
    ]
    problems = send(lead_owner, document).context["problems"]
    assert [p.place for p in problems] == ["members[3].uscc", "members[4].uscc"]
    assert Consortium.objects.count() == 1


HOSTILE = [
    (b"", "empty"),
    (b"{", "no valid JSON"),
    (b"\xff\xfe\x00", "no valid JSON"),
    (b"[1, 2]", "no exported filing"),
    (b"null", "no exported filing"),
    (b'{"format": "other"}', "no exported filing"),
    (b'{"format": "nanjing-consortium-filing", "version": 2}', "another version"),
    (b'{"format": "nanjing-consortium-filing", "version": true}', "another version"),
    (b'{"format": "nanjing-consortium-filing", "format": "x"}', "no valid JSON"),
    (b'{"format": "nanjing-consortium-filing", "version": NaN}', "no valid JSON"),
    (b"[" * 200_000, "no valid JSON"),
    (b'{"format": "nanjing-consortium-filing", "version": 1, "record": ' + b'{"a":' * 50 + b"1" + b"}" * 51, "too deeply"),
    (b'{"format": "nanjing-consortium-filing", "version": ' + b"9" * 9999 + b"}", "no valid JSON"),
    (b" " * 2_200_000, "2 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "said"), HOSTILE)
def test_a_file_that_is_no_filing_is_refused_with_what_to_do(raw, said, lead_owner):
    page = send(lead_owner, raw)
    assert page.status_code == 422
    assert said in page.context["form"].errors["file"][0]
    assert not Consortium.objects.exists()


def test_what_is_missing_is_told_once(lead_owner):
    document = of_lead(lead_owner)
    document["lead"] = {}
    (problem,) = send(lead_owner, document).context["problems"]
    assert "name, lead_kind" in problem.message


def test_many_faults_are_told_up_to_a_hundred(lead_owner):
    document = of_lead(lead_owner)
    document["tasks"] = [{}] * 150
    assert len(send(lead_owner, document).context["problems"]) == 100


@pytest.mark.parametrize("cast", ["member_user", "auditor", "lead2_owner"])
def test_contacts_are_for_the_lead_unit_alone(cast, lead_owner, request):
    filing = filing_of(lead_owner, complete=False, active=True)
    user = request.getfixturevalue(cast)
    if cast == "member_user":
        unit = user.memberships.get().unit
        Member.objects.filter(pk=filing.members.first().pk).update(unit=unit)
    assert as_(user).get(url("json", filing)).status_code == 404


def test_a_focus_field_that_left_the_list_is_told(lead_owner):
    document = of_lead(lead_owner)
    FocusField.objects.filter(code=document["focus"]["focus_field"]).update(
        valid_from=date(2000, 1, 1), valid_to=date(2001, 1, 1)
    )
    (problem,) = send(lead_owner, document).context["problems"]
    assert problem.place == "focus.focus_field"


def test_somebody_without_a_unit_is_told_where_to_get_one(stranger):
    UnitFactory()
    assert "empty" in as_(stranger).get(NEW).text
