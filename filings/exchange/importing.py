"""Members or key tasks out of a workbook: judged as a whole, shown, and then saved as a whole.

The rows go through the forms and services of the pages, once to be shown and once to stay: the
first time everything is rolled back. Nothing that the workbook leaves out is removed.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import uscc
from filings import kept
from filings.editing import editable
from filings.exchange.cells import folded
from filings.exchange.problems import Problem
from filings.exchange.rows import form_of_member, form_of_task, problem
from filings.exchange.sheets import MILESTONES, SHEETS
from filings.exchange.workbook import Row
from filings.models import Consortium, KeyTask, Member
from filings.refusals import Conflict
from filings.sections import Section
from filings.services import save_member, save_task

SALT = "filings.exchange.importing"
LASTS = 60 * 60  # seconds between the report and the confirmation

Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Changed:
    """A field of a row in words: what is stored, what the workbook says."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of one row."""

    number: int
    title: str
    is_new: bool
    changes: tuple[Changed, ...]


@dataclass(slots=True)
class Outcome:
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    version: int = 0  # of the filing that was looked at

    @property
    def new(self) -> list[Line]:
        return [line for line in self.lines if line.is_new]

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes and not line.is_new]

    @property
    def same(self) -> int:
        return len(self.lines) - len(self.new) - len(self.changed)


def preview(consortium_id: int, section: str, rows: Rows, *, user) -> Outcome:
    """What the rows would add and change, and what is wrong with them; nothing is kept."""
    with transaction.atomic():
        outcome = _apply(editable(consortium_id, user=user), section, rows, user)
        transaction.set_rollback(True)
    return outcome


@transaction.atomic
def carry_out(consortium_id: int, section: str, rows: Rows, *, user, version: int) -> Outcome:
    """Save what was shown. Raises Conflict when the filing was saved since, or the rows no longer
    pass: then nothing is kept."""
    consortium = editable(consortium_id, user=user)
    if consortium.version != version:
        raise Conflict(_("Somebody saved the filing meanwhile: please look at the import again."))
    outcome = _apply(consortium, section, rows, user)
    if outcome.problems:
        raise Conflict(_("The rows no longer fit the filing: please look at the import again."))
    return outcome


def sealed(consortium_id: int, section: str, rows: Rows, *, user, version: int) -> str:
    """The checked rows as the page carries them to the confirmation: signed, for this person, this
    filing and this version of it alone."""
    plain = {name: [[row.number, row.cells] for row in found] for name, found in rows.items()}
    content = {"of": [user.pk, consortium_id, section], "version": version, "rows": plain}
    return signing.dumps(content, salt=SALT, compress=True)


def opened(text: str, consortium_id: int, section: str, *, user) -> tuple[Rows, int] | None:
    """The rows and the version that `sealed` kept, or None if it is not theirs, altered or old."""
    try:
        content: dict[str, Any] = signing.loads(text, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if content["of"] != [user.pk, consortium_id, section]:
        return None
    rows = {name: [Row(*row) for row in found] for name, found in content["rows"].items()}
    return rows, content["version"]


def _apply(consortium: Consortium, section: str, rows: Rows, user) -> Outcome:
    outcome = Outcome(version=consortium.version)
    work = _members if section == Section.MEMBERS else _tasks
    work(consortium, rows, user, outcome)
    return outcome


def _members(consortium: Consortium, rows: Rows, user, outcome: Outcome) -> None:
    known = {member.uscc: member for member in consortium.members.select_related("unit")}
    seen: dict[str, int] = {}
    for row in rows[Section.MEMBERS]:
        code = uscc.normalise(row.get("uscc"))
        if _is_twice(seen, code, Section.MEMBERS, row, outcome):
            continue
        instance = known.get(code) or Member(consortium=consortium)
        form, problems = form_of_member(row, instance)
        _save(outcome, row, form, problems, save_member, user)


def _tasks(consortium: Consortium, rows: Rows, user, outcome: Outcome) -> None:
    members = list(consortium.members.select_related("unit"))
    known = {folded(task.title): task for task in reversed(consortium.tasks.all())}
    milestones: dict[str, list[Row]] = {}
    for row in rows.get(MILESTONES.name, ()):
        milestones.setdefault(folded(row.get("task")), []).append(row)
    seen: dict[str, int] = {}
    for row in rows[Section.TASKS]:
        title = folded(row.get("title"))
        if _is_twice(seen, title, Section.TASKS, row, outcome):
            continue
        instance = known.get(title) or KeyTask(consortium=consortium)
        form, problems = form_of_task(row, instance, members, milestones.get(title, []))
        _save(outcome, row, form, problems, save_task, user)
    message = _("No row of the tasks has this title.")
    outcome.problems += [
        problem(MILESTONES, row, "task", message)
        for title, orphans in milestones.items()
        if title not in seen
        for row in orphans
    ]


def _is_twice(seen: dict[str, int], key: str, section: str, row: Row, outcome: Outcome) -> bool:
    first = seen.setdefault(key, row.number) if key else row.number
    if first == row.number:
        return False
    sheet = SHEETS[section][0]
    message = _("This already stands in row %(row)s: keep one of the two.") % {"row": first}
    outcome.problems.append(problem(sheet, row, sheet.known_by[0], message))
    return True


def _save(outcome: Outcome, row: Row, form, problems: list[Problem], service, user) -> None:
    if problems:
        outcome.problems += problems
        return
    instance = form.instance
    is_new = instance.pk is None
    stored = None if is_new else type(instance).objects.get(pk=instance.pk)
    names = sorted(form.values, key=lambda name: name != "uscc")  # what a member is known by first
    before = {name: "" if is_new else str(kept.in_words(stored, name)) for name in names}
    saved, found = service(instance, user=user, fields=form.values)
    changes = tuple(
        Changed(form.label_of(name), before[name], after)
        for name in names
        if name in found.write and (after := str(kept.in_words(saved, name))) != before[name]
    )
    outcome.lines.append(Line(row.number, str(saved), is_new, changes))
