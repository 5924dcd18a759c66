"""What experts and those who ask them fill in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from filings.forms.fields import plain_digits
from filings.forms.steps import StepForm, long_text
from reviews import experts
from reviews.models import ExpertCriterion, Score


class InviteForm(StepForm):
    experts = forms.MultipleChoiceField(
        label=_("Experts"),
        help_text=_("Those of the filing's focus field come first."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, subject=subject, **kwargs)
        self.candidates = experts.candidates(subject)
        self.fields["experts"].choices = [
            (candidate.expert.pk, self._label(candidate))
            for candidate in self.candidates
            if not candidate.against
        ]

    @staticmethod
    def _label(candidate) -> str:
        words = [str(candidate.expert), candidate.expert.title]
        words += [str(_("of this field"))] if candidate.suggested else []
        return " · ".join(filter(None, words))

    def clean_experts(self):
        chosen = set(self.cleaned_data["experts"])
        return [c.expert for c in self.candidates if str(c.expert.pk) in chosen]


class DeclareForm(forms.Form):
    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest?"),
        help_text=_(
            "You have one if you work for, advise or own a part of one of these units, if you "
            "worked with their team in the last three years, or if you are related to somebody of "
            "them."
        ),
        choices=[
            ("none", _("I have none and will judge impartially.")),
            ("conflict", _("I have one, or it could look so.")),
        ],
        widget=forms.RadioSelect,
    )
    conflict = forms.CharField(
        label=_("Which one"),
        help_text=_("Only if you have one. The bureau reads it."),
        max_length=1000,
        required=False,
        widget=long_text(3),
    )

    def clean(self):
        given = self.cleaned_data
        if given.get("answer") == "conflict" and not given.get("conflict", "").strip():
            self.add_error("conflict", _("Say in a few words what it is."))
        return given

    @property
    def declared(self) -> str:
        """The conflict in words; empty when there is none."""
        has_one = self.cleaned_data["answer"] == "conflict"
        return self.cleaned_data["conflict"] if has_one else ""


class PointsField(forms.IntegerField):
    def __init__(self, criterion: ExpertCriterion):
        label = _("%(criterion)s (weight %(weight)s)") % {
            "criterion": criterion.name,
            "weight": criterion.weight,
        }
        super().__init__(
            label=label,
            help_text=criterion.hint or _("0 to 100 points."),
            min_value=0,
            max_value=100,
            required=False,
        )
        self.widget.attrs |= {"class": "short"}

    def to_python(self, value):
        return super().to_python(plain_digits(value))


class ScoreForm(forms.Form):
    """Points and a comment for every criterion; saved as far as they go, handed in when all are."""

    use_required_attribute = False

    def __init__(self, *args, invitation, hand_in: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.criteria = list(invitation.round.policy.criteria.all())
        kept = {score.criterion_id: score for score in invitation.scores.all()}
        for criterion in self.criteria:
            score = kept.get(criterion.pk, Score())
            points = self.fields[f"points-{criterion.pk}"] = PointsField(criterion)
            points.initial, points.required = score.points, hand_in
            self.fields[f"comment-{criterion.pk}"] = forms.CharField(
                label=_("Comment on: %(criterion)s") % {"criterion": criterion.name},
                initial=score.comment,
                max_length=2000,
                required=False,
                widget=long_text(3),
            )
        self.fields["opinion"] = forms.CharField(
            label=_("Overall opinion"),
            initial=invitation.opinion,
            max_length=5000,
            required=False,
            widget=long_text(5),
        )

    @property
    def scores(self) -> dict[int, tuple[int | None, str]]:
        given = self.cleaned_data
        return {c.pk: (given[f"points-{c.pk}"], given[f"comment-{c.pk}"]) for c in self.criteria}
