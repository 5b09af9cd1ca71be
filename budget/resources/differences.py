"""Two lists of codes held against each other: what is new, gone, renamed, moved, reused. Pure.

A code alone does not say what it means, and neither does a name: 行政运行 stands under many
sections. Two entries are taken for the same thing where they have the same name and no other entry
of their list has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from budget.terms import Fund, Term


class Difference(Term):
    """How an entry of the next list differs from the list in force."""

    NEW = "add", "新增"
    GONE = "delete", "取消"
    RENAMED = "rename", "更名"
    MOVED = "recode", "改编码（移到别处）"
    REUSED = "reuse", "编码改作他用"
    OTHER_FUND = "change", "所属预算改变"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a list says of a code; ``fund`` where the list is of functions."""

    name: str
    fund: Fund | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference: the code that is meant, its names, and the code that it had before."""

    kind: Difference
    code: str
    old_name: str = ""
    new_name: str = ""
    old_code: str = ""

    @property
    def ending(self) -> str:
        """The code whose former meaning ends, "" where none does."""
        if self.kind is Difference.NEW:
            return ""
        return self.old_code or self.code


Listing = Mapping[str, Entry]


def differences(old: Listing, new: Listing) -> tuple[Changed, ...]:
    """Return how two lists differ, in the order of codes within each kind."""
    moved = _moved(old, new)
    found = (*_of_kept(old, new), *_of_others(old, new, moved))
    kinds = list(Difference)
    return tuple(sorted(found, key=lambda each: (kinds.index(each.kind), each.code)))


def _moved(old: Listing, new: Listing) -> dict[str, str]:
    """Return new code by old code where something kept its name and not its code."""
    gone, come = old.keys() - new.keys(), new.keys() - old.keys()
    before, after = _codes_by_name(old), _codes_by_name(new)
    return {
        code: after[entry.name]
        for code, entry in old.items()
        if code in gone and before.get(entry.name) == code and after.get(entry.name) in come
    }


def _codes_by_name(listing: Listing) -> dict[str, str]:
    """Return the codes whose names stand once."""
    times = Counter(entry.name for entry in listing.values())
    return {entry.name: code for code, entry in listing.items() if times[entry.name] == 1}


def _of_kept(old: Listing, new: Listing) -> Iterator[Changed]:
    """Yield what differs of codes that both lists have."""
    before, after = _codes_by_name(old), _codes_by_name(new)
    for code in old.keys() & new.keys():
        was, now = old[code], new[code]
        if was.name != now.name:
            elsewhere = after.get(was.name, code) != code or before.get(now.name, code) != code
            kind = Difference.REUSED if elsewhere else Difference.RENAMED
            yield Changed(kind, code, was.name, now.name)
        elif was.fund != now.fund:
            yield Changed(Difference.OTHER_FUND, code, _told(was), _told(now))


def _told(entry: Entry) -> str:
    return f"{entry.name}（{entry.fund.label}）" if entry.fund else entry.name


def _of_others(old: Listing, new: Listing, moved: Mapping[str, str]) -> Iterator[Changed]:
    """Yield what differs of codes that one list has."""
    for code, target in moved.items():
        yield Changed(Difference.MOVED, target, old[code].name, new[target].name, old_code=code)
    for code in old.keys() - new.keys() - moved.keys():
        yield Changed(Difference.GONE, code, old_name=old[code].name)
    for code in new.keys() - old.keys() - set(moved.values()):
        yield Changed(Difference.NEW, code, new_name=new[code].name)
