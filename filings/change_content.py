"""What a change may change, by its kind, and how it reads: before and after, in words."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from filings.as_of import as_of, proposed
from filings.models import Change, ChangeKind, Consortium, Member
from filings.sections import Section
from filings.snapshot import Difference, plain, words

FIELDS: dict[str, tuple[str, ...]] = {
    ChangeKind.PART: Member.PART_FIELDS,
    ChangeKind.STRATEGIC_PLAN: ("goal_kinds", "bottleneck", "goals", "nanjing_strength"),
    ChangeKind.ORGANISATION: (
        "council_kind",
        "council_chair",
        "chair_is_lead_head",
        "chief_expert",
        "chief_expert_post",
        "advisory_committee",
    ),
    ChangeKind.MECHANISM: (
        "mechanism",
        "mechanism_innovation",
        "results_sharing",
        "income_sharing",
    ),
}
# Those that concern one member: it is named when the change is begun, or entered with it.
OF_A_MEMBER = (ChangeKind.JOIN, ChangeKind.LEAVE, ChangeKind.PART)
OF_A_PRESENT_MEMBER = (ChangeKind.LEAVE, ChangeKind.PART)
# What the public reads of a change; the rest is the units' own, and no person is named (3.3).
PUBLIC = frozenset(
    {"goal_kinds", "bottleneck", "goals", "council_kind", "chair_is_lead_head", "chain_roles"}
)
_SECTIONS = {
    ChangeKind.STRATEGIC_PLAN: Section.FOCUS,
    ChangeKind.ORGANISATION: Section.GOVERNANCE,
    ChangeKind.MECHANISM: Section.GOVERNANCE,
}


def row_of(view: Consortium, change: Change) -> Consortium | Member | None:
    """What the change is about in a consortium as it reads: the consortium, or its member."""
    if change.kind not in OF_A_MEMBER:
        return view
    members = view.members.all()
    return next((member for member in members if member.pk == change.member_id), None)


def taken_before(change: Change) -> dict[str, Any]:
    """What `after` will replace, as it is on the day of the change; for the change to keep."""
    if change.kind not in FIELDS:
        return {}
    row = row_of(as_of(change.consortium, change.effective_on), change)
    return {name: plain(getattr(row, name)) for name in change.after} if row else {}


def changes_something(change: Change) -> bool:
    """Whether the consortium of that day is another with the change than without."""
    match change.kind:
        case ChangeKind.JOIN:
            return bool(change.member_id)
        case ChangeKind.LEAVE:
            return row_of(as_of(change.consortium, change.effective_on), change) is not None
    return bool(change.after) and row_of(proposed(change), change) is not None


def differences(change: Change, *, public: bool = False) -> list[Difference]:
    """The change line by line. For the public only what it may know, by unit and not by person."""
    section = str(_SECTIONS.get(change.kind, Section.MEMBERS))
    if change.kind == ChangeKind.JOIN:
        return [Difference(section, _("Member"), "", change.member.name)] if change.member else []
    if change.kind == ChangeKind.LEAVE:
        return [Difference(section, _("Member"), change.member.name, "")]
    model = Member if change.kind == ChangeKind.PART else Consortium
    before = change.before if change.is_in_effect else taken_before(change)
    return [
        _difference(model, section, name, before.get(name), value)
        for name, value in change.after.items()
        if not public or name in PUBLIC
    ]


def _difference(model, section, name, before, after) -> Difference:
    label = str(model._meta.get_field(name).verbose_name)
    return Difference(section, label, words(model, name, before), words(model, name, after))


def hidden_labels(change: Change) -> list[str]:
    """What else is different, by name alone: the public does not read it."""
    model = Member if change.kind == ChangeKind.PART else Consortium
    return [str(model._meta.get_field(n).verbose_name) for n in change.after if n not in PUBLIC]


def parties(change: Change) -> list[Member]:
    """The members whose agreement a change needs beside the lead's: the one whose part it is, else
    all of that day, with the one that joins or leaves."""
    view = as_of(change.consortium, change.effective_on)
    members = list(view.members.all())
    if change.kind == ChangeKind.PART:
        return [member for member in members if member.pk == change.member_id]
    if change.kind == ChangeKind.JOIN and change.member:
        members.append(change.member)
    return members


def asked_to_confirm(change: Change) -> list[Member]:
    """The members that say yes or no to it on the portal; one that joins does so as in a filing."""
    if change.kind == ChangeKind.JOIN:
        return []
    own: Iterable[Member] = parties(change)
    if change.kind in OF_A_MEMBER:
        own = (member for member in own if member.pk == change.member_id)
    return list(own)


def digest_of(change: Change) -> str:
    """What a member confirms, as a fingerprint: it is another when what was agreed on is."""
    said = {
        "kind": change.kind,
        "member": change.member_id,
        "description": change.description,
        "reason": change.reason,
        "effective_on": plain(change.effective_on),
        "after": change.after,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
