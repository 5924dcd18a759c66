"""How a form with a file is saved: a file that is fit itself is kept for the next try."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.files import File

from filings import uploads
from filings.documents import FAULTS
from filings.forms.documents import FileForm
from filings.refusals import Refused


def attach(form: FileForm, write: Callable[[File | None], object]) -> bool:
    """Save a bound form through `write`, which gets the file; False when the form comes back."""
    if form.is_valid():
        if _written(form, write):
            if form.kept:
                uploads.discard(form.kept)
            return True
    elif form.brings_file:
        form.judge()
    _keep_what_is_fit(form)
    return False


def _written(form: FileForm, write) -> bool:
    try:
        with form.file() as file:
            write(file)
    except Refused as refused:
        form.add_error(None, refused.message)
    except ValidationError as error:
        form.add_error(None if hasattr(error, "error_dict") else "upload", error)
    else:
        return True
    return False


def _keep_what_is_fit(form: FileForm) -> None:
    faults = {error.code for error in form.errors.get("upload", form.error_class()).as_data()}
    if faults & FAULTS.keys() - {"unscanned"}:
        if form.kept:
            uploads.discard(form.kept)
        form.keep(None)
    elif form.sent:
        form.keep(uploads.keep(form.consortium, user=form.user, file=form.sent))
    else:
        form.keep(form.kept)
