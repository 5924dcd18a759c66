"""What happens between the look at a page and the lock on its row is told, never an error page."""

from functools import partial, wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from filings.refusals import Refused
from filings.views.keeping import is_autosave


def told_at(page: str, view):
    """A view of one thing whose writing may be refused after its first look: it was submitted, or
    a row removed, by somebody else at that moment. It leads back to the thing's `page`; one that
    saves itself keeps its text."""

    @wraps(view)
    def answered(request, pk, *args, **kwargs):
        try:
            return view(request, pk, *args, **kwargs)
        except Refused as refused:
            if is_autosave(request):
                return HttpResponse(status=409)
            messages.error(request, refused.message)
            return redirect(page, pk)

    return answered


told = partial(told_at, "filings:detail")
