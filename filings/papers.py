"""The papers of a filing as a list: what is asked for by kind of unit, and what is there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from filings.eligibility.rules.attachments import LEAD, MEMBER, asked_of
from filings.models import Consortium, Document, DocumentKind, Member, Policy


@dataclass(frozen=True, slots=True)
class Paper:
    """A line of the list; without a document it is missing."""

    kind: str
    member: Member | None
    document: Document | None
    asked: bool

    @property
    def label(self) -> str:
        return str(DocumentKind(self.kind).label)


def papers_of(consortium: Consortium, policy: Policy) -> list[Paper]:
    """What is asked of the lead and of each member, in that order, then whatever else is there.

    The agreement comes first: the guideline itself asks for it (clause 3.2).
    """
    lead_kind = consortium.lead_unit.kind
    asked = [(None, DocumentKind.AGREEMENT.value)]
    asked += [(None, kind) for kind in asked_of(policy.papers, LEAD, lead_kind)]
    for member in consortium.members.all():
        asked += [(member, kind) for kind in asked_of_member(member, policy)]
    current = [d for d in consortium.documents.all() if d.replaced_at is None]
    return list(_rows(asked, current))


def papers_of_member(member: Member, policy: Policy) -> list[Paper]:
    """What is asked of one member, and whatever else of it is there."""
    asked = [(member, kind) for kind in asked_of_member(member, policy)]
    return list(_rows(asked, member.documents.filter(replaced_at__isnull=True)))


def papers_as_they_are(consortium: Consortium) -> list[Paper]:
    """What is attached, and nothing about what is asked for."""
    current = consortium.documents.filter(replaced_at__isnull=True)
    # Papers of a unit that joins are shown with its change until it is a member.
    current = current.filter(Q(member__joined_by__isnull=True) | Q(member__joined_on__isnull=False))
    return list(_rows([], current.select_related("member")))


def asked_of_member(member: Member, policy: Policy) -> tuple[str, ...]:
    return asked_of(policy.papers, MEMBER, member.kind)


def _rows(asked: Iterable[tuple], documents: Iterable[Document]) -> Iterator[Paper]:
    left = list(documents)
    for member, kind in asked:
        mine = [d for d in left if (d.member_id, d.kind) == (member and member.pk, kind)]
        left = [d for d in left if d not in mine]
        for document in mine or [None]:
            yield Paper(kind, member, document, asked=True)
    for document in left:
        yield Paper(document.kind, document.member, document, asked=False)
