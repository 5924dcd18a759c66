"""What happens between the look at a page and the lock on its row is told, never an error page."""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from filings.refusals import Refused
from filings.views.keeping import is_autosave


def told(view):
    """A view of one filing whose writing may be refused after its first look: it was submitted, or
    a row removed, by somebody else at that moment. A page that saves itself keeps its text."""

    @wraps(view)
    def answered(request, pk, *args, **kwargs):
        try:
            return view(request, pk, *args, **kwargs)
        except Refused as refused:
            if is_autosave(request):
                return HttpResponse(status=409)
            messages.error(request, refused.message)
            return redirect("filings:detail", pk)

    return answered
