"""The pages of the wizard as they are shown: one step, or the check of the whole filing.

A justification or an answer that could not be kept comes back, as it was typed, on the page where
it was written.
"""

from django.db.models import prefetch_related_objects
from django.shortcuts import render
from django.utils import timezone

from filings.forms.documents import DocumentForm
from filings.forms.sections import SECTION_FORMS
from filings.forms.sign import SignForm
from filings.papers import papers_of
from filings.sections import Section
from filings.snapshot import compare, digest, present, rows, take
from filings.views.panel import comments, panel


def show_step(request, consortium, section, *, form=None, clashes=(), **bound):
    """A step; `form` is its own form when that was sent, `bound` what was refused beside it."""
    prefetch_related_objects([consortium], *rows())
    if form is None and section in SECTION_FORMS:
        form = SECTION_FORMS[section](instance=consortium)
    context = panel(consortium, section, bound.get("justification"))
    context |= {"form": form, "clashes": clashes, "section": Section(section)}
    context |= comments(consortium, section, form, bound.get("answer"))
    context |= _rows(request, consortium, section, context["policy"])
    return render(request, f"filings/step_{section}.html", context)


def _rows(request, consortium, section, policy) -> dict:
    match section:
        case Section.MEMBERS:
            return {"members": consortium.members.all()}
        case Section.TASKS:
            return {"tasks": consortium.tasks.all()}
        case Section.AGREEMENT:
            return {
                "papers": papers_of(consortium, policy),
                "document_form": DocumentForm(
                    consortium=consortium,
                    user=request.user,
                    initial={name: request.GET.get(name) for name in ("kind", "member")},
                ),
            }
    return {}


def show_check(request, consortium, *, sign=None, **bound):
    """The whole filing as the officer will see it, what still hinders it, what changed since it
    was submitted last, and the statement to sign: always of what this very page shows."""
    prefetch_related_objects([consortium], *rows())
    content = take(consortium)
    seal = {"digest": digest(content), "version": consortium.version}
    sign = sign or SignForm()
    if sign.is_bound:
        sign.data = sign.data.copy()
        sign.data.update(seal)
    sign.initial |= seal
    last = consortium.submissions.last()
    context = (
        panel(consortium, "check", bound.get("justification"))
        | comments(consortium, refused=bound.get("answer"))
        | {
            "content": present(content),
            "sign": sign,
            "seal": seal,
            "now": timezone.localtime(),
            "submitted_before": last,
            "changed": compare(last.content, content) if last else [],
        }
    )
    return render(request, "filings/check.html", context)
