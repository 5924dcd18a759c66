"""A JSON document that somebody brings: read, bounded, and held against the schema."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as Mismatch

from filings.exchange.document import FORMAT, VERSION, schema
from filings.exchange.problems import Problem, shortened

MAX_SIZE = 2 * 1024 * 1024
MAX_DEPTH = 12
MOST_PROBLEMS = 100
_TYPES = {
    "string": gettext_lazy("text in quotation marks"),
    "integer": gettext_lazy("a whole number"),
    "boolean": gettext_lazy("true or false"),
    "array": gettext_lazy("a list in square brackets"),
    "object": gettext_lazy("a group in braces"),
    "null": gettext_lazy("null"),
}


def read(upload: UploadedFile) -> tuple[dict[str, Any], list[Problem]]:
    """The document and what the schema has against it. Raises ValidationError for what is none."""
    if upload.size > MAX_SIZE:
        raise ValidationError(_("The file has more than 2 MB: that is no filing of this portal."))
    upload.seek(0)
    try:
        data = json.loads(
            upload.read().decode("utf-8-sig"),
            object_pairs_hook=_without_doubles,
            parse_constant=_refuse_constant,
        )
        json.dumps(data, ensure_ascii=False).encode()  # halves of characters are no text
    except (ValueError, RecursionError) as error:
        raise ValidationError(
            _("This is no valid JSON file: export the filing again and choose that file.")
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValidationError(
            _("This is no exported filing: it must say “format”: “%(format)s”.")
            % {"format": FORMAT}
        )
    if data.get("version") != VERSION or isinstance(data["version"], bool):
        raise ValidationError(
            _("This file has another version of the format; this portal reads version %(version)s.")
            % {"version": VERSION}
        )
    if _is_deep(data):
        raise ValidationError(_("The file is nested too deeply: that is no filing of this portal."))
    # Each thing that is missing is reported once for all of them.
    problems = dict.fromkeys(islice(_problems(data), 10 * MOST_PROBLEMS))
    return data, list(problems)[:MOST_PROBLEMS]


def path_of(*steps: str | int) -> str:
    """Where something stands, as programs write it: members[2].name, counted from 1."""
    text = ""
    for step in steps:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_constant(name: str):
    raise ValueError(f"{name} is no JSON")


def _is_deep(data: Any) -> bool:
    level = [data]
    for _depth in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _problems(data: dict[str, Any]) -> Iterator[Problem]:
    for found in Draft202012Validator(schema()).iter_errors(data):
        value = "" if found.validator in ("required", "additionalProperties") else found.instance
        if isinstance(value, dict | list):
            value = ""
        yield Problem(path_of(*found.absolute_path), "", shortened(value), _in_words(found))


def _in_words(found: Mismatch) -> str:
    match found.validator:
        case "type":
            wanted = found.validator_value
            kinds = [wanted] if isinstance(wanted, str) else wanted
            names = _(" or ").join(str(_TYPES[kind]) for kind in kinds)
            return _("Here must stand: %(kinds)s.") % {"kinds": names}
        case "required":
            missing = [name for name in found.validator_value if name not in found.instance]
            return _("This is missing here: %(names)s.") % {"names": ", ".join(missing)}
        case "additionalProperties":
            known = found.schema["properties"]
            more = [shortened(name) for name in found.instance if name not in known]
            return _("The format does not know: %(names)s.") % {"names": ", ".join(more[:10])}
        case "enum":
            known = ", ".join(code for code in found.validator_value if code)
            return _("The format does not know this code; it knows: %(codes)s.") % {"codes": known}
        case "uniqueItems":
            return _("The same stands here twice.")
        case "maxItems":
            return _("At most %(most)s entries may stand here.") % {"most": found.validator_value}
    return _("This is not written as the format asks.")
