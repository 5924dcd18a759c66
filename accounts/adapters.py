import logging
from smtplib import SMTPException

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from django.contrib import messages
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class PortalAdapter(DefaultAccountAdapter):
    """The mails of the sign-in pages: where no mail server answers, the page says so."""

    def send_mail(self, template_prefix, email, context_):
        try:
            super().send_mail(template_prefix, email, context_)
        except (OSError, SMTPException):
            log.exception("mail %s not sent", template_prefix)
            messages.error(
                context.request,
                _("The e-mail could not be sent just now. Please try again in a few minutes."),
            )
