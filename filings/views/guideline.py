from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from filings.guideline import chapters
from filings.models import Policy


@login_not_required
@require_safe
def guideline(request):
    """What the guideline asks clause by clause, what to bring, and how long it takes."""
    context = {"chapters": chapters(), "policy": Policy.objects.in_force()}
    return render(request, "filings/guideline.html", context)
