"""The certificate of a filed consortium: what it says, and the code that proves it."""

import segno
from django.conf import settings
from django.urls import reverse

from filings.as_of import as_of
from filings.models import Consortium
from filings.pdf import render


def verify_url(consortium: Consortium) -> str:
    """Where anybody learns the state as of today."""
    return settings.SITE_URL + reverse("filings:verify", args=[consortium.verification_code])


def certificate(consortium: Consortium) -> bytes:
    """The certificate as PDF, as it was issued on the first day of the term: under the names and
    with the members of that day. What holds today, the verification page says."""
    url = verify_url(consortium)
    issued = as_of(consortium, consortium.starts_on)
    return render(
        "sheets/certificate.html",
        {
            "consortium": issued,
            "members": issued.members.all(),
            "url": url,
            "qr": segno.make(url, error="m").svg_data_uri(scale=4, border=4),
        },
    )
