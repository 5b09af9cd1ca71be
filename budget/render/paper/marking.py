"""What stands on every page of a preview: a pale word behind the text, a small line above it.

The word is a picture behind the page, so that it covers no figure; the line is text, so that it is
found again in a copy or an extract.
"""

from __future__ import annotations

from urllib.parse import quote
from xml.sax.saxutils import escape

from django.utils.safestring import SafeString, mark_safe

from budget.render.registry import Marking

PLAIN = frozenset("0123456789")


def page_style(marking: Marking) -> SafeString:
    """Return the style that marks every page, "" for what is not marked."""
    if not marking.word:
        return SafeString("")
    line = css_string(" ".join(filter(None, (marking.word, marking.line))))
    return mark_safe(
        f" @page {{ background: url({css_string(picture(marking.word))}) no-repeat center;"
        f" background-size: 100% 100%;"
        f" @top-right {{ content: {line}; padding-top: 18pt; vertical-align: top;"
        ' font: 9pt/12pt "FandolSong", "Noto Serif SC"; color: #444; white-space: nowrap } }'
    )


def css_string(text: str) -> str:
    """Return a text as a string of CSS that can also stand in markup: letters as their numbers.

    >>> css_string('a"')
    '"\\\\61 \\\\22 "'
    """
    return '"' + "".join(_sign(sign) for sign in text) + '"'


def _sign(sign: str) -> str:
    return sign if sign in PLAIN else f"\\{ord(sign):x} "


def picture(word: str) -> str:
    """Return the address of a drawing that has nothing but a pale word across the page."""
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">'
        '<text x="300" y="330" text-anchor="middle" font-family="FandolHei" font-size="96"'
        f' fill="#e3e3e3" transform="rotate(-35 300 300)">{escape(word)}</text></svg>'
    )
    return f"data:image/svg+xml,{quote(drawing)}"
