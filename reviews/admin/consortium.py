from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.utils import timezone

from filings.admin_panel import chosen
from filings.deadlines import due_day
from filings.holding import held
from filings.models import Consortium
from filings.states import OFFICER_WORDS
from filings.workdays import workdays_left
from reviews.admin.batch import BatchPages
from reviews.admin.checklist import ChecklistPages
from reviews.admin.desk import DESK_STEPS, AssignPages
from reviews.admin.export import ExportPages
from reviews.admin.moves import CONSORTIUM_STEPS
from reviews.admin.saved import SavedFilterPages
from reviews.checklist import open_count
from reviews.dossier import chapters_of, latest
from reviews.outcome import outcome_of
from reviews.panel import Tab, contents, counted
from reviews.queue import has_queue, next_for
from reviews.sharing import holder_of


@admin.register(Consortium)
class ConsortiumAdmin(BatchPages, AssignPages, SavedFilterPages, ExportPages, ChecklistPages):
    """The queue of filings, and each filing with what there is to do about it."""

    steps = CONSORTIUM_STEPS

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._hide_from_others(request)
        consortium = self.get_object(request, object_id)
        if consortium is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self.filing_page(request, consortium)

    def filing_page(self, request, consortium, *, tab="", comment_form=None, checklist_form=None):
        """The filing with what there is to know and to do; a form came back unfit."""
        user, day = request.user, timezone.localdate()
        dossier, due = latest(consortium), due_day(consortium)
        comments = list(consortium.comments.select_related("author"))
        buttons, holder = self.buttons(user, consortium), holder_of(consortium)
        tab = chosen(request, Tab, "filing_tab", tab)
        notes = consortium.notes.select_related("author") if tab == Tab.COMMENTS else ()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": consortium.name,
            "consortium": consortium,
            "dossier": dossier,
            "chapters": chapters_of(dossier, comments),
            "words": OFFICER_WORDS[consortium.state],
            "due": due,
            "days": workdays_left(day, due) if due else None,
            "buttons": [b for b in buttons if b.step not in DESK_STEPS],
            "desk_buttons": [b for b in buttons if b.step in DESK_STEPS],
            "held": held(holder.officer, holder.assigned_at, user) if holder else "",
            "next": next_for(user, day, after=consortium) if has_queue(user) else None,
            "outcome": outcome_of(consortium),
            "objections": consortium.objections.all(),
            "open_questions": open_count(dossier.submission, consortium.status),
            "tab": tab,
            "tabs": counted(dossier, comments),
            "comment_form": comment_form or self.comment_form(request, consortium),
            "templates": self.templates() if tab == Tab.COMMENTS else (),
            "stages": self.checklist_stages(user, consortium, dossier, checklist_form)
            if tab == Tab.CHECKLIST
            else (),
            **self.remarks(user, consortium, comments, notes),
            **contents(tab, consortium, dossier, request.GET),
        }
        return TemplateResponse(request, "reviews/filing.html", context)
