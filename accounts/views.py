from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.forms import LanguageForm, UnitForm
from accounts.models import Membership


@require_safe
def unit(request):
    """My units and who belongs to them."""
    memberships = (
        Membership.objects.filter(user=request.user)
        .select_related("unit")
        .prefetch_related("unit__memberships__user")
    )
    return render(request, "accounts/unit.html", {"memberships": memberships})


def unit_edit(request, pk):
    membership = get_object_or_404(
        Membership.objects.select_related("unit"),
        unit_id=pk,
        user=request.user,
        role=Membership.Role.OWNER,
    )
    form = UnitForm(request.POST or None, instance=membership.unit)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:unit")
    return render(request, "accounts/unit_edit.html", {"form": form, "unit": membership.unit})


def me(request):
    """My name, and the language that messages to me are written in."""
    form = LanguageForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form})
