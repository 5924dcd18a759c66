from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.checklist import SAY_WHY, Given, Question, Value


class ChecklistForm(forms.Form):
    """Every question of a stage: the answer, a note, and a reason where the rule says otherwise.

    What is left open is simply not answered yet.
    """

    def __init__(self, *args, questions: list[Question], **kwargs):
        super().__init__(*args, auto_id="checklist-%s", **kwargs)
        self.questions = questions
        for question in questions:
            pk, given = question.item.pk, question.answer or question.before
            self.fields[f"value-{pk}"] = forms.ChoiceField(
                label=question.item.text,
                choices=[("", "–"), *Value.choices],
                required=False,
                initial=question.suggested,
            )
            self.fields[f"note-{pk}"] = forms.CharField(
                label=_("Note"),
                max_length=500,
                required=False,
                initial=given.note if given else "",
            )
            if question.ruled:
                self.fields[f"reason-{pk}"] = forms.CharField(
                    label=_("Reason, if you answer otherwise than the rule"),
                    max_length=500,
                    required=False,
                    initial=question.answer.reason if question.answer else "",
                )

    @property
    def rows(self):
        """Each question with its fields, as the page lays them out."""
        for question in self.questions:
            names = (f"{name}-{question.item.pk}" for name in ("value", "note", "reason"))
            fields = [self[name] for name in names if name in self.fields]
            yield question, fields

    @property
    def given(self) -> dict[int, Given]:
        data = self.cleaned_data
        return {
            pk: Given(*(data.get(f"{name}-{pk}", "") for name in ("value", "note", "reason")))
            for pk in (question.item.pk for question in self.questions)
        }

    def clean(self):
        data = super().clean()
        for question in self.questions:
            pk = question.item.pk
            value = data.get(f"value-{pk}")
            if value and question.ruled and value != question.ruled and not data[f"reason-{pk}"]:
                self.add_error(f"reason-{pk}", SAY_WHY)
            if value == Value.NO and not question.evidence and not data.get(f"note-{pk}"):
                self.add_error(f"note-{pk}", _("Note what is missing."))
        return data
