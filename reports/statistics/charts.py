"""Charts as SVG, drawn here: they need no script, print well, and stand in the page itself.

On a page the style comes from `css/charts.css`, in the colours of the portal: the content policy
allows no style of a picture's own. A paper has no such sheet, so there the picture brings it along.
"""

import sys
import unicodedata
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass, field
from math import cos, pi, sin

import pygal
from lxml import etree
from pygal.style import Style

# The library hooks itself into every import, the old way of which Python warns, to find plug-ins
# of maps; we have none.
sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, pygal.PluginImportFixer)]

WIDTH, LINE, HEAD = 400, 30, 24
FONT, FONT_SIZE = "Noto Sans CJK SC, sans-serif", 14
# So much of the width is the labels' at most, in units of the type size; the table has them whole.
WIDEST_LABEL = 10
# Latin letters are about so wide, and Chinese characters as wide as high.
NARROW = 0.58
INK = "#1b292b"
COLOURS = ("#0b5c62", "#a8701a", "#a3231c", "#6f8c8a")
_COLOUR_OF = {f"color-{number}": colour for number, colour in enumerate(COLOURS)}
_SVG = "{http://www.w3.org/2000/svg}"
# Style and script of the library's own, and names that it gives to every part.
_NOISE = tuple(_SVG + tag for tag in ("defs", "title", "desc"))
_STANDING = {"show_y_labels": False, "margin_right": 12}
_SIZES = Style(
    font_family=FONT, label_font_size=FONT_SIZE, major_label_font_size=FONT_SIZE,
    value_font_size=FONT_SIZE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each label; an address where the list behind it is."""

    name: str
    values: list
    urls: list[str] = field(default_factory=list)

    def points(self) -> list[dict]:
        urls = self.urls or [""] * len(self.values)
        return [
            {"value": float(value or 0)}
            | ({"xlink": {"href": url, "target": "_self"}} if url else {})
            for value, url in zip(self.values, urls, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with its title, what it says in words, and the names of its series."""

    title: str
    description: str
    tree: etree._Element
    legend: tuple[str, ...] = ()

    @property
    def markup(self) -> str:
        """The picture for a page. Who cannot see it is told what it says and reads the table, where
        the same links are; the keyboard passes these by, which have no words to be called by."""
        root = deepcopy(self.tree)
        root.set("class", "chart")
        root.set("aria-hidden", "true")
        for link in root.iter(f"{_SVG}a"):
            link.set("tabindex", "-1")
        return etree.tostring(root, encoding="unicode")

    @property
    def data(self) -> str:
        """The picture for a paper, as the address of an image."""
        return "data:image/svg+xml;base64," + b64encode(etree.tostring(self.tree)).decode()


def bars(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """Lying bars: one for each label and series, with its number at the end."""
    return _lying(pygal.HorizontalBar, title, description, labels, series, lines=len(series))


def stacked(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """One lying bar for each label, made of the series."""
    return _lying(pygal.HorizontalStackedBar, title, description, labels, series, lines=1)


def columns(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """Standing bars, for what follows in time."""
    chart = pygal.Bar(**_options(True, series) | _STANDING, height=220)
    return _filled(chart, title, description, labels, series)


def ring(title: str, description: str, sizes: list[int], pairs: list[tuple]) -> Chart:
    """Numbered points around a ring, with a line between two that belong together: `pairs` gives
    their places, how often, and the address behind."""
    root = etree.Element(f"{_SVG}svg", nsmap={None: _SVG[1:-1]}, viewBox="0 0 400 400")
    places = [_on_ring(number, len(sizes)) for number in range(len(sizes))]
    most = max((times for _one, _other, times, _url in pairs), default=1)
    for one, other, times, url in reversed(pairs):
        (x1, y1), (x2, y2) = places[one], places[other]
        line = etree.SubElement(_link(root, url), f"{_SVG}path")
        line.set("d", f"M{x1:.0f} {y1:.0f} Q200 200 {x2:.0f} {y2:.0f}")
        line.set("class", "tie")
        line.set("fill", "none")
        line.set("stroke", COLOURS[3])
        line.set("stroke-width", f"{1 + 4 * times / most:.1f}")
        line.set("stroke-opacity", f"{0.2 + 0.8 * times / most:.2f}")
    for number, (x, y) in enumerate(places, start=1):
        _point(root, number, x, y)
    return Chart(title, description, root)


def width_of(text: str) -> float:
    """About how wide a text is, in units of the type size."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return wide + (len(text) - wide) * NARROW


def shortened(text: str) -> str:
    """A label as the picture has room for it."""
    if width_of(text) <= WIDEST_LABEL:
        return text
    while width_of(text) > WIDEST_LABEL - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def _lying(kind, title, description, labels, series, *, lines: int) -> Chart:
    height = HEAD + max(len(labels), 1) * (LINE if lines == 1 else 22 * lines + 12)
    labels = [shortened(label) for label in labels]
    # The library takes every letter for a narrow one.
    left = 8 + FONT_SIZE * max((width_of(label) - 0.6 * len(label) for label in labels), default=0)
    chart = kind(
        **_options(kind is pygal.HorizontalBar, series), height=height,
        margin_left=max(8, int(left)),
        show_y_labels=True, show_x_labels=True,
    )  # fmt: skip
    # It lays the labels from below; a reader begins above.
    turned = [Series(one.name, one.values[::-1], one.urls[::-1]) for one in series]
    drawn = _filled(chart, title, description, labels[::-1], turned)
    for text in drawn.tree.iterfind(f".//{_SVG}text[@class='value']"):
        # Centred on the end of its bar, a long number would lie across it.
        text.set("text-anchor", "start")
        text.set("dx", "-4")
    return drawn


def _options(numbered: bool, series: list[Series]) -> dict:
    longest = max((len(_number(value)) for one in series for value in one.values), default=1)
    return {
        "style": _SIZES, "js": (), "show_legend": False, "width": WIDTH, "margin": 12,
        "margin_right": 16 + 8 * longest, "print_values": numbered, "print_values_position": "top",
        "print_zeroes": True,
        "show_y_guides": False, "show_x_guides": False, "spacing": 8, "no_prefix": True,
        "formatter": _number,
        "truncate_label": -1, "disable_xml_declaration": True, "min_scale": 2, "max_scale": 6,
    }  # fmt: skip


def _number(value) -> str:
    return f"{value or 0:,.2f}".removesuffix(".00")


def _filled(chart, title, description, labels, series) -> Chart:
    chart.x_labels = labels
    for one in series:
        chart.add(one.name, one.points())
    names = tuple(one.name for one in series) if len(series) > 1 else ()
    return Chart(title, description, _dressed(chart.render_tree()), names)


def _dressed(tree):
    """The shapes alone, with attributes in place of a style: it looks the same wherever it is
    drawn, and a page may still colour it. The axis of numbers goes: they stand at the bars."""
    root = etree.fromstring(etree.tostring(tree))
    root.attrib.pop("id", None)
    graph = root.find(f"{_SVG}g")
    numbers, labels = ("x", "y") if "horizontal" in _names(graph) else ("y", "x")
    for old in list(root.iter(etree.Comment, *_NOISE)):
        old.getparent().remove(old)
    for shape in list(graph.iter()):
        names = _names(shape)
        if names & {"background", "line", "tooltip-overlay"} or {"axis", numbers} <= names:
            shape.getparent().remove(shape)
        elif {"axis", labels} <= names:
            shape.set("text-anchor", "end" if labels == "y" else "middle")
        elif shape.tag == f"{_SVG}text":
            shape.attrib.update({"font-family": FONT, "font-size": str(FONT_SIZE), "fill": INK})
        for colour in names & _COLOUR_OF.keys():
            shape.set("fill", _COLOUR_OF[colour])
    return root


def _names(shape) -> set[str]:
    return set(shape.get("class", "").split())


def _on_ring(number: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * number / max(count, 1) - pi / 2
    return 200 + 176 * cos(angle), 200 + 176 * sin(angle)


def _point(root, number: int, x: float, y: float) -> None:
    circle = etree.SubElement(root, f"{_SVG}circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r="16")
    circle.set("class", "unit")
    circle.set("fill", COLOURS[0])
    text = etree.SubElement(root, f"{_SVG}text", x=f"{x:.0f}", y=f"{y + 5:.0f}", fill="#ffffff")
    text.set("class", "unit-number")
    text.set("text-anchor", "middle")
    text.set("font-size", str(FONT_SIZE))
    text.text = str(number)


def _link(root, url: str):
    if not url:
        return root
    return etree.SubElement(root, f"{_SVG}a", href=url)
