"""Names of uploaded files as they may be shown, stored in a row and sent back.

Nothing on the disk is ever called by them. What could steer a path, a header, a terminal or an eye
is taken out: folders, control signs, signs that turn the direction of writing or have no width.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
"""Characters of a name; in UTF-8 at most ``MOST_BYTES``, which every file system takes."""
MOST_BYTES: Final = 240
NAMELESS: Final = "附件"
DEVICES: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""What Windows takes for a device, whatever the ending."""
UNFIT: Final = re.compile(r'[<>:"|?*%]')


def cleaned(name: str) -> str:
    """Return a file's name without what is dangerous in it; its ending stays.

    >>> cleaned("../../etc/立项\\r\\n依据.pdf")
    '立项依据.pdf'
    >>> cleaned("报告\\u202efdp.exe")
    '报告fdp.exe'
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = UNFIT.sub("_", "".join(filter(_is_fit, last)))
    stem, ending = _parted(" ".join(plain.split()).strip(". "))
    if DEVICES.fullmatch(stem.partition(".")[0].strip()):
        stem = f"_{stem}"
    return f"{_shortened(stem or NAMELESS, ending)}{ending}"


def ending_of(name: str) -> str:
    """Return a name's ending in small letters without the dot, "" where it has none."""
    return _parted(name)[1].lower().removeprefix(".")


def _is_fit(sign: str) -> bool:
    """Whether a sign may stay: no control, format, private or unassigned one, no line end."""
    category = unicodedata.category(sign)
    return category[0] != "C" and category not in ("Zl", "Zp")


def _parted(name: str) -> tuple[str, str]:
    """Return a name's stem and its ending with the dot; endings are short and plain."""
    found = re.fullmatch(r"(.*?)(\.[0-9A-Za-z]{1,8})?", name, re.DOTALL)
    assert found is not None, name
    return found[1].strip(". "), found[2] or ""


def _shortened(stem: str, ending: str) -> str:
    stem = stem[: LONGEST - len(ending)]
    while len(f"{stem}{ending}".encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.strip(". ")
