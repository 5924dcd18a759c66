"""HTML sheets to PDF, with nothing fetched from outside and every font embedded."""

from mimetypes import guess_type

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse


class OwnFilesOnly(URLFetcher):
    """Serves `static:<name>` from our own static files, and what a sheet carries as `data:`.

    Anything else ends the rendering: an official paper is never made with a piece missing.
    """

    def fetch(self, url, headers=None):
        scheme, _colon, name = url.partition(":")
        if scheme == "data":
            return super().fetch(url, headers)
        try:
            path = finders.find(name) if scheme == "static" else None
        except SuspiciousFileOperation:
            path = None
        if path is None:
            raise FatalURLFetchingError(f"a sheet may only use our own static files, not {url}")
        with open(path, "rb") as file:
            return URLFetcherResponse(url, file.read(), {"Content-Type": guess_type(name)[0]})


def render(template: str, context: dict) -> bytes:
    """The PDF of a sheet (a template below `sheets/`), in Chinese: official papers are.

    The variant is PDF/UA-1: tagged, with title and language, text that can be read out and copied.
    Raises ValueError for a sheet that refers to anything that is not ours.
    """
    with translation.override("zh-hans"):
        html = render_to_string(template, {"DEMO": settings.DEMO, **context})
    try:
        return HTML(string=html, url_fetcher=OwnFilesOnly()).write_pdf(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as foreign:
        # It is no Exception, and would end the worker with the request.
        raise ValueError(str(foreign)) from foreign
