"""How messages reach me: e-mail, the daily e-mail, SMS to a number that I proved is mine."""

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import is_officer
from notices import phones
from notices.channels import sms
from notices.channels.outcomes import InDoubtError, NotSentError, UndeliverableError
from notices.forms import CodeForm, PhoneForm, PreferencesForm
from notices.preferences import choose, groups_for, of_person

PROOF = "phone_proof"


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    form = PreferencesForm(
        request.POST or None,
        instance=request.user,
        groups=groups_for(is_officer(request.user)),
        chosen=of_person(request.user),
    )
    if request.method == "POST" and form.is_valid():
        choose(form.save(), form.wishes())
        messages.success(request, _("Saved."))
        return redirect("notices:preferences")
    context = {"form": form, "sms_enabled": sms.is_enabled()}
    return render(request, "notices/preferences.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request):
    """Name a number: a code goes to it."""
    _only_with_sms()
    form = PhoneForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["phone"]
        fault = _send_code(request, number)
        if not fault:
            return redirect("notices:phone_code")
        form.add_error("phone", fault)
    return render(request, "notices/phone.html", {"form": form})


@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request):
    """Type in the code: the number is one's own."""
    _only_with_sms()
    proof = request.session.get(PROOF)
    if not phones.is_open(proof, timezone.now()):
        messages.warning(request, _("The code is over its time. Please have a new one sent."))
        return redirect("notices:phone")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fault = _code_fault(request, proof, form.cleaned_data["code"].strip())
        if not fault:
            phones.set_number(request.user, proof["number"])
            del request.session[PROOF]
            messages.success(request, _("The number is yours. Choose what is sent to it."))
            return redirect("notices:preferences")
        form.add_error("code", fault)
    context = {"form": form, "number": sms.masked(proof["number"])}
    return render(request, "notices/phone_code.html", context)


@require_POST
def phone_remove(request):
    phones.set_number(request.user, "")
    messages.success(request, _("The number is deleted. Nothing is sent by SMS any more."))
    return redirect("notices:preferences")


def _only_with_sms() -> None:
    if not sms.is_enabled():
        raise Http404


def _send_code(request, number: str) -> str:
    """Send a code and remember its fingerprint; says what is wrong, or nothing."""
    if not consume(request, action="phone_code") or not consume(
        request, action="phone_number", key=number
    ):
        return _("Too many codes were asked for. Please wait, at least a minute.")
    code, proof = phones.new_proof(number, timezone.now())
    try:
        sms.send_code(number, request.user.language, code)
    except UndeliverableError:
        return _("No SMS can be sent to this number. Please check it.")
    except NotSentError:
        return _("The SMS could not be sent just now. Please try again in a few minutes.")
    except InDoubtError:
        # It may have left: whoever gets it can use it, whoever does not asks again.
        messages.warning(request, _("The SMS may be late. If it does not come, ask for another."))
    request.session[PROOF] = proof
    return ""


def _code_fault(request, proof: dict, code: str) -> str:
    if not consume(request, action="phone_try"):
        return _("Too many attempts. Please go on in ten minutes, with a new code.")
    return "" if phones.proves(proof, code) else _("This is not the code of the last SMS.")
