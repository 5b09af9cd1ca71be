"""The tables of a document as pages of their own: each with its neighbours and its files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budget.document import Disclosure, Table
from budget.portal.files import ALONE
from budget.portal.publications import Link, NotPublished, Publication
from budget.render.grids import Grid, screen_grid
from budget.render.registry import FORMATS


@dataclass(frozen=True, slots=True)
class Leaf:
    """One table: its grid as the template wants it, its page, and where its files are."""

    table: Table
    grid: Grid
    url: str
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A leaf with the way to the one before and the one after; None at the ends."""

    leaf: Leaf
    previous: Link | None
    next: Link | None


def named(disclosure: Disclosure, code: str) -> Table:
    """Return a table by its code. Raises NotPublished."""
    if code not in disclosure.tables_by_code:
        raise NotPublished(f"这份预算里没有名为 {code} 的表。")
    return disclosure.tables_by_code[code]


def turned_to(
    publication: Publication, disclosure: Disclosure, code: str, formats: Iterable[str] = ALONE
) -> Turn:
    """Return one table as a page's only one, between its neighbours. Raises NotPublished."""
    table = named(disclosure, code)
    place = disclosure.tables.index(table)
    before = disclosure.tables[place - 1] if place else None
    after = disclosure.tables[place + 1] if place + 1 < len(disclosure.tables) else None
    return Turn(
        leaf(publication, table, 1, formats), _way(publication, before), _way(publication, after)
    )


def leaf(
    publication: Publication, table: Table, rank: int = 3, formats: Iterable[str] = ALONE
) -> Leaf:
    """Return one table; its title stands below the heading of a part, or of a page (rank 1).

    ``formats`` are those in which it is offered by itself.
    """
    return Leaf(
        table=table,
        grid=screen_grid(table, rank),
        url=publication.place("table", table=table.code),
        downloads=tuple(
            Link(
                FORMATS[code].label,
                publication.place("download_table", table=table.code, format=code),
            )
            for code in formats
        ),
    )


def _way(publication: Publication, table: Table | None) -> Link | None:
    if table is None:
        return None
    url = publication.place("table", table=table.code)
    return Link(f"{table.number}、{table.name}", url)
