from notices.models import Message


def inbox(request):
    """How many messages wait unread; asked of the database only where a template shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_count": Message.objects.inbox_of(user).unread().count}
