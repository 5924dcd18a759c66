"""A new filing out of a JSON document, through the forms and services of the pages."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import uscc
from accounts.models import Unit
from filings.exchange.parsing import path_of
from filings.exchange.problems import Problem, errors_of, shortened
from filings.exchange.rows import milestone_data
from filings.forms.rows import MemberForm, TaskForm
from filings.forms.sections import SECTION_FORMS
from filings.history import record
from filings.models import Consortium, FocusField, KeyTask, Member
from filings.sections import Section
from filings.services import create_draft, save_content, save_member, save_task
from filings.states import Entry


def begin(data: dict[str, Any], *, user, unit: Unit) -> tuple[Consortium | None, list[Problem]]:
    """A draft that `unit` leads with what a document of the schema says, or what is wrong with it.

    Nothing is kept when anything is wrong. Documents and confirmations never come along: the
    members are asked anew. Raises NotPermitted for a unit of others.
    """
    with transaction.atomic():
        # The form of the lead unit judges and writes the name.
        consortium = create_draft(user=user, unit=unit, name="-")
        problems = _Beginning(consortium, user).fill(data)
        record(consortium, Entry.READ, user)
        if problems:
            transaction.set_rollback(True)
    return (None if problems else consortium), problems


class _Beginning:
    """Fills one new draft and collects what the forms say against it."""

    def __init__(self, consortium: Consortium, user):
        self.consortium = consortium
        self.user = user
        self.problems: list[Problem] = []
        self.members: dict[str, Member] = {}

    def fill(self, data: dict[str, Any]) -> list[Problem]:
        for section in (Section.LEAD, Section.FOCUS, Section.GOVERNANCE, Section.SHARING):
            self._content(section, data[section])
        for number, member in enumerate(data[Section.MEMBERS]):
            self._member(number, member)
        for number, task in enumerate(data[Section.TASKS]):
            self._task(number, task)
        signed = [
            self.members[code].pk
            for member in data[Section.MEMBERS]
            if member["signed"] and (code := uscc.normalise(member["uscc"])) in self.members
        ]
        self._content(Section.AGREEMENT, data[Section.AGREEMENT] | {"signed_members": signed})
        return self.problems

    def _content(self, section: str, values: dict[str, Any]) -> None:
        if section == Section.FOCUS:
            values = values | {"focus_field": _field_pk(values["focus_field"])}
        form = SECTION_FORMS[section](sent(values), instance=self.consortium)
        if self._passes(form, values, section):
            save_content(self.consortium.pk, user=self.user, fields=form.values)

    def _member(self, number: int, values: dict[str, Any]) -> None:
        form = MemberForm(sent(values), instance=Member(consortium=self.consortium))
        if self._passes(form, values, Section.MEMBERS, number):
            member, _found = save_member(form.instance, user=self.user, fields=form.values)
            self.members[member.uscc] = member

    def _task(self, number: int, values: dict[str, Any]) -> None:
        keys = []
        for place, code in enumerate(values["members"]):
            member = self.members.get(uscc.normalise(code))
            if member:
                keys.append(member.pk)
            else:
                message = _("No member of this document has this code.")
                self._refuse(message, code, Section.TASKS, number, "members", place)
        pairs = [[m["month"], m["title"]] for m in values["milestones"]]
        data = sent(values | {"members": keys}) | milestone_data(pairs)
        form = TaskForm(data, instance=KeyTask(consortium=self.consortium))
        rows = form.rows.errors if form.is_bound else []
        for place, errors in enumerate(rows):
            for name, messages in errors.items():
                value = values["milestones"][place].get(name)
                where = (Section.TASKS, number, "milestones", place, name)
                self._refuse(messages[0], value, *where)
        if self._passes(form, values, Section.TASKS, number):
            save_task(form.instance, user=self.user, fields=form.values)

    def _passes(self, form, values: dict[str, Any], *where: str | int) -> bool:
        if form.is_valid():
            return True
        for name, message in errors_of(form):
            inside = () if name == "__all__" else (name,)
            # What is wrong with the milestones was told where each of them stands.
            if inside or not any(getattr(form, "milestones", ())):
                self._refuse(message, values.get(name), *where, *inside)
        return False

    def _refuse(self, message: str, value: Any, *where: str | int) -> None:
        text = "" if isinstance(value, list | dict) else shortened(value)
        self.problems.append(Problem(path_of(*where), "", text, message))


def sent(values: dict[str, Any]) -> dict[str, Any]:
    """What a page would send for these values: nothing where nothing is, or a box is empty."""
    # Nobody at work is a number, although it equals False.
    return {
        name: value for name, value in values.items() if value is not None and value is not False
    }


def _field_pk(code: str | None) -> str | int | None:
    if code is None:
        return None
    return dict(FocusField.objects.values_list("code", "pk")).get(code, code)
