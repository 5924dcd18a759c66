"""The workbench as a whole: the auditor opens everything and changes nothing; others see their own;
who does not work at the bureau sees nothing."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.forms.models import model_to_dict
from django.urls import reverse

from accounts.admin_base import RoleAdmin
from accounts.models import AuditEntry, Membership, Unit, User
from filings.models import (
    Change,
    ChangeDuty,
    ClosingSummary,
    Consortium,
    CreditCase,
    CreditRecord,
    Event,
    FocusField,
    Letter,
    Objection,
    Policy,
    ProvincialApplication,
    PublicNotice,
    Renaming,
    Submission,
    SweepRun,
)
from filings.operation import receive_objection
from filings.runs import recorded
from filings.sections import Section
from notices.models import Delivery, Message
from reports.models import (
    AnnualReport,
    Picture,
    ReportCall,
    StatisticsReport,
    SupportRequest,
)
from reports.statistics import picture
from reviews.models import CommentTemplate, Expert, ExpertInvitation, ExpertRound
from tests.casework import duty_of
from tests.changes import renaming_of
from tests.endings import applied, handed_in
from tests.expertise import asked, expert, policy_of_experts, scored
from tests.factories import ConsortiumFactory, pdf_upload, upheld_case
from tests.people import as_
from tests.reports.factories import report_of
from tests.reports.statistics.papers import finished
from tests.reports.support.factories import request_of
from tests.reviews.test_services import report
from tests.undone import taken_back

pytestmark = pytest.mark.django_db

OURS = (
    Consortium, Objection, Change, ChangeDuty, CreditCase, CreditRecord, Letter, PublicNotice,
    Submission, Event, Policy, FocusField, Expert, ExpertRound, ExpertInvitation, User, Unit, Message,
    Delivery, LogEntry, AuditEntry, ReportCall, AnnualReport, SweepRun, CommentTemplate,
    ClosingSummary, ProvincialApplication, Renaming, SupportRequest, Picture, StatisticsReport,
)  # fmt: skip
OFFICERS = ("intake", "reviewer", "decider", "auditor", "administrator", "superuser")
OVERSIGHT_ONLY = {"user", "message", "delivery", "logentry", "auditentry"}


@pytest.fixture
def things(lead_owner):
    """One row at least of everything."""
    running = ConsortiumFactory(
        active=True, lead_unit=lead_owner.memberships.get().unit, created_by=lead_owner
    )
    report(running)
    renaming_of(lead_owner)
    applied(running, lead_owner)
    ended = ConsortiumFactory(expired=True, lead_unit=running.lead_unit, created_by=lead_owner)
    handed_in(ended, lead_owner)
    duty_of(upheld_case(running, running.members.first().unit))
    published = ConsortiumFactory(public_notice=True)
    said = {"objector": "某单位", "contact": "x@example.com", "text": "异议"}
    receive_objection(published, **said, upload=pdf_upload())
    report_of(lead_owner)
    request_of(lead_owner, consortium=running, status="submitted")
    policy_of_experts()
    scored(*asked(ConsortiumFactory(under_review=True), expert()), 80, 80, 80)
    CommentTemplate.objects.create(section=Section.FOCUS, title="量化指标", text="请补充。")
    LogEntry.objects.create(user=lead_owner, action_flag=CHANGE, object_repr="政策")
    recorded(SweepRun.Name.FILINGS, lambda day: {"expired": 1})
    picture.take()
    finished(lead_owner)
    return {model: model._default_manager.latest("pk") for model in OURS}


def address(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def written_to(model, thing):
    """Every address below a model's list that something could be posted to."""
    for pattern in admin.site._registry[model].get_urls():
        if pattern.name and not pattern.name.endswith(("_changelist", "_history")):
            args = dict.fromkeys(pattern.pattern.converters, thing.pk)
            yield reverse(f"admin:{pattern.name}", kwargs=args)


