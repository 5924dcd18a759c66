"""Experts for tests: a policy that asks for them, people on the list, and who was asked."""

from datetime import timedelta

from django.utils import timezone

from accounts.roles import Role
from filings.models import Policy
from reviews import expert_invitations, experts
from reviews.models import Expert, ExpertCriterion, ExpertInvitation
from tests.factories import staff

CRITERIA = {"创新性": 40, "可行性": 35, "协同机制": 25}


def policy_of_experts(mode: str = "advised", **fields) -> Policy:
    """The policy in force, as one that asks for experts."""
    policy = Policy.objects.in_force()
    for name, value in {"expert_review": mode, "experts_needed": 2, **fields}.items():
        setattr(policy, name, value)
    policy.save()
    for name, weight in CRITERIA.items():
        ExpertCriterion.objects.get_or_create(policy=policy, name=name, weight=weight)
    return policy


def expert(number: int = 1, **fields) -> Expert:
    given = {
        "name": f"示例专家{number}",
        "unit": "示例评审研究院",
        "email": f"expert{number}@example.com",
    }
    return Expert.objects.create(**given | fields)


def asked(consortium, *people: Expert) -> list[ExpertInvitation]:
    """`people` were asked about a filing under review; each one's link ends in its name."""
    found = experts.invite(consortium, user=staff(Role.REVIEWER), experts=list(people))
    for invitation in found.invitations.all():
        invitation.token_digest = expert_invitations.digest_of(invitation.expert.name)
        invitation.mailed_at = timezone.now()
        invitation.save()
    return list(found.invitations.select_related("expert", "round__policy"))


def scored(invitation: ExpertInvitation, *points: int, opinion: str = "") -> ExpertInvitation:
    """The expert declared no conflict and handed in `points` in the order of the criteria."""
    expert_invitations.declare(invitation, conflict="")
    criteria = invitation.round.policy.criteria.all()
    given = {c.pk: (p, f"意见{p}") for c, p in zip(criteria, points, strict=True)}
    return expert_invitations.save_scores(invitation, scores=given, opinion=opinion, hand_in=True)


def after(invitation: ExpertInvitation):
    """A day on which its link has expired."""
    return invitation.expires_on + timedelta(days=1)
