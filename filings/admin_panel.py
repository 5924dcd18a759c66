"""What lies beside something that an officer examines: tabs, and its papers shown in place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preview:
    """A paper with the addresses of its bytes; `inline` is the one for the frame of the page,
    `versions` the page of its earlier ones, where it has any."""

    key: str
    name: str
    about: str
    pages: int
    sha256: str
    download: str
    inline: str
    versions: str = ""


def chosen(request, tabs: Iterable[str], kept_as: str, tab: str = "") -> str:
    """The tab that was asked for; else the one that was open on what was looked at before, which
    the session keeps as `kept_as`; else the first."""
    tabs = list(tabs)
    asked = tab or request.GET.get("tab", "")
    kept = request.session.get(kept_as, "")
    if asked in tabs and asked != kept:
        request.session[kept_as] = kept = asked
    return tabs[tabs.index(kept)] if kept in tabs else tabs[0]


def shown_in_place(previews: list[Preview], asked) -> dict:
    """The papers, and the one of them that the page's parameters ask for, else the first."""
    wanted = asked.get("document", "")
    shown = next((paper for paper in previews if paper.key == wanted), None)
    return {"previews": previews, "shown": shown or next(iter(previews), None)}
