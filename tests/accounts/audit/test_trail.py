"""Every write leaves a trace, however it is made, and every reading of a document."""

import json

import pytest
from allauth.mfa.models import Authenticator
from celery import shared_task
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.audit.scope import EXCLUDED, SECRETS, audited_models
from accounts.models import AuditEntry, Unit
from filings.models import Consortium, Document, FilingCounter, Submission
from tests.factories import ConsortiumFactory, UnitFactory
from tests.people import PASSWORD, as_
from tests.sent import untouched

pytestmark = pytest.mark.django_db

ROOMS = {"accounts", "notices", "filings", "reviews", "reports"}


def entries(thing=None, **about):
    if thing is not None:
        about |= {"subject": thing._meta.db_table, "subject_id": str(thing.pk)}
    return AuditEntry.objects.filter(**about).order_by("pk")


def test_every_model_is_audited_or_left_out_with_a_reason():
    audited = {model._meta.label for model in audited_models()}
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert known == audited | set(EXCLUDED)
    assert not audited & set(EXCLUDED)
    assert all(EXCLUDED.values())
    assert set(SECRETS) <= audited


def test_nothing_of_our_rooms_is_left_out_but_what_is_no_business_of_theirs():
    ours = {label for label in EXCLUDED if label.split(".")[0] in ROOMS}
    assert ours == {
        "accounts.AuditEntry", "accounts.AuditSeal", "notices.Message", "notices.Delivery",
        "filings.Upload", "filings.SweepRun", "filings.Untold", "reviews.UnitTrace",
        "reviews.FilingTrace", "reports.Picture",
    }  # fmt: skip


def test_every_audited_table_has_its_three_triggers():
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    wanted = {
        f"audit_{model._meta.db_table}_{moment}"
        for model in audited_models()
        for moment in ("insert", "update", "delete")
    }
    assert wanted <= there


def test_a_saved_step_tells_who_from_where_and_what_it_said_before(lead_owner, lead_unit):
    draft = ConsortiumFactory(lead_unit=lead_unit, created_by=lead_owner, bottleneck="旧文字")
    address = reverse("filings:step", args=[draft.pk, "focus"])
    client = as_(lead_owner)
    data = untouched(client.get(address).context["form"]) | {"bottleneck": "新文字"}
    client.post(address, data, REMOTE_ADDR="192.0.2.7")
    entry = entries(draft, operation="update").last()
    assert entry.before["bottleneck"] == "旧文字"
    assert entry.after["bottleneck"] == "新文字"
    assert "name" not in entry.before
    assert entry.actor == lead_owner
    assert (entry.address, entry.origin) == ("192.0.2.7", "POST filings:step")
    assert len(entry.request_id) == 32


def test_what_one_request_writes_is_told_as_one_and_by_the_next_as_another(lead_owner, lead_unit):
    client = as_(lead_owner)
    for phone in ("1", "2"):
        address = reverse("accounts:unit_edit", args=[lead_unit.pk])
        data = {"name": lead_unit.name, "kind": lead_unit.kind, "place": lead_unit.place}
        assert client.post(address, data | {"contact_phone": phone}).status_code == 302
    requests = entries(lead_unit, operation="update").values_list("request_id", flat=True)
    assert len(set(requests)) == 2


def test_who_signs_in_is_the_one_who_signs_in(lead_owner, client):
    client.post(reverse("account_login"), {"login": lead_owner.username, "password": PASSWORD})
    entry = entries(lead_owner, operation="update").last()
    assert "last_login" in entry.after
    assert entry.actor == lead_owner


@pytest.mark.parametrize(
    "write",
    [
        lambda unit: Unit.objects.filter(pk=unit.pk).update(address="新"),
        lambda unit: Unit.objects.bulk_update([unit], ["address"]),
        lambda unit: connection.cursor().execute("UPDATE accounts_unit SET address = '新'"),
    ],
    ids=["update", "bulk_update", "raw"],
)
def test_no_way_of_writing_goes_past_it(write):
    unit = UnitFactory(address="旧")
    unit.address = "新"
    write(unit)
    entry = entries(unit, operation="update").get()
    assert (entry.before, entry.after) == ({"address": "旧"}, {"address": "新"})


def test_rows_made_and_deleted_in_bulk_are_kept_whole():
    FilingCounter.objects.bulk_create([FilingCounter(year=year) for year in (2001, 2002)])
    made = entries(subject="filings_filingcounter", operation="insert")
    assert [entry.after["year"] for entry in made] == [2001, 2002]
    assert {entry.before for entry in made} == {None}
    FilingCounter.objects.all().delete()
    gone = entries(subject="filings_filingcounter", operation="delete")
    assert {entry.before["year"] for entry in gone} == {2001, 2002}
    assert {entry.after for entry in gone} == {None}


