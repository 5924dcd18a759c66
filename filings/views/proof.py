"""What a member unit uploads itself, beside the confirmation of its part."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filings.attachments import add_proof
from filings.confirmation import is_asked
from filings.forms.documents import ProofForm
from filings.models import Member, Policy
from filings.papers import asked_of_member, papers_of_member
from filings.permissions import acts_for_unit, get_own_member_or_404
from filings.views.attaching import attach


def proofs(user, member: Member) -> dict:
    """The context of the list of a member's papers, with a form while something is asked of it."""
    policy = Policy.objects.in_force()
    kinds = asked_of_member(member, policy)
    form = None
    may = acts_for_unit(user, member.unit_id)
    if kinds and may and is_asked(member):
        form = ProofForm(kinds=kinds, consortium=member.consortium, user=user)
    return {"papers": papers_of_member(member, policy), "proof_form": form}


@require_POST
def upload(request, token):
    member = get_own_member_or_404(request.user, token)
    kinds = asked_of_member(member, Policy.objects.in_force())
    if not (kinds and is_asked(member)):
        raise Http404
    form = ProofForm(
        request.POST,
        request.FILES,
        kinds=kinds,
        consortium=member.consortium,
        user=request.user,
    )

    def write(file):
        add_proof(member, user=request.user, kind=form.cleaned_data["kind"], upload=file)

    if attach(form, write):
        messages.success(request, _("Document added."))
        return redirect("filings:confirm", token)
    context = {"form": form, "member": member, "consortium": member.consortium}
    return render(request, "filings/proof.html", context, status=422)
