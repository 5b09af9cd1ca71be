"""Many documents as PDF: worker processes forked from one that has everything loaded.

A fork inherits WeasyPrint, fonts and style for nothing, and freezing them keeps the collector from
walking through them. Layout leaves about 30 MB of rubbish behind for each document, so a worker
collects now and then and makes place for a fresh one after some documents.
"""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Iterator, Sequence

from budget.document import Disclosure
from budget.render.pdf import book

COLLECT_EVERY = 5
"""Documents: collecting after each costs a tenth of the time."""
DOCUMENTS_PER_WORKER = 20
"""After so many a worker ends, because memory comes apart."""


def render_many(disclosures: Sequence[Disclosure], workers: int = 2) -> Iterator[bytes]:
    """Yield the PDF of each document in order, made by so many processes.

    Raises the RenderError of the first document that cannot be written. Call it from a process
    with one thread, which no lock of another can then be copied into.
    """
    if not disclosures:
        return
    warm(disclosures[0])
    context = multiprocessing.get_context("fork")
    with context.Pool(workers, initializer=freeze, maxtasksperchild=DOCUMENTS_PER_WORKER) as pool:
        yield from pool.imap(render_one, disclosures, chunksize=1)


def warm(disclosure: Disclosure) -> None:
    """Load here what workers need: the smallest table will do."""
    smallest = min(disclosure.tables, key=lambda table: len(table.rows) * len(table.columns))
    book().render_pdf(disclosure, (smallest,))


def freeze() -> None:
    """Keep the collector of a worker off what it inherited, and off in general."""
    gc.collect()
    gc.freeze()
    gc.disable()


class _Counter:
    """How many documents this worker has made."""

    made = 0


def render_one(disclosure: Disclosure) -> bytes:
    """Return one document in a worker."""
    pdf: bytes = book().render_pdf(disclosure)
    _Counter.made += 1
    if _Counter.made % COLLECT_EVERY == 0:
        gc.collect()
    return pdf
