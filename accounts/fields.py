from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import uscc


class UsccField(forms.CharField):
    """A unified social credit code as people type or paste it: normalised, then checked."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Unified social credit code"))
        kwargs.setdefault("help_text", _("18 digits and capital letters, as on the licence."))
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.widget.attrs |= {"autocomplete": "off", "spellcheck": "false", "class": "code"}

    def to_python(self, value):
        return uscc.normalise(super().to_python(value))

    def validate(self, value):
        super().validate(value)
        if not value:
            return
        fault = uscc.explain(value)
        if fault is not None:
            raise ValidationError(fault_message(value, fault), code="uscc")


def fault_message(code: str, fault):
    """What is wrong with a code, and where a slip is likely, what was probably meant."""
    text = uscc.FAULT_TEXTS[fault]
    meant = uscc.suggestion(code)
    if meant:
        return _("%(fault)s Did you mean %(code)s?") % {"fault": text, "code": meant}
    return text
