"""A filing as plain JSON: what a submission freezes, what two submissions are compared by.

Values are kept as the database has them (choices as codes, money as strings); `present` and
`compare` put them into words in the reader's language.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Unit
from filings.models import OF_RESULTS, Consortium, Document, KeyTask, Member
from filings.models.choices import ChainRole, GoalKind
from filings.sections import Section

FIELDS: dict[str, tuple[str, ...]] = {
    Section.LEAD: (
        "name",
        "lead_kind",
        "lead_revenue",
        "lead_rd_spend",
        "platform_kind",
        "platform_level",
        "standing",
        "open_sharing",
    ),
    Section.FOCUS: (
        "focus_field",
        "goal_kinds",
        "bottleneck",
        "goals",
        "nanjing_strength",
    ),
    Section.GOVERNANCE: (
        "council_kind",
        "council_chair",
        "chair_is_lead_head",
        "mechanism",
        "mechanism_innovation",
        "chief_expert",
        "chief_expert_post",
        "advisory_committee",
    ),
    Section.SHARING: ("results_sharing", "income_sharing"),
    Section.AGREEMENT: ("agreement_signed_on", "lead_signed", "term_months"),
}
MEMBER_FIELDS = (*Member.CONFIRMED_FIELDS, "signed", "confirmation")
TASK_FIELDS = ("title", "goal", "led_by_lead", "budget", "own_funds")
_LISTS = {"chain_roles": ChainRole, "goal_kinds": GoalKind}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a filing in words."""

    label: str
    value: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: the section itself, or one member, task or document of it."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    section: str
    label: str
    before: str
    after: str

    @property
    def section_label(self) -> str:
        return str(Section(self.section).label)


def rows() -> tuple:
    """What is read besides the filing itself; many filings may be prefetched at once. Of a
    consortium that runs, `filings.as_of` has read the members of its day already."""
    present = Member.objects.present_on(timezone.localdate())
    return (
        Prefetch("members", present.select_related("unit")),
        "tasks__members",
        "tasks__milestones",
        Prefetch("documents", Document.objects.select_related("member")),
    )


def take(consortium: Consortium) -> dict[str, Any]:
    """The whole filing as it stands; of one that runs, as `filings.as_of` gives it."""
    prefetch_related_objects([consortium], *rows())
    content = {section: _values(consortium, names) for section, names in FIELDS.items()}
    unit = consortium.lead_unit
    content[Section.LEAD] |= {"unit": unit.name, "uscc": unit.uscc, "place": unit.place}
    content[Section.MEMBERS] = [
        {"id": m.pk, "uscc": m.uscc, **_values(m, MEMBER_FIELDS)} for m in consortium.members.all()
    ]
    names = {m.pk: m.name for m in consortium.members.all()}
    content[Section.TASKS] = [
        {
            "id": task.pk,
            **_values(task, TASK_FIELDS),
            "members": [names[m.pk] for m in task.members.all() if m.pk in names],
            "milestones": [[m.month, m.title] for m in task.milestones.all()],
        }
        for task in consortium.tasks.all()
    ]
    content[Section.AGREEMENT]["documents"] = [
        {
            "id": d.pk,
            "kind": d.kind,
            "name": d.original_name,
            "unit": d.member.name if d.member else "",
            "pages": d.pages,
            "sha256": d.sha256,
        }
        for d in consortium.documents.all()
        if d.replaced_at is None and d.kind not in OF_RESULTS
    ]
    return {str(section): content[section] for section in Section}


def digest(content: dict[str, Any]) -> str:
    """SHA-256 over the filing in one canonical spelling: what a submission is known by."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def present(content: dict[str, Any]) -> list[tuple[Section, list[Group]]]:
    """The filing in words, section by section."""
    return [(section, _groups(section, content[section])) for section in Section]


def compare(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What changed from one filing to the next, in words; members and tasks are known by id."""
    found = []
    for section in Section:
        old = _flat(section, before[section])
        new = _flat(section, after[section])
        found += [
            Difference(str(section), label, old.get(key, (label, ""))[1], value)
            for key, (label, value) in new.items()
            if old.get(key, (label, ""))[1] != value
        ]
        found += [
            Difference(str(section), label, value, "")
            for key, (label, value) in old.items()
            if key not in new and value
        ]
    return found


