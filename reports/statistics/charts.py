"""Charts as SVG, drawn here: they need no script, print well, and stand in the page itself.

On a page the style comes from `css/charts.css`, in the colours of the portal: the content policy
allows no style of a picture's own. A paper has no such sheet, so there the picture brings it along.
"""

import sys
import unicodedata
from base64 import b64encode
from copy import deepcopy
from dataclasses import dataclass
from math import ceil, cos, pi, sin

import pygal
from lxml import etree
from pygal.style import Style

# The library hooks itself into every import, the old way of which Python warns, to find plug-ins
# of maps; we have none.
sys.meta_path[:] = [one for one in sys.meta_path if not isinstance(one, pygal.PluginImportFixer)]

# As wide as a phone shows it without making the type smaller.
WIDTH, MARGIN = 320, 6
# Of each label: the least there is, what each series takes, and the space beneath.
ROW, BAR, SPACE = 30, 22, 12
# The axis of numbers, which the library leaves room for below and which is taken out.
AXIS = 24
# The radius of a unit on the ring.
POINT = 15
FONT, FONT_SIZE, LEADING = "Noto Sans CJK SC, sans-serif", 14, 16
# So much of the width is the labels' at most, in units of the type size; what is longer takes more
# lines, and what is longer than those the table has whole.
WIDEST_LABEL, MOST_LINES = 9, 4
# Latin letters are about so wide, and Chinese characters as wide as high.
NARROW = 0.58
INK = "#1b292b"
COLOURS = ("#0b5c62", "#a8701a", "#a3231c", "#6f8c8a")
_COLOUR_OF = {f"color-{number}": colour for number, colour in enumerate(COLOURS)}
_SVG = "{http://www.w3.org/2000/svg}"
# Style and script of the library's own, and names that it gives to every part.
_NOISE = tuple(_SVG + tag for tag in ("defs", "title", "desc"))
_SIZES = Style(
    font_family=FONT, label_font_size=FONT_SIZE, major_label_font_size=FONT_SIZE,
    value_font_size=FONT_SIZE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each label: the value, as it is written, and the address of the
    list behind it (or nothing)."""

    name: str
    values: list
    texts: list[str]
    urls: list[str]

    def points(self) -> list[dict]:
        return [
            {"value": float(value or 0), "formatter": lambda _value, text=text: text}
            | ({"xlink": {"href": url, "target": "_self"}} if url else {})
            for value, text, url in zip(self.values, self.texts, self.urls, strict=True)
        ]

    def turned(self) -> "Series":
        return Series(self.name, self.values[::-1], self.texts[::-1], self.urls[::-1])


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


def ring(title: str, description: str, sizes: list[int], pairs: list[tuple]) -> Chart:
    """Numbered points around a ring, with a line between two that belong together: `pairs` gives
    their places, how often, and the address behind."""
    root = etree.Element(f"{_SVG}svg", nsmap={None: _SVG[1:-1]}, viewBox=f"0 0 {WIDTH} {WIDTH}")
    places = [_on_ring(number, len(sizes)) for number in range(len(sizes))]
    most = max((times for _one, _other, times, _url in pairs), default=1)
    for one, other, times, url in reversed(pairs):
        (x1, y1), (x2, y2) = places[one], places[other]
        line = etree.SubElement(_link(root, url), f"{_SVG}path")
        line.set("d", f"M{x1:.0f} {y1:.0f} Q{WIDTH / 2} {WIDTH / 2} {x2:.0f} {y2:.0f}")
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


def lines_of(label: str) -> list[str]:
    """A label in the lines that the picture has room for: broken between words, before a bracket
    and after a pause, where the rest still fits, and otherwise into lines of one length, as Chinese
    can be."""
    lines = []
    while width_of(label) > WIDEST_LABEL and len(lines) < MOST_LINES - 1:
        room = WIDEST_LABEL * (MOST_LINES - 1 - len(lines))
        fits = next(n for n in range(len(label), 0, -1) if width_of(label[:n]) <= WIDEST_LABEL)
        even = width_of(label) / ceil(width_of(label) / WIDEST_LABEL)
        middle = next(n for n in range(1, len(label)) if width_of(label[:n]) >= even - 0.01)
        places = (n for n in range(fits, 0, -1) if label[n] in " （(" or label[n - 1] in "、-")
        place = next((n for n in places if width_of(label[n:]) <= room), min(middle, fits))
        lines.append(label[:place].rstrip())
        label = label[place:].lstrip()
    if width_of(label) > WIDEST_LABEL:
        while width_of(label) > WIDEST_LABEL - 1:
            label = label[:-1]
        label = label.rstrip() + "…"
    return [*lines, label]


def _lying(kind, title, description, labels, series, *, lines: int) -> Chart:
    # The library lays the labels from below; a reader begins above.
    broken = [lines_of(label) for label in reversed(labels)]
    most = max(map(len, broken), default=1)
    row = max(ROW if lines == 1 else BAR * lines + SPACE, LEADING * most + SPACE // 2)
    height = row * max(len(labels), 1) + 2 * MARGIN
    widest = [max(label, key=width_of) for label in broken]
    # The library takes every letter for a narrow one.
    left = FONT_SIZE * max((width_of(label) - 0.6 * len(label) for label in widest), default=0)
    chart = kind(
        **_options(kind is pygal.HorizontalBar, series), height=height + AXIS,
        margin_left=MARGIN + max(0, int(left)),
        show_y_labels=True, show_x_labels=True,
    )  # fmt: skip
    drawn = _filled(chart, title, description, widest, [one.turned() for one in series])
    drawn.tree.set("viewBox", f"0 0 {WIDTH} {height}")
    axis = drawn.tree.iterfind(f".//{_SVG}g[@text-anchor='end']//{_SVG}text")
    for text, label in zip(axis, broken, strict=False):
        _set_lines(text, label)
    for text in drawn.tree.iterfind(f".//{_SVG}text[@class='value']"):
        # Centred on the end of its bar, a long number would lie across it.
        text.set("text-anchor", "start")
        text.set("dx", "-4")
    return drawn


def _set_lines(text, lines: list[str]) -> None:
    """The lines of a label under each other, around the height where one line stood."""
    if len(lines) == 1:
        return
    text.text = None
    first = float(text.get("y")) - LEADING * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        part = etree.SubElement(text, f"{_SVG}tspan", x=text.get("x"))
        part.set("y", f"{first + LEADING * number:.1f}")
        part.text = line


def _options(numbered: bool, series: list[Series]) -> dict:
    longest = max((width_of(text) for one in series for text in one.texts), default=1)
    return {
        "style": _SIZES, "js": (), "show_legend": False, "width": WIDTH, "margin": MARGIN,
        "margin_right": MARGIN + int(FONT_SIZE * longest) if numbered else MARGIN,
        "print_values": numbered, "print_values_position": "top", "print_zeroes": True,
        "show_y_guides": False, "show_x_guides": False, "spacing": 8, "no_prefix": True,
        "truncate_label": -1, "disable_xml_declaration": True, "min_scale": 2, "max_scale": 6,
    }  # fmt: skip


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
    for old in list(root.iter(etree.Comment, *_NOISE)):
        old.getparent().remove(old)
    for shape in list(graph.iter()):
        names = _names(shape)
        if names & {"background", "line", "tooltip-overlay"} or {"axis", "x"} <= names:
            shape.getparent().remove(shape)
        elif {"axis", "y"} <= names:
            shape.set("text-anchor", "end")
        elif shape.tag == f"{_SVG}text":
            shape.attrib.update({"font-family": FONT, "font-size": str(FONT_SIZE), "fill": INK})
        for colour in names & _COLOUR_OF.keys():
            shape.set("fill", _COLOUR_OF[colour])
    return root


def _names(shape) -> set[str]:
    return set(shape.get("class", "").split())


def _on_ring(number: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * number / max(count, 1) - pi / 2
    middle, reach = WIDTH / 2, WIDTH / 2 - POINT - MARGIN
    return middle + reach * cos(angle), middle + reach * sin(angle)


def _point(root, number: int, x: float, y: float) -> None:
    circle = etree.SubElement(root, f"{_SVG}circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r=str(POINT))
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
