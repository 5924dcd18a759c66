"""Is it a plain PDF? A program of its own, since a hostile file may take time and memory at will.

It reads the file from its standard input and writes what it found as JSON: {"pages": 3}, or
{"fault": "active"}. It knows nothing of the portal, and may not outlive its limits.
"""

import json
import mmap
import os
import resource
import sys
import zlib
from collections.abc import Iterator
from io import BytesIO

import pikepdf

MEMORY = 1024**3
SECONDS = 20
MOST_OBJECTS = 200_000
# A page of A3 in colour at 600 dots per inch unpacks to 210 MB.
MOST_UNPACKED, MOST_UNPACKED_OF_ALL = 256 * 1024**2, 2 * 1024**3
# What a paper document has no need of: code that runs, programs it starts, files it carries.
ACTIVE = {
    "/JavaScript", "/JS", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/FileAttachment",
    "/RichMedia", "/XFA", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition",
    "/Movie", "/Sound", "/3D",
}  # fmt: skip
_UNPACKING = {"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"}


class Unfit(Exception):
    """The file is not taken; the argument is the fault by its name."""


def look(data: bytes) -> dict[str, int | str]:
    """What was found out about a file; the fault where it is not taken."""
    try:
        return {"pages": _pages(data)}
    except Unfit as fault:
        return {"fault": str(fault)}
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}
    except MemoryError:
        return {"fault": "bomb"}
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, KeyError, zlib.error):
        return {"fault": "damaged"}


def _pages(data: bytes) -> int:
    # Without recovery: what a repair makes of a broken file is not what was sent.
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        if pdf.is_encrypted:
            raise Unfit("encrypted")
        if len(pdf.objects) > MOST_OBJECTS:
            raise Unfit("bomb")
        unpacked = 0
        for item in pdf.objects:
            for found in _dictionaries_in(item):
                _refuse_active_content(found)
            if isinstance(item, pikepdf.Stream):
                unpacked += _unpacked(item)
                if unpacked > MOST_UNPACKED_OF_ALL:
                    raise Unfit("bomb")
        return len(pdf.pages)


def _refuse_active_content(item: pikepdf.Object) -> None:
    kinds = (str(item.get(key, "")) for key in ("/S", "/Type", "/Subtype"))
    if not ACTIVE.isdisjoint([*item.keys(), *kinds]):
        raise Unfit("active")


def _dictionaries_in(item: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The dictionaries of one of a PDF's objects: itself, and what is written out inside it.

    What it only refers to is an object of its own. A script may stand at either place.
    """
    waiting = [item]
    while waiting:
        found = waiting.pop()
        inside = ()
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            inside = [value for _key, value in found.items()]
        elif isinstance(found, pikepdf.Array):
            inside = list(found)
        waiting += [v for v in inside if isinstance(v, pikepdf.Object) and not v.is_indirect]


def _unpacked(stream: pikepdf.Stream) -> int:
    """How many bytes a stream unpacks to; it is unpacked piece by piece, and not kept.

    Packed twice is how a small file hides a huge one; no program that writes PDF has a use for it.
    """
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(f) for f in ([filters] if isinstance(filters, pikepdf.Name) else filters)]
    packed = [name for name in names if name in _UNPACKING]
    if len(packed) > 1:
        raise Unfit("bomb")
    if not packed:
        return 0
    if names[0] in ("/FlateDecode", "/Fl"):
        size = _inflated(stream.read_raw_bytes())
    else:
        size = len(stream.read_bytes())
    if size > MOST_UNPACKED:
        raise Unfit("bomb")
    return size


def _inflated(packed: bytes, piece: int = 64 * 1024) -> int:
    """The size, or one above the most; a piece becomes a thousand times itself at worst."""
    unpacker, size = zlib.decompressobj(), 0
    for start in range(0, len(packed), piece):
        size += len(unpacker.decompress(packed[start : start + piece]))
        if size > MOST_UNPACKED:
            break
    return size


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    source = sys.stdin.buffer
    try:
        # A file is mapped: to read it would move the place where its owner reads on.
        size = os.fstat(source.fileno()).st_size
        data = mmap.mmap(source.fileno(), size, access=mmap.ACCESS_READ)[:]
    except (OSError, ValueError):
        data = source.read()
    sys.stdout.write(json.dumps(look(data)))


if __name__ == "__main__":
    main()
