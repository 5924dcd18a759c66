"""The secret address of somebody's calendar: made, made anew, revoked, and whose it is."""

import secrets

from django.utils import timezone

from accounts.models import CalendarFeed, User, digest_of


def make(user) -> str:
    """Give `user` an address and return its secret, which is kept nowhere; an earlier one ends."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user, defaults={"digest": digest_of(token), "made_at": timezone.now()}
    )
    return token


def revoke(user) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def owner_of(token: str) -> User | None:
    """Whose calendar a secret opens; nobody's when it was revoked or the account is locked."""
    return User.objects.filter(calendar_feed__digest=digest_of(token), is_active=True).first()
