"""The triggers come and go with the tables they watch."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts.database import drop_triggers, install_triggers
from accounts.models import AuditEntry, Unit
from tests.factories import UnitFactory


def audited(unit) -> bool:
    about = {"subject": "accounts_unit", "subject_id": str(unit.pk)}
    return AuditEntry.objects.filter(**about).exists()


@pytest.mark.django_db
def test_they_can_be_installed_any_number_of_times():
    for _time in range(2):
        install_triggers()
    unit = UnitFactory()
    about = {"subject": "accounts_unit", "subject_id": str(unit.pk)}
    assert AuditEntry.objects.filter(**about).count() == 1
    with pytest.raises(DatabaseError, match="credit code"), transaction.atomic():
        Unit.objects.filter(pk=unit.pk).update(uscc="other")


@pytest.mark.django_db
def test_they_can_be_taken_away():
    drop_triggers()
    unit = UnitFactory()
    Unit.objects.filter(pk=unit.pk).update(uscc="other")
    assert not audited(unit)


@pytest.mark.django_db(transaction=True)
def test_the_portal_works_without_the_trail_and_with_it_again():
    call_command("migrate", "accounts", "0002", verbosity=0)
    assert AuditEntry._meta.db_table not in connection.introspection.table_names()
    UnitFactory()
    call_command("migrate", verbosity=0)
    assert audited(UnitFactory())
