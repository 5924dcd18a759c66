"""The criteria of expert review in the policy: their weights, and how a new policy takes them over."""

from datetime import timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from filings.models import Policy
from reviews.policies import may_be_edited
from tests.expertise import CRITERIA, asked, expert, policy_of_experts
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db

ADD = "/admin/filings/policy/add/"


def rows(**weights) -> dict:
    """The rows of criteria as the page sends them."""
    given = {"criteria-TOTAL_FORMS": len(weights) + 1, "criteria-INITIAL_FORMS": 0}
    for other in ("required_documents", "checklist_items", "report_grades"):
        given |= {f"{other}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}
    for place, (name, weight) in enumerate({**weights, "": ""}.items()):
        given |= {f"criteria-{place}-name": name, f"criteria-{place}-weight": weight}
        given[f"criteria-{place}-hint"] = ""
    return given


def policy(**fields) -> dict:
    found = model_to_dict(Policy.objects.in_force(), exclude=["id"])
    begins = timezone.localdate() + timedelta(days=1)
    found |= {"effective_from": begins, "expert_review": "advised"} | fields
    return {name: "" if value is None else value for name, value in found.items()}


def criteria_of(page):
    inlines = page.context["inline_admin_formsets"]
    return next(inline for inline in inlines if inline.formset.prefix == "criteria")


def saved() -> dict:
    newest = Policy.objects.latest("effective_from")
    return {row.name: row.weight for row in newest.criteria.all()}


def test_a_new_policy_starts_from_the_criteria_in_force(administrator):
    policy_of_experts()
    client = as_(administrator)
    formset = criteria_of(client.get(ADD)).formset
    shown = [form.initial.get("name") for form in formset.forms]
    assert [name for name in shown if name] == list(CRITERIA)
    client.post(ADD, policy() | rows(**CRITERIA))
    assert Policy.objects.count() == 2
    assert saved() == CRITERIA


@pytest.mark.parametrize(
    "weights", [{}, {"创新性": 99}, {"创新性": 60, "可行性": 60}, {"创新性": 0}]
)
def test_the_weights_must_add_up(weights, administrator):
    page = as_(administrator).post(ADD, policy() | rows(**weights))
    assert page.status_code == 200
    assert Policy.objects.count() == 1


def test_without_experts_no_criteria_are_needed(administrator):
    as_(administrator).post(ADD, policy(expert_review="off") | rows())
    assert Policy.objects.count() == 2


def test_what_experts_were_asked_by_stays_as_it_is(administrator):
    found = policy_of_experts()
    asked(ConsortiumFactory(under_review=True), expert(1))
    assert not may_be_edited(found, timezone.localdate())
    page = as_(administrator).get(f"/admin/filings/policy/{found.pk}/change/")
    assert "创新性" in page.text
    assert not criteria_of(page).has_change_permission
