"""The chain of digests over audit entries. Pure.

An entry's digest covers all that it says and the digest of the entry before. Who changes, takes out
or puts in one entry must make all later digests anew, and the head of the chain that was written
down elsewhere (a backup, a printed report) then no longer agrees.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """What one entry says."""

    number: int
    at: datetime
    by: int | None
    person: str
    act: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """An entry with the digest before it and its own, as they were stored."""

    entry: Entry
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and why, in Chinese."""

    number: int
    why: str


def digest_of(entry: Entry, previous: str) -> str:
    """Return the digest that seals an entry behind another."""
    told = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "person": entry.person,
        "act": entry.act,
        "subject": entry.subject,
        "detail": entry.detail,
        "previous": previous,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(links: Iterable[Link], number: int, digest: str) -> Break | None:
    """Return the first entry that does not hold, None where all do.

    ``links`` are in the order of their numbers; ``number`` and ``digest`` are of the chain's end,
    kept apart from the entries.
    """
    before, last = START, 0
    for link in links:
        entry = link.entry
        if entry.number != last + 1:
            return Break(last + 1, "这一条缺失")
        if link.previous != before:
            return Break(entry.number, "与上一条的摘要不衔接")
        if digest_of(entry, before) != link.digest:
            return Break(entry.number, "内容与摘要不符，已被改动")
        before, last = link.digest, entry.number
    if (last, before) != (number, digest):
        return Break(last + 1, f"末端记为第{number}条，而记录到第{last}条为止")
    return None
