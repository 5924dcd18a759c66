import gettext
import os

from nanjing_consortia.catalogues import compile_all

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8"

msgid "Unit"
msgstr "单位"
"""


def test_catalogues_are_compiled_when_they_are_newer(tmp_path):
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, target = folder / "django.po", folder / "django.mo"
    source.write_text(PO)
    assert compile_all([tmp_path]) == [target]
    with target.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Unit") == "单位"
    assert compile_all([tmp_path]) == []
    os.utime(source, (target.stat().st_mtime + 5,) * 2)
    assert compile_all([tmp_path]) == [target]
    assert sorted(path.name for path in folder.iterdir()) == ["django.mo", "django.po"]
