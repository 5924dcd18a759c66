"""The bureau's letters to the lead unit: issued with the move they tell of, in its transaction.

Each kind counts in one series of letters, gapless within a year. A granted filing's letter has a
number of its own beside the filing number: that one names the consortium for three years, this one
names a sheet of paper, and two papers never share a number.
"""

from datetime import date

from django.utils import timezone, translation

from filings import numbering
from filings.guideline import cited
from filings.models import Consortium, Letter, Policy
from filings.pdf import render
from filings.sections import Section


def issue(
    consortium: Consortium, kind: Letter.Kind, *, day: date, policy: Policy, **content
) -> Letter:
    """Freeze and number a letter; call it inside the transaction of the move.

    `content`: `clause` and `reason` of a rejection, `points` and `due_on` of a return.
    """
    serial = numbering.take_next_letter(day.year)
    letter = draft(consortium, kind, day=day, policy=policy, serial=serial, **content)
    letter.save()
    return letter


def draft(
    consortium: Consortium,
    kind: Letter.Kind,
    *,
    day: date,
    policy: Policy,
    serial: int,
    **content,
) -> Letter:
    """The letter with a number that was taken for it, not stored yet."""
    return Letter(
        consortium=consortium,
        kind=kind,
        year=day.year,
        serial=serial,
        number=numbering.written(day.year, serial, numbering.LETTERS),
        issued_on=day,
        addressee=consortium.lead_unit.name,
        subject=consortium.name,
        remedy=policy.remedy if kind == Letter.Kind.REJECTED else "",
        **content,
    )


def points_of(comments) -> list[list[str]]:
    """Comments as a letter lists them: the section by its official name, and the words."""
    with translation.override("zh-hans"):
        return [[str(Section(c.section).label), c.text] for c in comments]


def withdraw_request(consortium: Consortium) -> None:
    """The return was cancelled: its letter stays to be read, and asks for nothing any more."""
    letters = consortium.letters.filter(kind=Letter.Kind.RETURNED, withdrawn_at__isnull=True)
    letters.update(withdrawn_at=timezone.now())


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF, in the form of an official document."""
    context = {"letter": letter, "cited": cited(letter.clause) if letter.clause else ""}
    return render("sheets/letter.html", context)
