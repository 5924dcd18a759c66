"""Policies and fields in the admin: what has judged filings stays as it was."""

from datetime import date, timedelta

import pytest
import time_machine
from django.forms.models import model_to_dict
from django.utils import timezone

from filings.models import FocusField, Policy
from filings.states import Action
from filings.transitions import perform
from reviews.policies import may_be_edited
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

POLICIES, FIELDS = "/admin/filings/policy/", "/admin/filings/focusfield/"

NO_PAPERS = {
    f"{rows}-{count}_FORMS": "0"
    for rows in ("required_documents", "checklist_items")
    for count in ("TOTAL", "INITIAL")
}


def typed(policy, **changes) -> dict:
    """The form as filled in; what is empty is sent empty."""
    data = {k: "" if v is None else v for k, v in model_to_dict(policy).items() if v is not False}
    none = {
        f"{rows}-{number}": 0
        for rows in ("criteria", "report_grades")
        for number in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return data | NO_PAPERS | none | changes


@pytest.fixture
def policy(db):
    return Policy.objects.get()


def test_the_policy_in_force_is_edited_until_a_filing_was_judged_by_it(policy, administrator):
    client = as_(administrator)
    address = f"{POLICIES}{policy.pk}/change/"
    client.post(address, typed(policy, public_notice_days=7))
    policy.refresh_from_db()
    assert policy.public_notice_days == 7

    ConsortiumFactory(submitted=True)
    page = client.get(address)
    assert page.status_code == 200
    assert str(may_be_edited(policy, timezone.localdate()).reason) in page.text
    assert client.post(address, typed(policy, public_notice_days=0)).status_code == 403
    policy.refresh_from_db()
    assert policy.public_notice_days == 7


def test_a_policy_that_gave_a_move_its_days_stays(policy, administrator, intake):
    today = timezone.localdate()
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        filing = ConsortiumFactory(submitted=True)
    begun = Policy.objects.create(effective_from=today, review_days=7)
    assert may_be_edited(begun, today)
    perform(filing.pk, Action.ACCEPT, actor=intake)
    address = f"{POLICIES}{begun.pk}/change/"
    assert as_(administrator).post(address, typed(begun, review_days=90)).status_code == 403
    begun.refresh_from_db()
    assert begun.review_days == 7


def test_a_policy_that_was_followed_by_another_is_history(policy, administrator):
    Policy.objects.create(effective_from=timezone.localdate())
    assert not may_be_edited(policy, timezone.localdate())
    client = as_(administrator)
    address = f"{POLICIES}{policy.pk}/change/"
    assert client.post(address, typed(policy, public_notice_days=0)).status_code == 403
    policy.refresh_from_db()
    assert policy.public_notice_days == 5


def test_a_new_policy_starts_from_the_one_in_force_and_tomorrow(policy, administrator):
    Policy.objects.update(correction_days=12)
    client = as_(administrator)
    form = client.get(f"{POLICIES}add/").context["adminform"].form
    assert form["correction_days"].value() == 12

    policy.refresh_from_db()
    today = timezone.localdate()
    for begins in (today, today - timedelta(days=400)):
        page = client.post(f"{POLICIES}add/", typed(policy, effective_from=begins))
        assert page.context["adminform"].form.errors["effective_from"]
    tomorrow = today + timedelta(days=1)
    client.post(f"{POLICIES}add/", typed(policy, effective_from=tomorrow, correction_days=15))
    assert Policy.objects.in_force(today).correction_days == 12
    coming = Policy.objects.in_force(tomorrow)
    assert coming.correction_days == 15

    address = f"{POLICIES}{coming.pk}/change/"
    client.post(address, typed(coming, correction_days=20))
    coming.refresh_from_db()
    assert coming.correction_days == 20
    page = client.post(address, typed(coming, effective_from=date(2025, 1, 1)))
    assert page.context["adminform"].form.errors["effective_from"]


@pytest.mark.parametrize("cast", ["intake", "reviewer", "decider", "auditor"])
def test_only_the_administrator_writes_policies_and_fields(cast, policy, request):
    client = as_(request.getfixturevalue(cast))
    field = FocusField.objects.first()
    for address, thing in ((POLICIES, policy), (FIELDS, field)):
        assert client.get(f"{address}{thing.pk}/change/").status_code == 200
        assert client.post(f"{address}{thing.pk}/change/", typed(thing)).status_code == 403
        assert client.get(f"{address}add/").status_code in (403, 404)
        assert client.post(f"{address}add/", typed(thing)).status_code in (403, 404)
    assert Policy.objects.count() == 1


def test_a_field_gets_a_last_day_and_keeps_its_code(administrator):
    field = FocusField.objects.get(code="steel")
    client = as_(administrator)
    client.post(
        f"{FIELDS}{field.pk}/change/",
        typed(field, code="other", valid_to="2027-01-01", position=40),
    )
    field.refresh_from_db()
    assert (field.code, field.valid_to, field.position) == ("steel", date(2027, 1, 1), 40)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(
    rows, administrator, django_assert_num_queries
):
    for number in range(1, rows):
        Policy.objects.create(effective_from=date(2021, 1, number))
    client = as_(administrator)
    client.get(POLICIES)
    with django_assert_num_queries(4):
        assert len(client.get(POLICIES).context["cl"].result_list) == rows


def rows_of(formset) -> dict:
    """The rows of what is asked for, as a page shows them."""
    sent = {
        f"{formset.prefix}-TOTAL_FORMS": len(formset.forms),
        f"{formset.prefix}-INITIAL_FORMS": 0,
    }
    for form in formset.forms:
        sent |= {field.html_name: field.value() or "" for field in form if field.name != "policy"}
    return sent


def test_a_new_policy_asks_for_the_attachments_of_the_one_in_force(policy, administrator):
    client = as_(administrator)
    asked = list(policy.required_documents.values_list("party", "unit_kind", "kind"))
    assert len(asked) == 5
    page = client.get(f"{POLICIES}add/")
    rows = rows_of(page.context["inline_admin_formsets"][0].formset)
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = typed(policy, effective_from=tomorrow) | rows
    client.post(f"{POLICIES}add/", data | {"required_documents-0-DELETE": "on"})
    coming = Policy.objects.get(effective_from=tomorrow)
    assert list(coming.required_documents.values_list("party", "unit_kind", "kind")) == asked[1:]
    assert [(p.party, p.unit_kind, p.kind) for p in coming.papers] == asked[1:]


@pytest.mark.parametrize("kind", ["agreement", "supplementary_agreement", "licence"])
def test_what_the_guideline_asks_for_or_is_asked_already_is_no_row(kind, policy, administrator):
    page = as_(administrator).get(f"{POLICIES}{policy.pk}/change/")
    formset = page.context["inline_admin_formsets"][0].formset
    rows = rows_of(formset) | {"required_documents-INITIAL_FORMS": 5}
    rows |= {"required_documents-5-party": "lead", "required_documents-5-kind": kind}
    page = as_(administrator).post(f"{POLICIES}{policy.pk}/change/", typed(policy) | rows)
    assert page.status_code == 200
    assert policy.required_documents.count() == 5


def test_the_attachments_of_a_policy_that_was_applied_stay(policy, administrator):
    ConsortiumFactory(submitted=True)
    page = as_(administrator).get(f"{POLICIES}{policy.pk}/change/")
    assert page.status_code == 200
    assert 'name="required_documents-0-kind"' not in page.text
    data = typed(policy) | {"required_documents-TOTAL_FORMS": "0"}
    assert as_(administrator).post(f"{POLICIES}{policy.pk}/change/", data).status_code == 403


def test_every_parameter_can_be_set_in_the_workbench(administrator):
    form = as_(administrator).get("/admin/filings/policy/add/").context["adminform"].form
    assert {field.name for field in Policy._meta.fields if field.editable} - {"id"} == set(
        form.fields
    )


def test_a_new_policy_takes_over_the_checklist_of_the_one_in_force(policy, administrator):
    client = as_(administrator)
    texts = list(policy.checklist_items.values_list("stage", "clause", "text", "rule"))
    assert len(texts) == 19
    formset = client.get(f"{POLICIES}add/").context["inline_admin_formsets"][1].formset
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = typed(policy, effective_from=tomorrow) | rows_of(formset)
    client.post(f"{POLICIES}add/", data | {"checklist_items-0-DELETE": "on"})
    coming = Policy.objects.get(effective_from=tomorrow)
    kept = list(coming.checklist_items.values_list("stage", "clause", "text", "rule"))
    assert kept == texts[1:]


def test_an_item_is_answered_by_a_rule_that_there_is(policy, administrator):
    page = as_(administrator).get(f"{POLICIES}{policy.pk}/change/")
    formset = page.context["inline_admin_formsets"][1].formset
    data = typed(policy) | rows_of(formset)
    data |= {"checklist_items-INITIAL_FORMS": 19, "checklist_items-TOTAL_FORMS": 19}
    data |= {f"checklist_items-{n}-id": item.pk for n, item in enumerate(formset.queryset)}
    client, address = as_(administrator), f"{POLICIES}{policy.pk}/change/"
    page = client.post(address, data | {"checklist_items-0-rule": "no_such_rule"})
    assert page.context["inline_admin_formsets"][1].formset.forms[0].errors["rule"]
    client.post(address, data | {"checklist_items-0-text": "改过的问题"})
    assert policy.checklist_items.first().text == "改过的问题"
