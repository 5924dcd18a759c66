"""The bureau's comments beside the rows of a report."""

from django import template
from django.db.models import Model

from reports.dossier import Chapter
from reports.places import place_of

register = template.Library()


@register.filter
def on(asked: list[dict], row: Model) -> list[dict]:
    """What is asked for about a row, of what `comment_pages.asked_here` gives."""
    return [item for item in asked or () if item["row"] == row]


@register.inclusion_tag("reports/desk/comment_link.html")
def comment_on(chapter: Chapter, row: Model, may_comment: bool) -> dict:
    """The link beside a row, that begins a comment on it; how many there are."""
    place = place_of(row)
    return {
        "about": f"{chapter.part}.{place}",
        "name": row,
        "count": sum(comment.field == place for comment in chapter.comments),
        "may_comment": may_comment,
    }
