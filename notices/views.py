from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from notices.models import Message


@require_safe
def inbox(request):
    messages = Message.objects.filter(recipient=request.user)
    page = Paginator(messages, 20).get_page(request.GET.get("page"))
    return render(request, "notices/inbox.html", {"page_obj": page})


@require_safe
def message(request, pk):
    """Opening a message reads it; asking twice changes nothing more."""
    found = get_object_or_404(Message, pk=pk, recipient=request.user)
    Message.objects.filter(pk=pk, read_at__isnull=True).update(read_at=timezone.now())
    return render(request, "notices/message.html", {"message": found})


@require_POST
def read_all(request):
    Message.objects.filter(recipient=request.user, read_at__isnull=True).update(
        read_at=timezone.now()
    )
    return redirect("notices:inbox")
