"""The expert's side: a link that expires, the declaration first, then scores, handed in once."""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from filings.database import lock
from filings.refusals import Conflict, Refused
from filings.workdays import add_workdays
from reviews import notifications
from reviews.models import ExpertInvitation, Score

log = logging.getLogger(__name__)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str) -> ExpertInvitation | None:
    """The invitation behind a link, whatever its state."""
    rows = ExpertInvitation.objects.select_related(
        "expert", "round__policy", "round__submission", "round__consortium__lead_unit"
    )
    return rows.filter(token_digest=digest_of(token)).first()


def send_link(invitation: ExpertInvitation) -> None:
    """Give the invitation a new token and a new term, and send the link when that is stored.

    Nobody but the expert ever has the token: what was sent can't be sent again, only renewed.
    """
    token, policy = secrets.token_urlsafe(32), invitation.round.policy
    invitation.token_digest = digest_of(token)
    invitation.sent_at, invitation.mailed_at = timezone.now(), None
    invitation.expires_on = add_workdays(timezone.localdate(), policy.expert_days)
    invitation.save()
    letter = _letter(invitation, token)
    transaction.on_commit(lambda: _send(invitation.pk, letter), robust=True)


def _letter(invitation: ExpertInvitation, token: str) -> EmailMessage:
    link = settings.SITE_URL + reverse("experts:page", args=[token])
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(
            "mail/expert_invitation.txt", {"invitation": invitation, "link": link}
        )
    subject, _blank, body = text.strip().partition("\n\n")
    return EmailMessage(" ".join(subject.split()), body, to=[invitation.expert.email])


def _send(pk: int, letter: EmailMessage) -> None:
    try:
        letter.send()
    except (SMTPException, OSError):
        # The officer sees that it was not sent, and sends a new link.
        log.exception("the invitation %s could not be sent", pk)
    else:
        ExpertInvitation.objects.filter(pk=pk).update(mailed_at=timezone.now())


@transaction.atomic
def declare(invitation: ExpertInvitation, *, conflict: str) -> ExpertInvitation:
    """Declare a conflict of interest, which ends the invitation, or (empty) that there is none."""
    invitation = _live(invitation)
    if invitation.declared_at:
        raise Conflict(_("You have declared already."))
    invitation.declared_at, invitation.conflict = timezone.now(), conflict.strip()
    invitation.save(update_fields=["declared_at", "conflict"])
    if invitation.conflict:
        notifications.expert_has_conflict(invitation)
    return invitation


@transaction.atomic
def save_scores(
    invitation: ExpertInvitation,
    *,
    scores: Mapping[int, tuple[int | None, str]],
    opinion: str,
    hand_in: bool,
) -> ExpertInvitation:
    """Keep points and comments by criterion; handed in, they are final and every one is needed.

    Raises Conflict once they were handed in, Refused before the declaration or with points missing.
    """
    invitation = _live(invitation)
    if not invitation.declared_at:
        raise Refused(_("Declare first whether you have a conflict of interest."))
    if invitation.submitted_at:
        raise Conflict(_("Your scores have been handed in already."))
    for criterion in invitation.round.policy.criteria.all():
        points, comment = scores.get(criterion.pk, (None, ""))
        if points is None and hand_in:
            raise Refused(_("Give points for every criterion first."))
        Score.objects.update_or_create(
            invitation=invitation,
            criterion=criterion,
            defaults={"points": points, "comment": comment.strip()},
        )
    invitation.opinion = opinion.strip()
    if hand_in:
        invitation.submitted_at = timezone.now()
        notifications.expert_handed_in(invitation)
    invitation.save(update_fields=["opinion", "submitted_at"])
    return invitation


def _live(invitation: ExpertInvitation) -> ExpertInvitation:
    rows = ExpertInvitation.objects.select_related("expert", "round__consortium", "round__policy")
    invitation = lock(rows).get(pk=invitation.pk)
    if not invitation.is_live_on(timezone.localdate()):
        raise Refused(_("This invitation is over."))
    return invitation
