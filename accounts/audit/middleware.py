"""A request is the cause of what is written while it is answered."""

import uuid
from functools import partial

from allauth.account.adapter import get_adapter

from accounts.audit.context import Source, caused_by


class AuditMiddleware:
    """Stands after the middleware that has looked up who is signed in, and asks nothing itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with caused_by(partial(source_of, request, uuid.uuid4().hex)):
            return self.get_response(request)


def source_of(request, request_id: str) -> Source:
    """The page by its name, since an address can hold the token of a link."""
    match = request.resolver_match
    page = (match.view_name or match.func.__name__) if match else ""
    return Source(
        actor_id=request.user.pk,
        address=get_adapter().get_client_ip(request),
        request_id=request_id,
        origin=f"{request.method} {page}"[:100],
    )
