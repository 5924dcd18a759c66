"""What became of a consortium, as an officer reads it beside its filing: the closing summary, the
provincial level (clause 2), what it renews and what renews it."""

from dataclasses import dataclass

from filings.models import ClosingSummary, Consortium, ProvincialApplication


@dataclass(frozen=True, slots=True)
class Outcome:
    summary: ClosingSummary | None
    applications: tuple[ProvincialApplication, ...]
    successors: tuple[Consortium, ...]


def outcome_of(consortium: Consortium) -> Outcome:
    """What the bureau may know: no draft of a summary, and no filing that was never submitted."""
    handed_in = ClosingSummary.objects.filter(consortium=consortium, submitted_at__isnull=False)
    submitted = consortium.successors.filter(first_submitted_at__isnull=False)
    return Outcome(
        handed_in.first(),
        tuple(consortium.provincial_applications.all()),
        tuple(submitted.order_by("pk")),
    )
