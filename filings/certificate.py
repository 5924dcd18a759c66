"""The certificate of a filed consortium: what it says, and the code that proves it."""

import segno
from django.conf import settings
from django.urls import reverse

from filings.models import Consortium
from filings.pdf import render


def verify_url(consortium: Consortium) -> str:
    """Where anybody learns the state as of today."""
    return settings.SITE_URL + reverse("filings:verify", args=[consortium.verification_code])


def certificate(consortium: Consortium) -> bytes:
    """The certificate as PDF. What holds today, the verification page says."""
    url = verify_url(consortium)
    return render(
        "sheets/certificate.html",
        {
            "consortium": consortium,
            "members": consortium.members.filter(left_on__isnull=True),
            "url": url,
            "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=4),
        },
    )
