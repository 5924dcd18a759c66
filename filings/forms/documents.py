"""Forms that bring a PDF: with the form, or in pieces before it (`filings.uploads`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from filings import uploads
from filings.documents import FAULTS, inspect, max_size
from filings.models import AFTER_FILING, DocumentKind, Upload


class PdfField(forms.FileField):
    """A file that is needed; whether it is here already is for its form to know."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "application/pdf"
        self.error_messages["empty"] = FAULTS["empty"]

    def clean(self, data, initial=None):
        return super().clean(data, initial) if data else None


class ReceivedField(forms.UUIDField):
    """The id of an upload, written by our page; anything else is no upload."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class FileForm(forms.Form):
    """A form with one file of `user` for `consortium`, which it may do without where a form
    says so (`needs_file`)."""

    use_required_attribute = False
    needs_file = True
    upload = PdfField(label=_("PDF file"))
    received = ReceivedField(required=False)

    def __init__(self, *args, consortium, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.consortium, self.user = consortium, user
        self.sent: UploadedFile | None = None
        self.kept: Upload | None = None
        most = format_lazy(_("PDF, at most {mb} MB."), mb=settings.UPLOAD_MAX_MB)
        field = self.fields["upload"]
        field.help_text = format_lazy("{} {}", field.help_text, most) if field.help_text else most

    @property
    def most(self) -> int:
        return max_size()

    @property
    def too_large(self) -> str:
        return FAULTS["size"] % {"mb": settings.UPLOAD_MAX_MB}

    def clean(self):
        cleaned = super().clean()
        self.sent = cleaned.get("upload")
        if self.sent or "upload" in self.errors:
            return cleaned
        received = cleaned.get("received")
        if received:
            self.kept = uploads.complete(self.user, self.consortium, received)
        if not self.kept and (received or self.needs_file):
            gone = _("The file is no longer here: please choose it again.")
            self.add_error("upload", gone if received else _("Choose the file first."))
        return cleaned

    @property
    def brings_file(self) -> bool:
        return bool(self.sent or self.kept)

    @contextmanager
    def file(self) -> Iterator[File | None]:
        """The file, whichever way it came, or None where none was needed; after `is_valid()`."""
        if not self.brings_file:
            yield None
        elif self.sent:
            yield self.sent
        else:
            with uploads.opened(self.kept) as file:
                yield file

    def judge(self) -> None:
        """Say what is wrong with the file although something else is wrong with the form."""
        try:
            with self.file() as file:
                inspect(file)
        except ValidationError as error:
            self.add_error("upload", error)

    def keep(self, kept: Upload | None) -> None:
        """Name, when the form comes back, the file that need not be sent again."""
        self.kept = kept
        self.data = self.data.copy()
        self.data["received"] = str(kept.pk) if kept else ""
        if kept:
            self["upload"].help_text = _(
                "%(name)s (%(size)s) is here already: choose a file only to send another instead."
            ) % {"name": kept.name, "size": filesizeformat(kept.size)}


class DocumentForm(FileForm):
    """An attachment of the lead unit's, for itself or for a member."""

    kind = forms.ChoiceField(label=_("Kind"))
    member = forms.TypedChoiceField(
        label=_("Of which member"), coerce=int, empty_value=None, required=False
    )
    field_order = ["kind", "member", "upload"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [
            (kind.value, kind.label) for kind in DocumentKind if kind not in AFTER_FILING
        ]
        self.members = {m.pk: m for m in self.consortium.members.all()}
        names = [(m.pk, m.name) for m in self.members.values()]
        self.fields["member"].choices = [("", _("The lead unit")), *names]

    def clean_member(self):
        return self.members.get(self.cleaned_data["member"])


class ProofForm(FileForm):
    """A proof of a member unit's own, out of the kinds that are asked of it."""

    kind = forms.ChoiceField(label=_("Kind"))
    field_order = ["kind", "upload"]

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, DocumentKind(kind).label) for kind in kinds]
