"""What an officer writes about one place of a filing or a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.steps import long_text


class RemarkAtForm(forms.Form):
    """One thing to be mended, in a section or at one of its fields."""

    # The sections, the column that names one, and how the whole of one is called.
    sections = ()
    column = "section"
    whole = _("%(section)s: the whole section")

    about = forms.ChoiceField(label=_("About"), choices=None)
    text = forms.CharField(label=_("Comment"), max_length=2000, widget=long_text(4))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="comment-%s", **kwargs)
        self.fields["about"].choices = self.places

    def places(self) -> list[tuple]:
        """What can be chosen, in groups; nothing is until somebody did."""
        groups = [group for section in self.sections for group in self.groups_of(section)]
        return [("", "—"), *groups]

    def groups_of(self, section) -> list[tuple[str, list[tuple[str, str]]]]:
        """The groups of places of one section: the whole of it, and its fields."""
        return [
            (
                section.label,
                [
                    (section.value, self.whole % {"section": section.label}),
                    *((f"{section}.{name}", label) for name, label in self.fields_of(section)),
                ],
            )
        ]

    @staticmethod
    def fields_of(section: str) -> list[tuple[str, str]]:
        """The fields of a section that a comment can be about, with their names."""
        raise NotImplementedError

    @classmethod
    def filled_from(cls, comment) -> dict[str, str]:
        """What the form holds of a comment that is there."""
        place = filter(None, (getattr(comment, cls.column), comment.field))
        return {"about": ".".join(place), "text": comment.text}

    @property
    def place(self) -> dict[str, str]:
        """The section, and the field where it is about one."""
        section, _dot, name = self.cleaned_data["about"].partition(".")
        return {self.column: section, "field": name}