def test_the_widest_row_is_kept_whole():
    made = ConsortiumFactory(complete=True)
    after = entries(made, operation="insert").get().after
    columns = {field.column for field in Consortium._meta.local_concrete_fields}
    assert set(after) == columns
    assert after["goal_kinds"] == Consortium.objects.get(pk=made.pk).goal_kinds


def test_what_is_kept_as_json_stays_json():
    submission = ConsortiumFactory(submitted=True).submissions.get()
    after = entries(submission, operation="insert").get().after
    assert after["content"] == Submission.objects.get().content


def test_what_changes_nothing_leaves_nothing():
    unit = UnitFactory()
    unit.save()
    assert not entries(unit, operation="update").exists()


def test_what_is_taken_back_leaves_nothing():
    unit = UnitFactory(address="旧")
    with transaction.atomic():
        Unit.objects.update(address="新")
        transaction.set_rollback(True)
    assert not entries(unit, operation="update").exists()


def test_who_gives_a_role_is_told(administrator, stranger):
    stranger.groups.add(Group.objects.get(name="auditor"))
    given = entries(subject="accounts_user_groups", operation="insert").last()
    assert given.after["user_id"] == stranger.pk


def test_secrets_are_masked_and_their_change_is_seen(lead_owner):
    old, lead_owner.password = lead_owner.password, "another"
    lead_owner.save()
    change = entries(lead_owner, operation="update").last()
    assert set(change.before) == set(change.after) == {"password"}
    assert change.before["password"].startswith("*** ")
    assert change.before != change.after
    Authenticator.objects.create(
        user=lead_owner, type=Authenticator.Type.TOTP, data={"secret": "SEED"}
    )
    member = ConsortiumFactory(complete=True).members.first()
    told = json.dumps(list(AuditEntry.objects.values("before", "after")))
    for secret in (old, "another", "SEED", member.token):
        assert secret not in told


@shared_task
def rename_unit(pk):
    Unit.objects.filter(pk=pk).update(name="改名")


def test_a_task_is_named_as_the_cause():
    unit = UnitFactory()
    done = rename_unit.apply([unit.pk])
    entry = entries(unit, operation="update").get()
    assert (entry.actor, entry.origin) == (None, f"task {rename_unit.name}")
    assert entry.request_id == done.id
    unit.name = "再改"
    unit.save()
    assert not entries(unit, operation="update").last().origin.startswith("task")


def test_who_opens_a_document_is_told_and_who_is_refused_is_not(reviewer, stranger):
    filing = ConsortiumFactory(submitted=True)
    document = Document.objects.filter(consortium=filing).first()
    address = reverse("filings:document", args=[filing.pk, document.pk])
    assert as_(stranger).get(address).status_code == 404
    assert not entries(document, operation="read").exists()
    b"".join(as_(reviewer).get(address, REMOTE_ADDR="192.0.2.8").streaming_content)
    entry = entries(document, operation="read").get()
    assert (entry.actor, entry.address) == (reviewer, "192.0.2.8")
    assert entry.origin == "GET filings:document"
    assert entry.after["original_name"] == document.original_name
    assert entry.after["sha256"] == document.sha256


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET after = NULL",
        "UPDATE accounts_auditentry SET actor_id = 1",
        "UPDATE accounts_auditentry SET position = NULL, hash = ''",
        "DELETE FROM accounts_auditentry",
    ],
)
def test_the_trail_can_only_be_added_to(statement):
    UnitFactory()
    with pytest.raises(DatabaseError, match="append-only|sealed once"), transaction.atomic():
        connection.cursor().execute(statement)


def test_a_write_asks_no_question_more(django_assert_num_queries):
    UnitFactory()
    with django_assert_num_queries(1):
        Unit.objects.update(address="新")
    assert entries(subject="accounts_unit", operation="update").count() == 1


@pytest.mark.postgresql
def test_what_nobody_signed_is_told_with_the_name_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (name,) = cursor.fetchone()
        # As another program would write: not through the portal's connection.
        cursor.connection.execute("INSERT INTO filings_filingcounter VALUES (1999, 0)")
    entry = entries(subject="filings_filingcounter").get()
    assert (entry.actor, entry.origin) == (None, f"database: {name}")


@pytest.mark.postgresql
@pytest.mark.parametrize("table", ["accounts_auditentry", "accounts_auditseal"])
def test_the_trail_can_not_be_emptied(table):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(f"TRUNCATE {table}")
