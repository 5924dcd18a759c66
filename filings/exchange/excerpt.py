"""What a member unit may read of a filing: what all agreed on, its own part, and who else is in.

Figures of the lead unit, the others' capabilities, tasks of others and documents are not its
business (`filings.permissions.may_read_documents`). Contact data stands in no paper at all.
"""

from typing import Any

from filings.sections import Section

_OF_THE_LEAD = (
    "lead_revenue", "lead_rd_spend", "standing", "open_sharing",
)  # fmt: skip
_OF_OTHERS = ("capability", "rd_staff", "team", "facilities", "division_of_work", "confirmation")


def for_member(content: dict[str, Any], codes: set[str]) -> dict[str, Any]:
    """The filing as the units with these credit codes may read it; nothing is added."""
    lead = content[Section.LEAD] | dict.fromkeys(_OF_THE_LEAD)
    members = [
        m if m["uscc"] in codes else m | dict.fromkeys(_OF_OTHERS) for m in content[Section.MEMBERS]
    ]
    own = {m["name"] for m in content[Section.MEMBERS] if m["uscc"] in codes}
    return content | {
        Section.LEAD.value: lead,
        Section.MEMBERS.value: members,
        Section.TASKS.value: [t for t in content[Section.TASKS] if own & set(t["members"])],
        Section.AGREEMENT.value: content[Section.AGREEMENT] | {"documents": []},
    }
