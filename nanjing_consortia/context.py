from django.conf import settings

from accounts.roles import is_officer


def site(request):
    """What every page shows around its content."""
    user = getattr(request, "user", None)
    return {
        "site_footer": settings.SITE_FOOTER,
        "DEMO": settings.DEMO,
        "is_officer": bool(user) and is_officer(user),
    }
