"""A filing as a JSON document that another system, or this one, can read.

`static/schemas/nanjing-consortium-filing-1.json` describes it, and judges what comes in. What only
this portal can vouch for (state, confirmations, documents) stands under `record`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db.models import prefetch_related_objects
from django.utils import timezone

from filings.as_of import as_of
from filings.forms.rows import MemberForm
from filings.models import Consortium, KeyTask, Member
from filings.sections import Section
from filings.snapshot import FIELDS, TASK_FIELDS, plain, rows

FORMAT = "nanjing-consortium-filing"
VERSION = 1
SCHEMA = f"schemas/{FORMAT}-{VERSION}.json"


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of this version."""
    return json.loads(Path(finders.find(SCHEMA)).read_text())


def export(consortium: Consortium) -> dict[str, Any]:
    """The filing as it stands, with the members' contacts: for the people of the lead unit."""
    consortium = as_of(consortium)
    prefetch_related_objects([consortium], *rows())
    members = list(consortium.members.all())
    unit = consortium.lead_unit
    content = {section: _plain(consortium, names) for section, names in FIELDS.items()}
    content[Section.LEAD]["unit"] = {"uscc": unit.uscc, "name": unit.name}
    field = consortium.focus_field
    content[Section.FOCUS]["focus_field"] = field.code if field else None
    content[Section.MEMBERS] = [_member(member) for member in members]
    codes = {member.pk: member.uscc for member in members}
    content[Section.TASKS] = [_task(task, codes) for task in consortium.tasks.all()]
    head = {"format": FORMAT, "version": VERSION}
    return (
        head
        | {str(section): content[section] for section in Section}
        | {"record": _record(consortium, members)}
    )


def _plain(row, names) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def _member(member: Member) -> dict[str, Any]:
    return {"uscc": member.uscc, **_plain(member, (*MemberForm._meta.fields, "signed"))}


def _task(task: KeyTask, codes: dict[int, str]) -> dict[str, Any]:
    return _plain(task, TASK_FIELDS) | {
        "members": [codes[m.pk] for m in task.members.all() if m.pk in codes],
        "milestones": [{"month": m.month, "title": m.title} for m in task.milestones.all()],
    }


def _record(consortium: Consortium, members: list[Member]) -> dict[str, Any]:
    last = consortium.submissions.last()
    return {
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
        "status": consortium.state.value,
        "filing_number": consortium.filing_number,
        "submission": last
        and {
            "number": last.number,
            "submitted_at": timezone.localtime(last.submitted_at).isoformat(timespec="seconds"),
            "digest": last.digest,
        },
        "confirmations": {member.uscc: member.confirmation for member in members},
        "documents": [
            {
                "kind": d.kind,
                "name": d.original_name,
                "member": d.member.uscc if d.member else None,
                "pages": d.pages,
                "size": d.size,
                "sha256": d.sha256,
            }
            for d in consortium.documents.all()
            if d.replaced_at is None
        ],
    }
