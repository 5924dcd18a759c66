"""Members and key tasks from the portal's template: judged, shown, then saved as a whole."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation
from openpyxl import Workbook

from filings.models import Confirmation, Consortium, KeyTask, Member
from tests.factories import TEXT, ConsortiumFactory, code_of
from tests.filings.exchange.workbooks import (
    add,
    columns,
    confirm,
    handed_out,
    member_cells,
    send,
    url,
)
from tests.people import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def consortium(lead_owner) -> Consortium:
    """A complete draft with two members, one task and the agreement."""
    unit = lead_owner.memberships.get().unit
    return ConsortiumFactory(complete=True, lead_unit=unit, created_by=lead_owner)


@pytest.fixture
def client(lead_owner):
    found = as_(lead_owner)
    found.cookies["django_language"] = "en"
    return found


def stored(consortium) -> tuple:
    return (
        list(consortium.members.order_by("pk").values()),
        list(consortium.tasks.order_by("pk").values()),
        Consortium.objects.values().get(pk=consortium.pk),
    )


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("section", ["members", "tasks"])
def test_the_template_as_it_was_handed_out_changes_nothing(
    section, language, consortium, lead_owner
):
    client = as_(lead_owner)
    client.cookies["django_language"] = language
    page = send(client, consortium, section, handed_out(client, consortium, section))
    assert page.status_code == 200
    assert page.context["outcome"].same == (2 if section == "members" else 1)
    assert not page.context["outcome"].changed
    assert "sealed" not in page.text


def test_headers_choices_and_lists_are_in_the_readers_language(consortium, lead_owner):
    client = as_(lead_owner)
    book = handed_out(client, consortium, "members")
    page = book.worksheets[0]
    assert "统一社会信用代码" in columns(page)
    rules = page.data_validations.dataValidation
    assert len(rules) == 3
    assert book.worksheets[1].sheet_state == "hidden"
    offered = [cell.value for column in book.worksheets[1].columns for cell in column]
    assert {"企业", "玄武区"} <= set(offered)


def test_a_template_of_one_language_is_read_in_the_other(client, consortium):
    client.cookies["django_language"] = "zh-hans"
    book = handed_out(client, consortium, "members")
    client.cookies["django_language"] = "en"
    assert send(client, consortium, "members", book).context["outcome"].same == 2


def test_new_members_are_shown_first_and_saved_when_confirmed(client, consortium):
    book = handed_out(client, consortium, "members")
    code = code_of(123456)
    add(book.worksheets[0], **member_cells(" ".join(code.lower())))
    before = stored(consortium)
    page = send(client, consortium, "members", book)
    assert [line.title for line in page.context["outcome"].new] == ["南京示例𠮷齿轮有限公司"]
    assert stored(consortium) == before

    answer = confirm(client, consortium, "members", page.context["sealed"])
    assert answer.url == url("step", consortium, "members")
    member = consortium.members.get(unit__uscc=code)
    assert (member.name, member.chain_roles, member.place) == (
        "南京示例𠮷齿轮有限公司", ["production", "application"], "320115",
    )  # fmt: skip
    assert member.confirmation == Confirmation.PENDING
    assert consortium.members.count() == 3


def test_confirming_twice_saves_once(client, consortium):
    book = handed_out(client, consortium, "members")
    add(book.worksheets[0], **member_cells(code_of(123456)))
    sealed = send(client, consortium, "members", book).context["sealed"]
    confirm(client, consortium, "members", sealed)
    again = confirm(client, consortium, "members", sealed)
    assert again.status_code == 200
    assert again.context["outcome"].same == 3
    assert consortium.members.count() == 3


def test_a_member_whose_part_changes_is_asked_anew_and_no_other(client, consortium):
    book = handed_out(client, consortium, "members")
    add(book.worksheets[0], row=3, Division_of_work="改为负责轴承")
    page = send(client, consortium, "members", book)
    (line,) = page.context["outcome"].changed
    assert [(c.label, c.before, c.after) for c in line.changes] == [
        ("Division of work", TEXT, "改为负责轴承")
    ]
    confirm(client, consortium, "members", page.context["sealed"])
    first, second = consortium.members.all()
    assert first.division_of_work == "改为负责轴承"
    assert (first.confirmation, second.confirmation) == ("pending", "confirmed")


def test_a_contact_may_change_without_a_new_confirmation(client, consortium):
    book = handed_out(client, consortium, "members")
    add(book.worksheets[0], row=3, Contact_person="戊示例")
    page = send(client, consortium, "members", book)
    confirm(client, consortium, "members", page.context["sealed"])
    assert {m.confirmation for m in consortium.members.all()} == {"confirmed"}


def test_what_the_workbook_leaves_out_stays(client, consortium):
    book = Workbook()
    book.active.append(["Unified social credit code", "R&D staff"])
    member = consortium.members.first()
    book.active.append([member.uscc, 77])
    page = send(client, consortium, "members", book)
    confirm(client, consortium, "members", page.context["sealed"])
    kept = consortium.members.get(pk=member.pk)
    assert (kept.rd_staff, kept.name, kept.division_of_work) == (77, member.name, TEXT)
    assert consortium.members.count() == 2


WRONG = [
    ({"Unified_social_credit_code": "91320115XX1"}, "exactly 18 characters"),
    ({"Unified_social_credit_code": ""}, "required"),
    ({"Kind": "Bakery"}, "Select a valid choice"),
    ({"District": "Mars"}, "Select a valid choice"),
    ({"Role_in_the_chain": "Production, Dancing"}, "Select a valid choice"),
    ({"R&D_staff": "many"}, "whole number"),
    ({"R&D_staff": -3}, "greater than or equal to 0"),
    ({"R&D_staff": "=1+1"}, "formula"),
    ({"Name": "=HYPERLINK(\"http://example.com\")"}, "formula"),
    ({"Name": "名" * 301}, "At most 300 characters; this has 301."),
    ({"Contact_e-mail": "nobody"}, "valid email"),
    ({"Contact_e-mail": ""}, "required"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "said"), WRONG)
def test_a_wrong_cell_is_told_with_its_row_and_nothing_is_saved(changed, said, client, consortium):
    book = handed_out(client, consortium, "members")
    add(book.worksheets[0], **member_cells(code_of(123456), **changed))
    before = stored(consortium)
    page = send(client, consortium, "members", book)
    assert page.status_code == 422
    (problem,) = page.context["outcome"].problems
    assert said in problem.message
    assert problem.place == "Members, row 5"
    assert problem.label == next(iter(changed)).replace("_", " ")
    assert stored(consortium) == before
    assert "Members, row 5" in page.text
    assert "sealed" not in page.text


def test_all_wrong_rows_are_told_at_once(client, consortium):
    book = handed_out(client, consortium, "members")
    page = book.worksheets[0]
    add(page, **member_cells(code_of(123456), Kind="Bakery"))
    add(page, **member_cells(code_of(123456)))
    add(page, **member_cells(consortium.lead_unit.uscc))
    problems = send(client, consortium, "members", book).context["outcome"].problems
    assert [p.place.split()[-1] for p in problems] == ["5", "6", "7"]
    assert "row 5" in problems[1].message
    assert "lead unit" in problems[2].message


def test_tasks_come_with_members_by_name_or_code_and_their_milestones(client, consortium):
    book = handed_out(client, consortium, "tasks")
    tasks, milestones = book.worksheets[:2]
    first, second = consortium.members.all()
    add(
        tasks, Title="轴承攻关", Goal_and_indicators=TEXT, Budget="１,２００.５０", Of_which_own_funds=600,
        The_lead_unit_takes_part="no", Members_that_take_part=f"{first.uscc}\n{second.name}",
    )  # fmt: skip
    add(milestones, Key_task="轴承攻关", Month_of_the_term=12, Milestone="样件")
    add(milestones, Key_task="轴承攻关", Month_of_the_term="６", Milestone="设计")
    page = send(client, consortium, "tasks", book)
    assert page.status_code == 200, page.context["outcome"].problems
    confirm(client, consortium, "tasks", page.context["sealed"])
    task = consortium.tasks.get(title="轴承攻关")
    assert (task.budget, task.own_funds, task.led_by_lead) == (
        Decimal("1200.50"), Decimal(600), False,
    )  # fmt: skip
    assert set(task.members.all()) == {first, second}
    assert list(task.milestones.values_list("month", "title")) == [(6, "设计"), (12, "样件")]
    assert KeyTask.objects.get(pk=consortium.tasks.first().pk).milestones.count() == 3


@pytest.mark.parametrize(
    ("sheet", "cells", "said", "place"),
    [
        (1, {"Key_task": "没有", "Month_of_the_term": 1, "Milestone": "x"}, "No row", "Milestones, row 6"),
        (1, {"Key_task": "谐波减速器齿形设计与精密制造", "Month_of_the_term": 0, "Milestone": "x"}, "greater", "Milestones, row 6"),
        (1, {"Key_task": "谐波减速器齿形设计与精密制造", "Month_of_the_term": "", "Milestone": "x"}, "required", "Milestones, row 6"),
        (1, {"Key_task": "谐波减速器齿形设计与精密制造", "Month_of_the_term": 3, "Milestone": "=A1"}, "formula", "Milestones, row 6"),
        (0, {"Title": "新", "Goal_and_indicators": TEXT, "Members_that_take_part": "无此单位"}, "no member", "Tasks and budget, row 4"),
        (0, {"Title": "新", "Goal_and_indicators": TEXT, "Budget": "-1"}, "negative", "Tasks and budget, row 4"),
        (0, {"Title": "新", "Goal_and_indicators": TEXT, "Budget": 10**15}, "", "Tasks and budget, row 4"),
        (0, {"Title": "新", "Goal_and_indicators": TEXT, "The_lead_unit_takes_part": "maybe"}, "yes or no", "Tasks and budget, row 4"),
        (0, {"Title": "谐波减速器齿形设计与精密制造", "Goal_and_indicators": TEXT}, "row 3", "Tasks and budget, row 4"),
    ],
)  # fmt: skip
def test_a_wrong_task_or_milestone_is_told_where_it_stands(
    sheet, cells, said, place, client, consortium
):
    book = handed_out(client, consortium, "tasks")
    add(book.worksheets[sheet], **cells)
    before = stored(consortium)
    problems = send(client, consortium, "tasks", book).context["outcome"].problems
    assert [p.place for p in problems][:1] == [place]
    assert said in problems[0].message
    assert stored(consortium) == before


class TestBetweenReportAndConfirmation:
    @pytest.fixture
    def sealed(self, client, consortium):
        book = handed_out(client, consortium, "members")
        add(book.worksheets[0], **member_cells(code_of(123456)))
        return send(client, consortium, "members", book).context["sealed"]

    def test_a_save_by_somebody_else_shows_the_import_again(self, sealed, client, consortium):
        Consortium.objects.filter(pk=consortium.pk).update(version=99)
        page = confirm(client, consortium, "members", sealed)
        assert "meanwhile" in page.text
        assert consortium.members.count() == 2
        confirm(client, consortium, "members", page.context["sealed"])
        assert consortium.members.count() == 3

    def test_it_lasts_an_hour(self, sealed, client, consortium):
        with time_machine.travel(timezone.now() + timedelta(minutes=61)):
            client.force_login(consortium.created_by, "django.contrib.auth.backends.ModelBackend")
            answer = confirm(client, consortium, "members", sealed)
        assert answer.url == url("import", consortium, "members")
        assert consortium.members.count() == 2

    @pytest.mark.parametrize("made", ["", "nonsense", "cut"])
    def test_what_was_not_checked_here_is_refused(self, made, sealed, client, consortium):
        answer = confirm(client, consortium, "members", sealed[:-2] if made == "cut" else made)
        assert answer.url == url("import", consortium, "members")
        assert consortium.members.count() == 2

    def test_it_is_for_this_filing_this_section_and_this_person(
        self, sealed, client, consortium, lead2_owner
    ):
        other = ConsortiumFactory(lead_unit=consortium.lead_unit, created_by=consortium.created_by)
        confirm(client, other, "members", sealed)
        confirm(client, consortium, "tasks", sealed)
        lead2_owner.memberships.update(unit=consortium.lead_unit)
        confirm(as_(lead2_owner), consortium, "members", sealed)
        assert Member.objects.count() == 2

    def test_a_submitted_filing_takes_no_import(self, sealed, client, consortium):
        Consortium.objects.filter(pk=consortium.pk).update(status="submitted")
        assert confirm(client, consortium, "members", sealed).status_code == 404


def test_there_is_an_import_for_members_and_tasks_alone(client, consortium):
    assert client.get(f"/filings/{consortium.pk}/sharing/import/").status_code == 404
    assert client.get(f"/filings/{consortium.pk}/lead/template.xlsx").status_code == 404
