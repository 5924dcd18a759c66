"""Charts as SVG, drawn here: they need no script, print well, and stand in the page itself.

On a page the style comes from `css/charts.css`, in the colours of the portal: the content policy
allows no style of a picture's own. A paper has no such sheet, so there the picture brings it along.
"""

import unicodedata
from base64 import b64encode
from dataclasses import dataclass, field
from math import cos, pi, sin

import pygal
from lxml import etree
from pygal.style import Style

WIDTH, LINE, HEAD = 400, 30, 24
FONT, FONT_SIZE = "Noto Sans CJK SC, sans-serif", 14
# So much of the width is the labels' at most, in units of the type size; the table has them whole.
WIDEST_LABEL = 10
# Latin letters are about so wide, and Chinese characters as wide as high.
NARROW = 0.58
_SVG = "{http://www.w3.org/2000/svg}"
_PAPER = Style(
    background="white", plot_background="white", foreground="#1b292b",
    foreground_strong="#1b292b", foreground_subtle="#7c8683", font_family=FONT,
    label_font_size=FONT_SIZE, major_label_font_size=FONT_SIZE, value_font_size=FONT_SIZE,
    opacity="1", stroke_opacity="0", colors=("#0b5c62", "#c98a2b", "#a3231c", "#8aa5a3"),
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
        """The picture for a page: no style, no script, nothing but shapes and their names."""
        root = etree.fromstring(etree.tostring(self.tree))
        for old in root.iter(f"{_SVG}style", f"{_SVG}script", f"{_SVG}title", f"{_SVG}desc"):
            old.set("gone", "")
        for old in [*root.iter(etree.Comment), *root.findall(".//*[@gone]")]:
            old.getparent().remove(old)
        root.attrib.pop("id", None)
        root.set("class", "chart")
        _name(root, self.title, self.description)
        return etree.tostring(root, encoding="unicode")

    @property
    def data(self) -> str:
        """The picture for a paper, as the address of an image."""
        root = etree.fromstring(etree.tostring(self.tree))
        for old in [*root.iter(f"{_SVG}script"), *root.iter(f"{_SVG}desc")]:
            old.getparent().remove(old)
        return "data:image/svg+xml;base64," + b64encode(etree.tostring(root)).decode()


def bars(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """Lying bars: one for each label and series, with its number at the end."""
    return _lying(pygal.HorizontalBar, title, description, labels, series, lines=len(series))


def stacked(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """One lying bar for each label, made of the series."""
    return _lying(pygal.HorizontalStackedBar, title, description, labels, series, lines=1)


def columns(title: str, description: str, labels: list[str], series: list[Series]) -> Chart:
    """Standing bars, for what follows in time."""
    chart = pygal.Bar(**_options(True, series), height=220)
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
        line.set("stroke", "#8aa5a3")
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
        "style": _PAPER, "js": (), "show_legend": False, "width": WIDTH, "margin": 12,
        "margin_right": 16 + 8 * longest, "print_values": numbered, "print_values_position": "top",
        "print_zeroes": True,
        "show_y_guides": False, "show_x_guides": False, "spacing": 8, "no_prefix": True,
        "formatter": _number,
        "disable_xml_declaration": True, "min_scale": 2, "max_scale": 6,
    }  # fmt: skip


def _number(value) -> str:
    return f"{value or 0:,.2f}".removesuffix(".00")


def _filled(chart, title, description, labels, series) -> Chart:
    chart.x_labels = labels
    for one in series:
        chart.add(one.name, one.points())
    names = tuple(one.name for one in series) if len(series) > 1 else ()
    return Chart(title, description, chart.render_tree(), names)


def _name(root, title: str, description: str) -> None:
    """Who cannot see it hears what it is; the numbers stand in the table beneath."""
    root.set("role", "img")
    root.set("aria-label", f"{title}。{description}" if description else title)


def _on_ring(number: int, count: int) -> tuple[float, float]:
    angle = 2 * pi * number / max(count, 1) - pi / 2
    return 200 + 176 * cos(angle), 200 + 176 * sin(angle)


def _point(root, number: int, x: float, y: float) -> None:
    circle = etree.SubElement(root, f"{_SVG}circle", cx=f"{x:.0f}", cy=f"{y:.0f}", r="16")
    circle.set("class", "unit")
    circle.set("fill", "#0b5c62")
    text = etree.SubElement(root, f"{_SVG}text", x=f"{x:.0f}", y=f"{y + 5:.0f}", fill="#ffffff")
    text.set("class", "unit-number")
    text.set("text-anchor", "middle")
    text.set("font-size", str(FONT_SIZE))
    text.text = str(number)


def _link(root, url: str):
    if not url:
        return root
    return etree.SubElement(root, f"{_SVG}a", href=url)
