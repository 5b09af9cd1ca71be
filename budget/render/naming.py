"""What the files of a document, and of some of its tables alone, are called."""

from __future__ import annotations

from budget.document import Disclosure, Table


def stem(disclosure: Disclosure, tables: tuple[Table, ...] | None = None) -> str:
    """Return a file's name without its ending, in ASCII.

    The whole document is 157-2023, one table alone 157-2023-05-general-public-spending, several
    tables 157-2023-tables.
    """
    if tables is None:
        return disclosure.file_stem
    if len(tables) == 1:
        return table_stem(disclosure, tables[0])
    return f"{disclosure.file_stem}-tables"


def table_stem(disclosure: Disclosure, table: Table) -> str:
    """Return the name of one table's own file, without its ending."""
    return f"{disclosure.file_stem}-{table.number:02d}-{table.code}"
