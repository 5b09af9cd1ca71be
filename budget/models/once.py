"""What a page that is only read asks the database once, however many of its parts want to know it.

The gate opens one reading around each request that changes nothing. Outside of it, and so whenever
somebody writes, everything is asked anew each time: what held when a form was sent may hold no
longer under the lock.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")
READ: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("read", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Let ``once`` ask each question a single time inside, and forget the answers afterwards."""
    token = READ.set({})
    try:
        yield
    finally:
        READ.reset(token)


def once(question: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Return the answer to a question, asked now unless this very reading has asked it before."""
    read = READ.get()
    if read is None:
        return ask()
    if question not in read:
        read[question] = ask()
    found: Answer = read[question]
    return found
