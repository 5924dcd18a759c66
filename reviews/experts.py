"""The bureau's side of expert review: who may be asked, asking, closing, and what came of it."""

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from filings.database import lock
from filings.guards import Attempt
from filings.history import record
from filings.models import Consortium, ExpertReview, Member, Policy, Submission
from filings.refusals import Conflict, Refused
from filings.sections import Section
from filings.states import Entry
from reviews.conflicts import Parties, conflict, parties
from reviews.credit import require
from reviews.expert_invitations import send_link
from reviews.models import Expert, ExpertInvitation, ExpertRound
from reviews.permissions import may_close_round, may_invite, may_renew
from reviews.scoring import Summary, summarise, weighted_total


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert for a filing: whether its field is the filing's, and why it may not be asked."""

    expert: Expert
    suggested: bool
    against: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How many scores the policy wants before a recommendation, and how many there are."""

    wanted: int
    given: int
    required: bool

    @property
    def missing(self) -> int:
        return max(self.wanted - self.given, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one expert gave: points and comments in the order of the criteria, and the total."""

    invitation: ExpertInvitation
    scores: tuple
    total: Decimal


@dataclass(frozen=True, slots=True)
class Results:
    criteria: tuple
    sheets: tuple[Sheet, ...]
    summary: Summary | None


def parties_of(submission: Submission) -> Parties:
    """Who stands behind a filing as it was submitted."""
    content = submission.content
    lead, members = content[Section.LEAD], content[Section.MEMBERS]
    units = [(lead["unit"], lead["uscc"]), *((m["name"], m["uscc"]) for m in members)]
    codes = [code for _name, code in units]
    people = get_user_model().objects.filter(memberships__unit__uscc__in=codes)
    contacts = Member.objects.filter(consortium=submission.consortium_id)
    return parties(
        units,
        [
            *people.values_list("email", flat=True),
            *contacts.values_list("contact_email", flat=True),
        ],
        content[Section.GOVERNANCE]["chief_expert"],
    )


def candidates(consortium: Consortium) -> list[Candidate]:
    """The experts on the list, those of the filing's field first; whoever was asked is left out."""
    submission = consortium.submissions.last()
    behind = parties_of(submission)
    asked = ExpertInvitation.objects.filter(round__submission=submission).values("expert")
    found = [
        Candidate(
            expert,
            consortium.focus_field_id in {field.pk for field in expert.fields.all()},
            _against(expert, behind),
        )
        for expert in Expert.objects.filter(active=True)
        .exclude(pk__in=asked)
        .prefetch_related("fields")
    ]
    return sorted(found, key=lambda candidate: not candidate.suggested)


def _against(expert: Expert, behind: Parties):
    return conflict(
        name=expert.name, unit=expert.unit, uscc=expert.uscc, email=expert.email, parties=behind
    )


@transaction.atomic
def invite(consortium: Consortium, *, user, experts) -> ExpertRound:
    """Ask experts about the filing as submitted; more may be asked while the round runs.

    Raises NotPermitted, or Refused for an expert with a conflict of interest.
    """
    consortium = lock(Consortium.objects).get(pk=consortium.pk)
    policy = Policy.objects.in_force()
    require(may_invite(user, consortium, policy))
    open_to = {c.expert.pk: c for c in candidates(consortium)}
    for expert in experts:
        candidate = open_to.get(expert.pk)
        if candidate is None or candidate.against:
            reason = candidate.against if candidate else _("Not on the list, or asked already.")
            raise Refused(f"{expert}: {reason}")
    if not experts:
        raise Refused(_("Choose at least one expert."))
    found = _open_round(consortium, user, policy)
    for expert in experts:
        send_link(ExpertInvitation(round=found, expert=expert))
    record(consortium, Entry.EXPERTS, user, round=found.pk, asked=len(experts))
    return found


