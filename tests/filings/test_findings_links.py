"""Every finding of the wizard leads to the field that mends it: the page has what the link names."""

import re

import pytest
from django.urls import reverse

from filings.models import Consortium
from tests.factories import ConsortiumFactory
from tests.people import as_

pytestmark = pytest.mark.django_db


def empty(consortium):
    pass


def rows_that_say_nothing(consortium):
    consortium.members.update(
        division_of_work="短", capability="", team="", facilities="", chain_roles=[],
        position_in_chain="", confirmation="pending", signed=False,
    )  # fmt: skip
    consortium.tasks.update(goal="短", budget=None, own_funds=None, led_by_lead=False)
    for task in consortium.tasks.all():
        task.milestones.all().delete()
        task.members.clear()
    Consortium.objects.update(lead_signed=False, agreement_signed_on="2099-01-01", term_months=60)


def milestones_too_late(consortium):
    consortium.tasks.get().milestones.create(month=48, title="太晚")
    consortium.tasks.update(own_funds="9000000")
    Consortium.objects.update(lead_revenue=1, lead_rd_spend=2, chair_is_lead_head=False)


@pytest.mark.parametrize(
    ("complete", "spoil"),
    [(False, empty), (True, rows_that_say_nothing), (True, milestones_too_late)],
)
def test_the_link_of_each_finding_lands_on_its_field(complete, spoil, lead_owner):
    unit = lead_owner.memberships.get().unit
    consortium = ConsortiumFactory(complete=complete, lead_unit=unit, created_by=lead_owner)
    spoil(consortium)
    client = as_(lead_owner)
    page = client.get(reverse("filings:check", args=[consortium.pk]))
    links = {item["url"] for item in page.context["findings"]}
    assert len(links) > 2
    lost = []
    for link in links:
        address, _hash, place = link.partition("#")
        answer = client.get(address)
        if answer.status_code != 200 or (place and not re.search(f'id="{place}"', answer.text)):
            lost.append(link)
    assert lost == []
