from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notices.filters import InboxFilter
from notices.models import Message


@require_safe
def inbox(request):
    found = InboxFilter(
        request.GET, Message.objects.inbox_of(request.user), request=request, user=request.user
    )
    page = Paginator(found.qs, 20).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {"page_obj": page, "filter": found, "query": asked.urlencode()}
    return render(request, "notices/inbox.html", context)


@require_safe
def message(request, pk):
    """Opening a message reads it; asking twice changes nothing more."""
    found = get_object_or_404(Message.objects.inbox_of(request.user), pk=pk)
    Message.objects.filter(pk=pk).unread().update(read_at=timezone.now())
    return render(request, "notices/message.html", {"message": found})


@require_POST
def read_all(request):
    Message.objects.inbox_of(request.user).unread().update(read_at=timezone.now())
    return redirect("notices:inbox")
