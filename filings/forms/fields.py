"""Fields as people fill them: pasted text, full-width digits, thousands separators."""

import unicodedata
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

MOST_MONEY = 10**9  # 10k CNY: ten trillion yuan, beyond any unit's revenue


def plain_digits(value):
    """Full-width digits become plain; separators and spaces go."""
    if not isinstance(value, str):
        return value
    return "".join(c for c in unicodedata.normalize("NFKC", value) if c not in ", \u200b\t")


class MoneyField(forms.DecimalField):
    """An amount in 10k CNY (万元) with two decimals."""

    suffix = _("× 10,000 CNY")
    widget = forms.TextInput

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        super().__init__(**{**kwargs, "max_digits": 14, "decimal_places": 2})
        self.validators.append(MinValueValidator(0, _("An amount can't be negative.")))
        self.validators.append(
            MaxValueValidator(
                MOST_MONEY, _("That is too much: the amount is in units of 10,000 yuan.")
            )
        )
        self.widget.attrs |= {"inputmode": "decimal", "class": "short"}

    def to_python(self, value):
        return super().to_python(plain_digits(value))


class CountField(forms.IntegerField):
    """How many; nothing negative, nothing absurd."""

    def __init__(self, **kwargs):
        super().__init__(**{"required": False, "min_value": 0, "max_value": 1_000_000} | kwargs)

    def to_python(self, value):
        return super().to_python(plain_digits(value))


class DayInput(forms.DateInput):
    """The browser's own picker, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day that somebody now alive can mean: a slip in the year is told at once."""

    widget = DayInput
    FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        text = _("Check the year: a day between 2000 and 2099 is asked for.")
        self.validators += [MinValueValidator(self.FIRST, text), MaxValueValidator(self.LAST, text)]

    def to_python(self, value):
        return super().to_python(plain_digits(value))


class TextArea(forms.Textarea):
    def __init__(self, rows: int = 5):
        super().__init__({"rows": rows})
