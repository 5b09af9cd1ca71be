"""How an export format is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Protocol

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
