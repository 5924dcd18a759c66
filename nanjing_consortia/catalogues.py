"""Catalogues of translations: .po files made ready for Django, without the gettext tools."""

import os
from pathlib import Path

import polib


def compile_all(folders) -> list[Path]:
    """Write the .mo file beside every .po file that is newer; return what was written.

    The file is put in place in one step: a process that starts meanwhile reads the old or the new.
    """
    written = []
    for folder in map(Path, folders):
        for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            fresh = target.with_suffix(f".{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(fresh))
            fresh.replace(target)
            written.append(target)
    return written