def test_every_registered_model_answers_by_role():
    assert set(OURS) == set(admin.site._registry)
    for model, model_admin in admin.site._registry.items():
        assert isinstance(model_admin, RoleAdmin), model


def test_the_auditor_opens_everything(things, auditor):
    client = as_(auditor)
    assert client.get("/admin/").status_code == 200
    for model, thing in things.items():
        for page in (address(model, "changelist"), address(model, "change", thing.pk)):
            assert client.get(page).status_code == 200, page
        assert client.get(address(model, "history", thing.pk)).status_code == 200


def test_the_auditor_opens_every_list(auditor):
    client = as_(auditor)
    for model in admin.site._registry:
        assert client.get(address(model, "changelist")).status_code == 200, model


def test_the_auditor_changes_nothing(things, auditor):
    client = as_(auditor)
    before = {model: list(model._default_manager.order_by("pk").values()) for model in OURS}
    for model, thing in things.items():
        data = {k: "" if v is None else v for k, v in model_to_dict(thing).items()}
        for page in written_to(model, thing):
            assert client.post(page, data).status_code in (403, 404, 405), page
        for step in getattr(admin.site._registry[model], "steps", ()):
            page = address(model, step.name, thing.pk)
            assert client.get(page).status_code == 404, page
            assert client.post(page, data).status_code == 404, page
    # The session of the auditor's own sign-in aside, no row is another.
    after = {model: list(model._default_manager.order_by("pk").values()) for model in OURS}
    assert after == before


def test_the_auditor_can_not_act_through_a_list(things, auditor):
    client = as_(auditor)
    for model, thing in things.items():
        data = {"action": "delete_selected", "_selected_action": thing.pk, "post": "yes"}
        client.post(address(model, "changelist"), data)
        assert model._default_manager.filter(pk=thing.pk).exists()


def test_nobody_deletes_and_nobody_adds_a_consortium(things, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in OFFICERS}
    for cast, user in people.items():
        with subtests.test(cast), taken_back():
            client = as_(user)
            for model, thing in things.items():
                page = client.post(address(model, "delete", thing.pk), {"post": "yes"})
                assert page.status_code in (403, 404)
                assert model._default_manager.filter(pk=thing.pk).exists()
            for model in (
                Consortium,
                Objection,
                Change,
                ChangeDuty,
                CreditCase,
                CreditRecord,
                Letter,
                PublicNotice,
                Submission,
                Event,
            ):
                assert client.get(address(model, "add")).status_code in (403, 404)


def test_people_and_their_mail_are_not_the_case_officers_business(things, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in OFFICERS[:3]}
    for cast, user in people.items():
        with subtests.test(cast), taken_back():
            client = as_(user)
            listed = {
                model["object_name"].lower()
                for app in client.get("/admin/").context["app_list"]
                for model in app["models"]
            }
            assert not listed & OVERSIGHT_ONLY
            for model in (User, Message):
                assert client.get(address(model, "changelist")).status_code == 404
                assert client.get(address(model, "change", things[model].pk)).status_code == 404


def test_who_does_not_work_at_the_bureau_stays_outside(things, request, subtests):
    people = {cast: request.getfixturevalue(cast) for cast in ("lead_owner", "stranger")}
    for cast, user in people.items():
        with subtests.test(cast), taken_back():
            client = as_(user)
            for model, thing in things.items():
                for page in (address(model, "changelist"), address(model, "change", thing.pk)):
                    assert client.get(page).status_code == 404, page


def test_memberships_are_seen_with_person_and_unit(things, auditor, lead_owner):
    unit = lead_owner.memberships.get().unit
    text = as_(auditor).get(address(Unit, "change", unit.pk)).text
    assert Membership.objects.filter(unit=unit).exists()
    assert str(lead_owner) in text


def test_what_is_registered_belongs_to_our_rooms():
    rooms = {"accounts", "notices", "filings", "reviews", "reports", "admin"}
    assert {model._meta.app_label for model in admin.site._registry} <= rooms
    assert apps.is_installed("reviews")
