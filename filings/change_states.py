"""The life of a change as a table (clause 5.3). Only `filings.change_transitions` writes a status.

A change needs no approval: the units agree on it, the lead unit reports it, and the bureau takes
note of it or says what is to be mended. Nothing here refuses it; its day stands as agreed.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role


class ChangeStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("change", "Draft")
    AWAITING = "awaiting", pgettext_lazy("change", "Awaiting confirmations")
    REPORTED = "reported", pgettext_lazy("change", "Reported")
    RETURNED = "returned", pgettext_lazy("change", "Returned to be mended")
    NOTED = "noted", pgettext_lazy("change", "Noted by the bureau")
    DROPPED = "dropped", pgettext_lazy("change", "Given up")


class ChangeAction(TextChoices):
    ASK = "ask", pgettext_lazy("change", "Ask the units to confirm")
    REOPEN = "reopen", pgettext_lazy("change", "Take back to edit")
    REPORT = "report", pgettext_lazy("change", "Report to the bureau")
    WITHDRAW = "withdraw", pgettext_lazy("change", "Withdraw the report")
    RETURN = "return", pgettext_lazy("change", "Return to be mended")
    NOTE = "note", pgettext_lazy("change", "Take note")
    DROP = "drop", pgettext_lazy("change", "Give up the change")


LEAD = "lead"


@dataclass(frozen=True, slots=True)
class ChangeMove:
    sources: tuple[ChangeStatus, ...]
    target: ChangeStatus
    who: str
    needs_reason: bool = False


_S = ChangeStatus
MOVES: dict[ChangeAction, ChangeMove] = {
    ChangeAction.ASK: ChangeMove((_S.DRAFT, _S.RETURNED), _S.AWAITING, LEAD),
    ChangeAction.REOPEN: ChangeMove((_S.AWAITING,), _S.DRAFT, LEAD),
    ChangeAction.REPORT: ChangeMove((_S.AWAITING,), _S.REPORTED, LEAD),
    ChangeAction.WITHDRAW: ChangeMove((_S.REPORTED,), _S.DRAFT, LEAD),
    ChangeAction.RETURN: ChangeMove((_S.REPORTED,), _S.RETURNED, Role.REVIEWER, needs_reason=True),
    ChangeAction.NOTE: ChangeMove((_S.REPORTED,), _S.NOTED, Role.REVIEWER),
    ChangeAction.DROP: ChangeMove((_S.DRAFT, _S.AWAITING, _S.RETURNED), _S.DROPPED, LEAD),
}
CHANGE_EDITABLE = (ChangeStatus.DRAFT, ChangeStatus.RETURNED)
# What the units have agreed on and reported holds from its day, noted yet or not.
IN_EFFECT = (ChangeStatus.REPORTED, ChangeStatus.NOTED)
# What the bureau reads; before, the change is the units' own.
AT_THE_BUREAU = (ChangeStatus.REPORTED, ChangeStatus.RETURNED, ChangeStatus.NOTED)

APPLICANT_WORDS = {
    ChangeStatus.DRAFT: _(
        "You are still filling it in. When it is complete, ask the units to confirm."
    ),
    ChangeStatus.AWAITING: _(
        "The units concerned read it and confirm. When all have, report it to the bureau."
    ),
    ChangeStatus.REPORTED: _(
        "It is reported and holds from its day. The bureau takes note of it, or says what is to "
        "be mended."
    ),
    ChangeStatus.RETURNED: _(
        "Your turn: mend what the bureau names and report it again. Its day stands as agreed."
    ),
    ChangeStatus.NOTED: _("The bureau took note of it. Explain it in the next yearly report."),
    ChangeStatus.DROPPED: _("It was given up; nothing changes."),
}
