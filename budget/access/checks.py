"""Nothing starts while an address has no entry in the permission table, or an entry no address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from budget.access.entries import Entry
from budget.access.routes import OPTIONAL, ROUTES, entry_for


def view_names(
    patterns: Iterable[URLPattern | URLResolver], spaces: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield the full name of every view below some patterns, as a request will know it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from view_names(pattern.url_patterns, inside)
        else:
            yield ":".join((*spaces, pattern.name or pattern.lookup_str))


def gaps(
    names: Iterable[str], routes: Mapping[str, Entry] = ROUTES
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the addresses without an entry, and the entries without an address."""
    found = frozenset(names)
    spaces = {f"{name.partition(':')[0]}:*" for name in found if ":" in name}
    without_entry = sorted(name for name in found if entry_for(name, routes) is None)
    without_address = sorted(set(routes) - found - spaces - OPTIONAL)
    return tuple(without_entry), tuple(without_address)


def gaps_of_the_site() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the gaps between the site's addresses and the permission table."""
    return gaps(view_names(get_resolver().url_patterns))


def every_address_has_an_entry(**_: object) -> list[CheckMessage]:
    """Refuse to start with gaps."""
    without_entry, without_address = gaps_of_the_site()
    hint = "权限表在 budget/access/routes.py。"
    return [
        *(
            Error(f"地址“{name}”不在权限表中。", hint=hint, id="budget.E001")
            for name in without_entry
        ),
        *(
            Error(f"权限表中的“{name}”没有对应的地址。", hint=hint, id="budget.E002")
            for name in without_address
        ),
    ]
