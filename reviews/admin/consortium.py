from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from filings.models import Consortium, Member
from filings.permissions import may_comment
from filings.states import OFFICER_WORDS
from filings.workdays import workdays_left
from reviews.admin.comments import CommentPages
from reviews.admin.moves import CONSORTIUM_STEPS
from reviews.dossier import fields_of, latest
from reviews.filters import DistrictFilter, FieldFilter, OverdueFilter, QueueFilter, StateFilter
from reviews.forms import CommentForm
from reviews.permissions import may_change_comment
from reviews.queue import BY_DUE_DAY, due_day, has_queue, next_for


@admin.register(Consortium)
class ConsortiumAdmin(CommentPages):
    """The queue of filings, and each filing with what there is to do about it."""

    steps = CONSORTIUM_STEPS
    list_display = ["title", "lead", "field", "state_pill", "due", "submitted"]
    list_filter = [QueueFilter, StateFilter, OverdueFilter, FieldFilter, DistrictFilter]
    search_fields = ["name"]
    search_help_text = _("Name, filing number, lead unit or its credit code, name of a member.")
    actions = None
    ordering = BY_DUE_DAY

    class Media:
        css = {"all": ["css/components.css", "css/workbench.css"]}

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).for_list()

    def get_search_results(self, request, queryset, search_term):
        # Members are asked for by EXISTS: a join would multiply the rows.
        for word in search_term.split():
            members = Member.objects.filter(consortium=OuterRef("pk"), name__icontains=word)
            queryset = queryset.filter(
                Q(name__icontains=word)
                | Q(filing_number__icontains=word)
                | Q(lead_unit__name__icontains=word)
                | Q(lead_unit__uscc__istartswith=word)
                | Exists(members)
            )
        return queryset, False

    @admin.display(description=_("consortium"), ordering="name")
    def title(self, obj):
        if not obj.filing_number:
            return obj.name
        return format_html("{} <span class='number'>{}</span>", obj.name, obj.filing_number)

    @admin.display(description=_("lead unit"), ordering="lead_unit__name")
    def lead(self, obj):
        return obj.lead_unit.name

    @admin.display(description=_("focus field"))
    def field(self, obj):
        return obj.focus_field.label if obj.focus_field else "–"

    @admin.display(description=_("state"), ordering="status")
    def state_pill(self, obj):
        context = {"status": obj.state, "label": obj.state.label}
        return render_to_string("components/status_pill.html", context)

    @admin.display(description=_("due"), ordering="action_due_on")
    def due(self, obj):
        day = due_day(obj)
        if day is None:
            return "–"
        context = {"due": day, "days": workdays_left(timezone.localdate(), day)}
        return render_to_string("reviews/due.html", context)

    @admin.display(description=_("submitted"), ordering="submitted_at")
    def submitted(self, obj):
        return timezone.localdate(obj.submitted_at) if obj.submitted_at else "–"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._hide_from_others(request)
        consortium = self.get_object(request, object_id)
        if consortium is None:
            raise Http404
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied
        return self.filing_page(request, consortium)

    def filing_page(self, request, consortium, comment_form=None):
        """The filing with what there is to know and to do; `comment_form` came back unfit."""
        user, day = request.user, timezone.localdate()
        dossier, due = latest(consortium), due_day(consortium)
        comments = list(consortium.comments.select_related("author"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": consortium.name,
            "consortium": consortium,
            "dossier": dossier,
            "chapters": self._chapters(user, consortium, dossier, comments, comment_form),
            "words": OFFICER_WORDS[consortium.state],
            "due": due,
            "days": workdays_left(day, due) if due else None,
            "buttons": self.buttons(user, consortium),
            "next": next_for(user, day, after=consortium) if has_queue(user) else None,
            "unsent": sum(comment.sent_at is None for comment in comments),
            "objections": consortium.objections.all(),
            "changes": consortium.changes.select_related("supplementary_agreement"),
            "cases": consortium.credit_cases.select_related("unit", "duty"),
            "events": consortium.events.select_related("actor"),
        }
        return TemplateResponse(request, "reviews/filing.html", context)

    def _chapters(self, user, consortium, dossier, comments, comment_form) -> list[dict]:
        """Every section with its comments, and a form for more while it is this person's turn."""
        writes = may_comment(user, consortium)
        chapters = []
        for chapter in dossier.chapters:
            section = str(chapter.section)
            names = dict(fields_of(section))
            form = CommentForm(section=section) if writes else None
            if comment_form and comment_form.section == section:
                form = comment_form
            here = [
                {
                    "comment": comment,
                    "about": names.get(comment.field, ""),
                    "may_change": may_change_comment(user, comment),
                }
                for comment in comments
                if comment.section == section
            ]
            chapters.append({"chapter": chapter, "comments": here, "form": form})
        return chapters
