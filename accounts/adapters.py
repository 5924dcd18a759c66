import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import passthrough_next_redirect_url
from allauth.core import context
from django.contrib import messages
from django.utils.translation import gettext as _

from accounts.mails import tell_owners

log = logging.getLogger(__name__)


class PortalAdapter(DefaultAccountAdapter):
    """Where the library's sign-in pages meet the portal."""

    def send_mail(self, template_prefix, email, context_):
        """Where no mail server answers, the page says so."""
        try:
            super().send_mail(template_prefix, email, context_)
        except (OSError, SMTPException):
            log.exception("mail %s not sent", template_prefix)
            messages.error(
                context.request,
                _("The e-mail could not be sent just now. Please try again in a few minutes."),
            )

    def get_email_confirmation_url(self, request, emailconfirmation):
        """The link remembers where its reader was going, also when it is opened elsewhere."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        return passthrough_next_redirect_url(request, url, "next")

    def post_login(self, request, user, **kwargs):
        tell_owners(user)
        return super().post_login(request, user, **kwargs)
