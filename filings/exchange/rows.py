"""Rows of a workbook as what a page would send to the form of a member or a key task."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts import uscc
from filings import kept
from filings.exchange.cells import folded, parts, same
from filings.exchange.problems import Problem, errors_of, shortened
from filings.exchange.sheets import MILESTONES, SHEETS, Column, Sheet
from filings.exchange.workbook import Row
from filings.forms.kept import KeptForm
from filings.forms.rows import MemberForm, TaskForm
from filings.models import KeyTask, Member
from filings.sections import Section


@dataclass(slots=True)
class Typed:
    """A row on its way into a form: what is sent, what was stored, and what could not be read."""

    row: Row
    data: dict[str, Any]
    stored: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    milestones: list[Row] = field(default_factory=list)


def problem(sheet: Sheet, row: Row, name: str, message: str) -> Problem:
    place = _("%(sheet)s, row %(row)s") % {"sheet": sheet.title, "row": row.number}
    if name not in {column.name for column in sheet.columns}:
        return Problem(place, "", "", message)
    column = sheet.column(name)
    return Problem(
        place, str(column.label), shortened(row.get(name)), message, str(column.hint or "")
    )


def form_of_member(row: Row, instance: Member) -> tuple[MemberForm, list[Problem]]:
    """The form of a member as the row fills it in; columns that are missing stay as they are."""
    typed = _typed(Section.MEMBERS, row, MemberForm(instance=instance))
    return _judge(Section.MEMBERS, typed, MemberForm(typed.data, instance=instance))


def form_of_task(
    row: Row, instance: KeyTask, members: list[Member], milestones: list[Row]
) -> tuple[TaskForm, list[Problem]]:
    """The form of a key task with its members by code or name, and the rows of its milestones."""
    typed = _typed(Section.TASKS, row, TaskForm(instance=instance))
    if "members" in row.cells:
        typed.data["members"] = _members(typed, members)
    if not milestones:
        pairs = kept.stored(instance, ["milestones"])["milestones"]
    else:
        typed.milestones = milestones
        typed.problems += [
            problem(MILESTONES, m, name, fault)
            for m in milestones
            for name, fault in m.faults.items()
        ]
        pairs = [[m.get("month"), m.get("title")] for m in milestones]
    typed.data |= milestone_data(pairs)
    return _judge(Section.TASKS, typed, TaskForm(typed.data, instance=instance))


def milestone_data(pairs: list[list]) -> dict[str, str]:
    """What a page sends for these [month, title]."""
    data = {"milestones-TOTAL_FORMS": str(len(pairs)), "milestones-INITIAL_FORMS": "0"}
    for number, (month, title) in enumerate(pairs):
        data |= {f"milestones-{number}-month": month, f"milestones-{number}-title": title}
    return data


def _typed(section: str, row: Row, untouched: KeptForm) -> Typed:
    sheet = SHEETS[section][0]
    stored = kept.stored(untouched.instance, untouched.kept_names)
    typed = Typed(row, {bound.html_name: bound.value() for bound in untouched}, stored)
    for column in sheet.columns:
        if column.name in row.faults:
            typed.problems.append(problem(sheet, row, column.name, row.faults[column.name]))
        elif column.name in row.cells:
            typed.data[column.name] = _value(sheet, column, typed)
    typed.data = {name: value for name, value in typed.data.items() if value not in (None, False)}
    return typed


def _value(sheet: Sheet, column: Column, typed: Typed) -> Any:
    text = typed.row.get(column.name)
    codes = column.codes()
    if column.several:
        return [codes.get(folded(part), part) for part in parts(text)]
    code = codes.get(folded(text), text)
    if set(codes.values()) == {"yes", "no"}:
        if code not in ("yes", "no", ""):
            message = _("Write yes or no.")
            typed.problems.append(problem(sheet, typed.row, column.name, message))
        return code == "yes"
    return code


def _members(typed: Typed, members: list[Member]) -> list[int]:
    known = {folded(member.name): member.pk for member in members}
    known |= {folded(member.uscc): member.pk for member in members}
    found = []
    for line in filter(None, map(str.strip, typed.row.get("members").split("\n"))):
        first = uscc.normalise(line.split()[0])
        pk = known.get(folded(first)) or known.get(folded(line))
        if pk is None:
            message = _("“%(name)s” is no member of this filing.") % {"name": shortened(line)}
            sheet = SHEETS[Section.TASKS][0]
            typed.problems.append(problem(sheet, typed.row, "members", message))
        else:
            found.append(pk)
    return found


def _judge(section: str, typed: Typed, form: KeptForm) -> tuple[KeptForm, list[Problem]]:
    form.is_valid()
    sheet = SHEETS[section][0]
    problems = [
        *typed.problems,
        *(
            problem(sheet, typed.row, name, message)
            for name, message in errors_of(form)
            if name not in typed.row.faults
        ),
    ]
    if section == Section.TASKS and not form.rows.is_valid():
        rows = list(_milestone_problems(typed, form))
        # The form only says that something is wrong with them: here each row says what.
        problems = [p for p in problems if p.label] + rows if rows else problems
    if not problems and form.instance.pk:
        _keep_what_is_the_same(form, typed.stored)
    return form, problems


def _milestone_problems(typed: Typed, form: TaskForm) -> Iterator[Problem]:
    for row, errors in zip(typed.milestones, form.rows.errors, strict=False):
        for name, messages in errors.items():
            if name not in row.faults:
                yield problem(MILESTONES, row, name, messages[0])
    for message in form.rows.non_form_errors():
        yield problem(SHEETS[Section.TASKS][0], typed.row, "title", message)


def _keep_what_is_the_same(form: KeptForm, stored: dict[str, Any]) -> None:
    """A cell has one kind of line break: a text that only lost the other kind is no change."""
    for name, value in form.values.items():
        if same(stored[name], value):
            form.cleaned_data[name] = stored[name]
