"""Sections that were set before, kept while there is room.

A laid-out section cannot leave its process, so the cache lives in it. What a section looks like
depends on its HTML and the engine's style alone, and that is its key; its first page number is part
of the HTML.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from weasyprint.document import Document

from budget.render.paper.measure import Measures

PAGES = 150


class SectionCache:
    """The sections used last, as many as fit into ``pages`` pages (about 1 MB each)."""

    def __init__(self, pages: int = PAGES) -> None:
        self.pages = pages
        self.held = 0
        self._sections: OrderedDict[str, Document] = OrderedDict()
        self._measures: OrderedDict[str, Measures] = OrderedDict()

    def __len__(self) -> int:
        return len(self._sections)

    def clear(self) -> None:
        """Forget all sections."""
        self._sections.clear()
        self._measures.clear()
        self.held = 0

    def document(self, key: str, make: Callable[[], Document]) -> Document:
        """Return the section under a key, made if it is not there."""
        if key in self._sections:
            self._sections.move_to_end(key)
            return self._sections[key]
        made = self._sections[key] = make()
        self.held += len(made.pages)
        while self.held > self.pages and self._sections:
            _, oldest = self._sections.popitem(last=False)
            self.held -= len(oldest.pages)
        return made

    def measures(self, key: str, make: Callable[[], Measures]) -> Measures:
        """Return the measures of a table under a key, made if they are not there.

        They are a few numbers: as many are kept as sections could be.
        """
        if key in self._measures:
            self._measures.move_to_end(key)
            return self._measures[key]
        made = self._measures[key] = make()
        while len(self._measures) > self.pages:
            self._measures.popitem(last=False)
        return made
