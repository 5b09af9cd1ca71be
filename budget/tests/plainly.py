"""What a page says, without its markup."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def plain(answer: Any) -> str:
    """Return the words of a page in one line, tags and runs of blanks as one blank."""
    inside = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", f"<main{inside}"))).strip()
