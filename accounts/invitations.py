from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from accounts.models import Unit, User


def send_invitation(person: User, unit: Unit, *, by: User) -> None:
    """Tell a person that it belongs to a unit now, with the way in: where it has no password yet,
    a link to set one, which works for as long as one for a forgotten password."""
    adapter = get_adapter()
    if person.has_usable_password():
        url = settings.SITE_URL + reverse("account_login")
    else:
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        url = adapter.get_reset_password_from_key_url(key)
    with translation.override(person.language):
        adapter.send_mail(
            "account/email/invitation",
            person.email,
            {"user": person, "unit": unit, "by": by, "url": url},
        )
