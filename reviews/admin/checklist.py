"""The checklist on the page of a filing: read by all officers, answered by the one at work."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _

from filings.models import ChecklistItem
from filings.refusals import Refused
from reviews import checklist
from reviews.admin.comments import CommentPages
from reviews.checklist_form import ChecklistForm
from reviews.panel import Tab


class ChecklistPages(CommentPages):
    """Adds the address that takes the answers."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_checklist"
        view = self.admin_site.admin_view(self.checklist_answer)
        return [path("<int:pk>/checklist/", view, name=name), *super().get_urls()]

    def checklist_stages(self, user, consortium, dossier, form=None) -> list[dict]:
        """Each stage with its questions, and with the form where this person is to answer."""
        questions = checklist.questions_of(dossier.submission, dossier.previous)
        stages = []
        for stage in ChecklistItem.Stage:
            asked = [question for question in questions if question.item.stage == stage]
            mine = bool(asked) and checklist.may_answer(user, consortium, stage)
            own = (form or ChecklistForm(questions=asked)) if mine else None
            stages.append({"stage": stage, "questions": asked, "form": own})
        return stages

    def checklist_answer(self, request, pk):
        consortium = self.subject_or_404(request, pk)
        stage = checklist.STAGE_OF.get(consortium.status, "")
        if request.method != "POST" or not checklist.may_answer(request.user, consortium, stage):
            raise Http404
        submission = consortium.submissions.select_related("policy").last()
        asked = [q for q in checklist.questions_of(submission) if q.item.stage == stage]
        form = ChecklistForm(request.POST, questions=asked)
        if form.is_valid():
            try:
                checklist.answer(pk, user=request.user, stage=stage, given=form.given)
            except Refused as refused:
                form.add_error(None, refused.message)
            else:
                messages.success(request, _("The checklist has been saved."))
                back = f"{self.address('change', pk)}?tab={Tab.CHECKLIST}#checklist"
                return HttpResponseRedirect(back)
        return self.filing_page(request, consortium, tab=Tab.CHECKLIST, checklist_form=form)
