"""Every list of the workbench asks the same number of questions, whether it shows few rows or many."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filings.operation import receive_objection
from tests.factories import ConsortiumFactory, UnitFactory, upheld_case
from tests.people import as_, owner_of
from tests.reports.factories import report_of
from tests.reviews.test_admin_access import address
from tests.reviews.test_services import report

pytestmark = pytest.mark.django_db
MOST = 9


def one_more_of_everything(number: int) -> None:
    owner = owner_of(UnitFactory(), f"owner{number}")
    running = ConsortiumFactory(
        active=True, lead_unit=owner.memberships.get().unit, created_by=owner
    )
    report(running)
    upheld_case(running)
    published = ConsortiumFactory(public_notice=True)
    receive_objection(published, objector="某单位", contact="x@example.com", text="异议")
    if number == 0:
        report_of(owner)
    LogEntry.objects.create(user=owner, action_flag=CHANGE, object_repr="政策")


def questions(client) -> dict[str, int]:
    asked = {}
    for model in admin.site._registry:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address(model, "changelist")).status_code == 200
        asked[model.__name__] = len(queries)
    return asked


def test_every_list_asks_a_constant_number_of_questions(auditor):
    client = as_(auditor)
    one_more_of_everything(0)
    questions(client)  # what is kept in memory after the first time
    few = questions(client)
    for number in (1, 2):
        one_more_of_everything(number)
    assert questions(client) == few
    assert max(few.values()) <= MOST, few
