"""Text as it comes out of word processors, chats and scanners, before any field looks at it."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

TOO_LONG = _("At most %(limit_value)d characters; this has %(show_value)d.")
# Word's line break (vertical tab) and page break mean a new line here.
_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
# Nobody sees these, and databases, Excel and PDF stumble over some: NUL and other control
# characters, soft hyphens, zero-width spaces, byte order marks.
# Joiners stay: emoji and some scripts are written with them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")


def tidy(text: str) -> str:
    """The text that a person sees, line ends as browsers send them; quotes stay as they are."""
    return _UNSEEN.sub("", _BREAKS.sub("\r\n", text))


def tidied(data):
    """What a form was sent, tidied; what the page remembers (`seen-`, `clash-`) stays exact."""
    data = data.copy()
    for name in data:
        if not name.startswith(("seen-", "clash-")):
            data.setlist(name, [tidy(value) for value in data.getlist(name)])
    return data


class PastedText(forms.BaseForm):
    """A form that judges what it was sent without what nobody sees in it, and says in plain words
    when a text is too long."""

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(tidied(data) if hasattr(data, "setlist") else data, *args, **kwargs)
        for field in self.fields.values():
            field.error_messages.setdefault("max_length", TOO_LONG)
