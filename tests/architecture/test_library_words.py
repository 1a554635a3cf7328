"""The back office is wholly Chinese: what a library says is translated by itself or by our overlay in ``locale/zh_Hans``."""

from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
from django.apps import apps
from django.conf import settings

from scripts import messages

pytestmark = pytest.mark.unit

DOMAINS = ("django", "djangojs")
# As libraries call Chinese in simplified characters, ours first.
CHINESE = ("zh_Hans", "zh_CN")
OVERLAY = messages.ROOT / "locale/zh_Hans/LC_MESSAGES"


def catalogues_of_libraries() -> list[Path]:
    """Every folder of catalogues that an installed library brings."""
    found = [Path(django.__file__).parent / "conf/locale"]
    found += [Path(config.path) / "locale" for config in apps.get_app_configs()]
    return [folder for folder in found if folder.is_dir() and folder.parent not in messages.apps()]


def entries(path: Path) -> dict[messages.Key, polib.POEntry]:
    """The entries of a catalogue that count, by key; none where there is no such file."""
    if not path.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def asked_for(folder: Path, domain: str) -> dict[messages.Key, polib.POEntry]:
    """What a library may say: its English catalogue, or all of its catalogues together where it has none."""
    english = entries(folder / f"en/LC_MESSAGES/{domain}.po")
    if english:
        return english
    return {key: entry for path in folder.glob(f"*/LC_MESSAGES/{domain}.po") for key, entry in entries(path).items()}


def untranslated(folder: Path, domain: str, overlay: dict[messages.Key, polib.POEntry]) -> Iterator[str]:
    """What stays English on a Chinese page."""
    known = [overlay, *(entries(folder / f"{code}/LC_MESSAGES/{domain}.po") for code in CHINESE)]
    for key, entry in asked_for(folder, domain).items():
        if not any(key in catalogue and catalogue[key].translated() for catalogue in known):
            yield entry.msgid


def test_the_overlay_is_looked_at_before_any_library():
    assert [OVERLAY.parent.parent] == settings.LOCALE_PATHS


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("folder", catalogues_of_libraries(), ids=lambda folder: "-".join(folder.parts[-4:-1]))
def test_every_text_of_an_installed_library_has_its_chinese(folder, domain):
    assert list(untranslated(folder, domain, entries(OVERLAY / f"{domain}.po"))) == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_overlay_keeps_placeholders(domain):
    wrong = [entry.msgid for entry in entries(OVERLAY / f"{domain}.po").values() if not fits(entry)]

    assert wrong == []


def fits(entry: polib.POEntry) -> bool:
    """Tell whether the Chinese of an entry can take its place: one form, nothing dropped, nothing invented."""
    if not entry.msgid_plural:
        return sorted(messages.PLACEHOLDER.findall(entry.msgstr)) == sorted(messages.PLACEHOLDER.findall(entry.msgid))
    asked = set(messages.PLACEHOLDER.findall(entry.msgid)) | set(messages.PLACEHOLDER.findall(entry.msgid_plural))
    return set(entry.msgstr_plural) == {0} and set(messages.PLACEHOLDER.findall(entry.msgstr_plural[0])) <= asked


def test_a_text_that_a_new_release_brings_is_found(tmp_path):
    folder = tmp_path / "locale"
    for code, words in (("en", ["Save", "Brand new"]), ("zh_Hans", ["Save"])):
        catalogue = polib.POFile()
        catalogue.extend(polib.POEntry(msgid=text, msgstr="保存" if code != "en" else "") for text in words)
        path = folder / code / "LC_MESSAGES/django.po"
        path.parent.mkdir(parents=True)
        catalogue.save(str(path))

    assert list(untranslated(folder, "django", {})) == ["Brand new"]
    assert list(untranslated(folder, "django", {(None, "Brand new"): polib.POEntry(msgid="x", msgstr="全新")})) == []


@pytest.mark.parametrize(
    ("english", "chinese", "fitting"),
    [
        ("Save %(name)s", "保存%(name)s", True),
        ("Save %(name)s", "保存", False),
        ("Save", "保存 %(name)s", False),
        ("{user} of {total}", "共 {total} 人，{user}", True),
        ("%s of %s", "%s", False),
    ],
)
def test_a_placeholder_that_is_lost_or_invented_is_found(english, chinese, fitting):
    assert fits(polib.POEntry(msgid=english, msgstr=chinese)) is fitting