def _values(instance, names) -> dict[str, Any]:
    return {name: plain(getattr(instance, name)) for name in names}


def plain(value: Any) -> Any:
    """A value as JSON has it: what is frozen, and what two people's saves are compared by."""
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Unit):
        return value.uscc
    if hasattr(value, "code"):  # a focus field keeps its code and its name of the time
        return {"code": value.code, "name": value.name, "name_en": value.name_en}
    return value


def _groups(section: Section, data: Any) -> list[Group]:
    if section == Section.MEMBERS:
        return [Group(m["name"], _member_rows(m)) for m in data]
    if section == Section.TASKS:
        return [Group(t["title"], _task_rows(t)) for t in data]
    rows = _rows(Consortium, FIELDS[section], data)
    if section == Section.LEAD:
        rows = (
            Row(_("Lead unit"), data["unit"]),
            Row(_("Credit code"), data["uscc"]),
            *rows,
        )
    groups = [Group("", rows)]
    if section == Section.AGREEMENT:
        groups += [Group(_title_of(d), _document_rows(d)) for d in data["documents"]]
    return groups


def _title_of(document) -> str:
    """Many units call their licence by the same name."""
    unit = document.get("unit")
    return f"{document['name']} · {unit}" if unit else document["name"]


def _member_rows(member) -> tuple[Row, ...]:
    return (
        Row(_("Credit code"), member["uscc"]),
        *_rows(Member, MEMBER_FIELDS, member),
    )


def _task_rows(task) -> tuple[Row, ...]:
    milestones = [
        _("Month %(month)s: %(title)s") % {"month": month, "title": title}
        for month, title in task["milestones"]
    ]
    return (
        *_rows(KeyTask, TASK_FIELDS, task),
        Row(_("Members that take part"), _joined(task["members"])),
        Row(_("Milestones"), "\n".join(milestones)),
    )


def _document_rows(document) -> tuple[Row, ...]:
    kinds = dict(Document._meta.get_field("kind").flatchoices)
    return (
        Row(_("Kind"), str(kinds[document["kind"]])),
        Row(_("Pages"), str(document["pages"])),
        Row("SHA-256", document["sha256"]),
    )


def _rows(model, names, data) -> tuple[Row, ...]:
    return tuple(
        Row(
            str(model._meta.get_field(name).verbose_name),
            words(model, name, data[name]),
            name,
        )
        for name in names
    )


def words(model, name: str, value: Any) -> str:
    """A stored value as a reader sees it; empty where nothing was given."""
    field = model._meta.get_field(name)
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name in _LISTS:
        return _joined([str(_LISTS[name](code).label) for code in value if code in _LISTS[name]])
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, dict):
        return value["name"] if (get_language() or "").startswith("zh") else value["name_en"]
    if field.get_internal_type() == "DecimalField":
        # Grouped by hand: Django's Chinese formats have no thousands separator.
        return _("%(amount)s × 10,000 CNY") % {"amount": f"{Decimal(value):,.2f}"}
    if field.get_internal_type() == "DateField":
        return date_format(parse_date(value), "DATE_FORMAT")
    return str(value)


def _joined(words: list[str]) -> str:
    return _(", ").join(words)


def _flat(section: Section, data: Any) -> dict[tuple, tuple[str, str]]:
    """Every line of a section by a key that stays the same from one filing to the next."""
    if section in (Section.MEMBERS, Section.TASKS):
        keyed = [
            (item["id"], group) for item, group in zip(data, _groups(section, data), strict=True)
        ]
    else:
        keyed = [(group.title, group) for group in _groups(section, data)]
    return {
        (key, row.label): (
            f"{group.title} · {row.label}" if group.title else row.label,
            row.value,
        )
        for key, group in keyed
        for row in group.rows
    }
