from functools import wraps

from allauth.account.decorators import secure_admin_login
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import reports.queue
import reviews.queue
from accounts.roles import is_officer
from filings.runs import overdue_in_words
from nanjing_consortia.dead_letters import dead_letter_cards
from nanjing_consortia.foresight_view import messages_to_come
from reports.support import turns


class PortalAdminSite(AdminSite):
    """The bureau's workbench: officers only, signed in like everybody, with a second factor."""

    site_title = site_header = _("Science bureau workbench")
    index_title = _("Overview")

    def has_permission(self, request):
        return is_officer(request.user)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        self.refuse_others(request)
        if request.user.is_authenticated:
            return redirect("admin:index")
        return secure_admin_login(super().login)(request, extra_context)

    def refuse_others(self, request):
        """Whoever is signed in and works elsewhere finds nothing here."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404

    def password_change(self, request, extra_context=None):
        """Officers change their password where everybody does, with its limits and its notice."""
        return redirect("account_change_password")

    @method_decorator(require_safe)
    def app_index(self, request, app_label, extra_context=None):
        return super().app_index(request, app_label, extra_context)

    @method_decorator(require_safe)
    def index(self, request, extra_context=None):
        user = request.user
        rooms = (reviews.queue.cards, reports.queue.cards, turns.cards, dead_letter_cards)
        found = [card for cards in rooms for card in cards(user)]
        context = {"cards": found, "overdue_sweeps": overdue_in_words()}
        return super().index(request, context | (extra_context or {}))

    def get_urls(self):
        ahead = self.admin_view(require_safe(self.messages_to_come))
        return [path("messages-to-come/", ahead, name="messages_to_come"), *super().get_urls()]

    def messages_to_come(self, request):
        return messages_to_come(request, self.each_context(request))

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def for_officers(request, *args, **kwargs):
            self.refuse_others(request)
            if settings.STAFF_MFA_REQUIRED and not (
                request.user.is_anonymous or is_mfa_enabled(request.user)
            ):
                messages.warning(request, _("Officers need a second factor: set it up first."))
                return redirect("mfa_activate_totp")
            return inner(request, *args, **kwargs)

        return for_officers
