"""How an export format is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Final, Protocol

from budget.document import Disclosure, Table, require_finished
from budget.registry import Registry

Files = Mapping[str, bytes]
"""File names (ASCII) to contents."""


class Render(Protocol):
    """Turns a document, or some of its tables alone, into files.

    ``tables`` is None for the whole document; else only those tables are rendered, as a document
    of their own.
    """

    def __call__(self, disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
        """Return the files."""


@dataclass(frozen=True, slots=True)
class Format:
    """An export format: its code, the name that people see, its media type and its renderer."""

    code: str
    label: str
    content_type: str
    render: Render


FORMATS: Registry[Format] = Registry("输出格式")


def renders(code: str, label: str, content_type: str) -> Callable[[Render], Render]:
    """Declare a function as the renderer of a format.

    Whatever the format, a draft that lacks something is refused (UnfinishedDocument).
    """

    def declare(render: Render) -> Render:
        @wraps(render)
        def of_finished(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> Files:
            require_finished(disclosure)
            return render(disclosure, tables)

        FORMATS.add(code, Format(code, label, content_type, of_finished))
        return of_finished

    return declare


# ---- formats inside the house ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marking:
    """What a file that is not public says of itself on every page.

    ``word`` stands large behind the text, ``line`` small at the head of pages; an empty word marks
    nothing.
    """

    word: str
    line: str = ""


UNMARKED: Final = Marking("")


class RenderInside(Protocol):
    """Turns a document, a draft with gaps too, into one file that is marked on every page."""

    def __call__(self, disclosure: Disclosure, marking: Marking) -> bytes:
        """Return the file's content. Raises RenderError."""


@dataclass(frozen=True, slots=True)
class InsideFormat:
    """A format for circulation inside the house, which no release has among its files.

    ``code`` is the ending of its files too, ``word`` marks what is not public yet. ``told`` says
    that the mark names who made the file, and when.
    """

    code: str
    label: str
    content_type: str
    word: str
    told: bool
    render: RenderInside


INSIDE_FORMATS: Registry[InsideFormat] = Registry("内部格式")


def renders_inside(
    code: str, label: str, content_type: str, *, word: str, told: bool
) -> Callable[[RenderInside], RenderInside]:
    """Declare a function as the renderer of a format inside the house."""

    def declare(render: RenderInside) -> RenderInside:
        made = InsideFormat(code, label, content_type, word, told, render)
        INSIDE_FORMATS.add(code, made)
        return render

    return declare
