from allauth.account.views import SignupView
from django.contrib import messages
from django.db import IntegrityError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms.people import LanguageForm


class SignUp(SignupView):
    """Of two who take the same user name at once, the second is told so."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except IntegrityError:
            form.add_error(None, _("Somebody took this user name or e-mail address just now."))
        return self.form_invalid(form)


def me(request):
    """My name, and the language that messages to me are written in."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form})
