"""Names as people gave them, made safe to show and to offer for saving."""

import re
import unicodedata

from portal.files.rules.faults import BadFile, Fault
from portal.files.rules.kinds import Kind

MAX_LENGTH = 100
_NAMELESS = "附件"
# Characters no file system likes, and quotes that would end a header's value.
_UNSAFE = re.compile(r'[<>:"|?*;%]')


def tidy(name: str, kind: Kind) -> str:
    """Return the bare name with the ending that belongs to `kind`.

    A name without an ending (phones give such ones) gets it. Raises BadFile when the ending
    says something else than the content: that is how a program passes for a picture.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Controls and formats (Cc, Cf …): among them those that turn the direction of writing,
    # with which "gpj.exe" reads as "exe.jpg".
    name = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    name = _UNSAFE.sub("_", name).strip().rstrip(".")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, kind.endings[0]
    elif ending.lower() not in kind.endings:
        raise BadFile(Fault.NAME_DISAGREES)
    stem = stem.strip(" .")[: MAX_LENGTH - len(ending) - 1]
    return f"{stem or _NAMELESS}.{ending.lower()}"
