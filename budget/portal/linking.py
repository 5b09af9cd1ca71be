"""Links of a site's pages turned into links between files. Pure.

A folder that opens from a disk has no server that would find index.html, or start at a root: every
link leads from file to file. What is not in the folder is linked at the site where it is, if there
is an address, and is no link otherwise.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import quote

LINK = re.compile(r'\s(?P<name>href|src)="(?P<path>/[^"#?]*)(?P<rest>[^"]*)"')


def linked(page: str, at: str, files: Mapping[str, str], address: str) -> str:
    """Return a page's markup for the file ``at``; ``files`` gives the file of each path there is.

    >>> linked('<a href="/a/#b">', "c/d/index.html", {"/a/": "a/index.html"}, "")
    '<a href="../../a/index.html#b">'
    >>> linked('<a href="/search/?q=1">', "index.html", {}, "")
    '<a>'
    """

    def turned(match: re.Match[str]) -> str:
        path, rest = unescape(match["path"]), match["rest"]
        if path in files:
            return f' {match["name"]}="{escape(relative(files[path], at))}{rest}"'
        return f' {match["name"]}="{address}{match["path"]}{rest}"' if address else ""

    return LINK.sub(turned, page)


def relative(file: str, at: str) -> str:
    """Return the way from the file ``at`` to another file, as it stands in a link."""
    return quote(posixpath.relpath(file, posixpath.dirname(at) or "."))
