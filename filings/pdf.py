"""HTML sheets to PDF, with nothing fetched from outside and every font embedded."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse


class OwnFilesOnly(URLFetcher):
    """Serves `static:<name>` from our own static files, and nothing else."""

    def fetch(self, url, headers=None):
        scheme, _colon, name = url.partition(":")
        path = finders.find(name) if scheme == "static" else None
        if path is None:
            raise ValueError(f"a sheet may only use our own static files, not {url}")
        with open(path, "rb") as file:
            return URLFetcherResponse(url, file.read(), {"Content-Type": "text/css"})


def render(template: str, context: dict) -> bytes:
    """The PDF of a sheet (a template below `sheets/`), in Chinese: official papers are.

    The variant is PDF/UA-1: tagged, with title and language, text that can be read out and copied.
    """
    with translation.override("zh-hans"):
        html = render_to_string(template, {"DEMO": settings.DEMO, **context})
    return HTML(string=html, url_fetcher=OwnFilesOnly()).write_pdf(pdf_variant="pdf/ua-1")
