"""The identity of the lead unit, by every way that there is to a row (clause 5.3)."""

import json

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from filings.exchange.document import export
from filings.models import Consortium
from tests.changes import drafted
from tests.factories import ConsortiumFactory, UnitFactory
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    return UnitFactory(name="南京另一示例有限公司")


@pytest.fixture
def consortium(lead_owner):
    unit = lead_owner.memberships.get().unit
    made = ConsortiumFactory(active=True, lead_unit=unit, created_by=lead_owner)
    yield made
    kept = Consortium.objects.select_related("lead_unit").get(pk=made.pk)
    assert (kept.lead_unit, kept.lead_unit.uscc) == (unit, unit.uscc)


def test_no_form_of_a_change_takes_it(consortium, other, lead_owner):
    client = as_(lead_owner)
    smuggled = {"lead_unit": other.pk, "unit": other.pk, "uscc": other.uscc}
    begin = client.post(
        reverse("filings:change_add", args=[consortium.pk]), {"kind": "lead"} | smuggled
    )
    assert begin.context["form"].errors.keys() == {"kind"}
    for kind in ("mechanism", "organisation", "strategic_plan"):
        change = drafted(consortium, user=lead_owner, kind=kind)
        for step in ("what", "why", "agreement"):
            address = reverse("filings:change_step", args=[consortium.pk, change.pk, step])
            client.post(address, smuggled)


def test_the_lead_itself_can_not_be_brought_in_as_a_member(consortium, lead_owner):
    change = drafted(consortium, user=lead_owner, kind="join", unit=UnitFactory())
    address = reverse("filings:change_step", args=[consortium.pk, change.pk, "what"])
    page = as_(lead_owner).post(address, {"uscc": consortium.lead_unit.uscc})
    assert "uscc" in page.context["form"].errors


def test_no_page_of_the_workbench_takes_it(consortium, other, superuser):
    client = as_(superuser)
    for pattern in admin.site._registry[Consortium].get_urls():
        if pattern.name and set(pattern.pattern.converters) in ({"pk"}, {"object_id"}):
            args = dict.fromkeys(pattern.pattern.converters, consortium.pk)
            if pattern.name.endswith(("terminate", "revoke")):
                continue
            client.post(reverse(f"admin:{pattern.name}", kwargs=args), {"lead_unit": other.pk})


def test_no_import_takes_it(consortium, other, lead_owner):
    document = export(consortium)
    document["lead"]["unit"] = {"uscc": other.uscc, "name": other.name}
    content = json.dumps(document, ensure_ascii=False).encode()
    file = {"file": (content, "application/json")}
    as_(lead_owner).post(reverse("filings:from_json"), {**file, "unit": other.pk})
    assert not Consortium.objects.filter(lead_unit=other).exists()


def test_a_save_in_the_shell_does_not_take_it(consortium, other):
    row = Consortium.objects.get(pk=consortium.pk)
    row.lead_unit = other
    with pytest.raises(ValidationError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Consortium.objects.filter(pk=consortium.pk).update(lead_unit=other)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consortium.objects.bulk_update([row], ["lead_unit"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE filings_consortium SET lead_unit_id = %(other)s WHERE id = %(pk)s",
        "UPDATE filings_consortium SET name = 'x', lead_unit_id = %(other)s",
        "UPDATE accounts_unit SET uscc = '91320115XX7000019A' WHERE id = %(lead)s",
    ],
)
def test_raw_sql_does_not_take_it(statement, consortium, other):
    values = {"other": other.pk, "pk": consortium.pk, "lead": consortium.lead_unit_id}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