def _open_round(consortium: Consortium, user, policy: Policy) -> ExpertRound:
    submission = consortium.submissions.last()
    found = ExpertRound.objects.filter(submission=submission, closed_at__isnull=True).first()
    if found:
        return found
    if not policy.criteria.exists():
        raise Refused(_("The policy in force names no criteria: add them first."))
    return ExpertRound.objects.create(
        consortium=consortium, submission=submission, policy=policy, opened_by=user
    )


@transaction.atomic
def renew(invitation: ExpertInvitation, *, user) -> ExpertInvitation:
    """Send a new link with a new term; the one before opens nothing any more."""
    invitation = _locked(invitation)
    require(may_renew(user, invitation))
    send_link(invitation)
    return invitation


@transaction.atomic
def withdraw(invitation: ExpertInvitation, *, user) -> ExpertInvitation:
    """Take an invitation back: what the expert had begun is counted nowhere."""
    invitation = _locked(invitation)
    require(may_renew(user, invitation))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _locked(invitation: ExpertInvitation) -> ExpertInvitation:
    rows = ExpertInvitation.objects.select_related("round__consortium", "round__policy", "expert")
    return lock(rows).get(pk=invitation.pk)


@transaction.atomic
def close_round(found: ExpertRound, *, user, reason: str) -> ExpertRound:
    """End a round before everybody handed in: its scores are open, and no more are taken.

    Raises NotPermitted, Conflict when it was closed already, Refused without a reason.
    """
    found = lock(ExpertRound.objects.select_related("consortium")).get(pk=found.pk)
    if found.closed_at:
        raise Conflict(_("%(who)s has closed it already.") % {"who": found.closed_by})
    require(may_close_round(user, found))
    if not reason.strip():
        raise Refused(_("Give the reason: it stays with the scores."))
    found.closed_by, found.closed_at = user, timezone.now()
    found.closed_reason = reason.strip()
    found.save(update_fields=["closed_by", "closed_at", "closed_reason"])
    record(found.consortium, Entry.EXPERTS_CLOSED, user, round=found.pk)
    return found


def is_open_to_read(found: ExpertRound) -> bool:
    """Whether the officers may see scores: everybody is through, or no more are taken."""
    if not found.is_running:
        return True
    waiting = Q(submitted_at__isnull=True, withdrawn_at__isnull=True, conflict="")
    return not found.invitations.filter(waiting).exists()


def results(found: ExpertRound) -> Results | None:
    """Scores, totals and how far the experts are apart; nothing while the round is blind."""
    if not is_open_to_read(found):
        return None
    criteria = tuple(found.policy.criteria.all())
    weights = {criterion.pk: criterion.weight for criterion in criteria}
    handed_in = found.invitations.filter(submitted_at__isnull=False)
    sheets = []
    for invitation in handed_in.select_related("expert").prefetch_related("scores__criterion"):
        given = {score.criterion_id: score for score in invitation.scores.all()}
        total = weighted_total({pk: given[pk].points for pk in weights}, weights)
        sheets.append(Sheet(invitation, tuple(given[pk] for pk in weights), total))
    return Results(criteria, tuple(sheets), summarise([sheet.total for sheet in sheets]))


def standing(consortium: Consortium, policy: Policy) -> Standing | None:
    """Whether enough experts have scored the filing as it stands; nothing where none are asked."""
    if policy.expert_review == ExpertReview.OFF:
        return None
    given = ExpertInvitation.objects.filter(
        round__submission=consortium.submissions.last(), submitted_at__isnull=False
    ).count()
    required = policy.expert_review == ExpertReview.REQUIRED
    return Standing(policy.experts_needed, given, required)


def enough_scores(attempt: Attempt) -> None:
    """A guard of the recommendation: where the policy requires scores they must be in."""
    found = standing(attempt.consortium, attempt.policy)
    if found is None:
        return
    if found.required and found.missing:
        raise Refused(missing_words(found))
    attempt.seen["expert_scores"] = found.given


def missing_words(found: Standing) -> str:
    return ngettext(
        "%(given)s of %(wanted)s expert score is in.",
        "%(given)s of %(wanted)s expert scores are in.",
        found.wanted,
    ) % {"given": found.given, "wanted": found.wanted}
