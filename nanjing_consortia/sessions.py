"""A session ends half an hour after its last use, without being written at every request."""

import time

from django.conf import settings

RENEWED = "renewed"


class RollingSessionMiddleware:
    """Renew the session of a person who is at work, once a tenth of its time has passed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        now = time.time()
        if request.user.is_authenticated:
            renewed = request.session.get(RENEWED, 0)
            if now - renewed > settings.SESSION_COOKIE_AGE / 10:
                request.session[RENEWED] = now
        return self.get_response(request)
