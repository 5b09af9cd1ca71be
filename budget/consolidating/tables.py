"""The tables of an edition that can speak of several bodies at once."""

from __future__ import annotations

from budget.edition import Each, Edition, TableUse
from budget.terms import Scope


def tables_of(edition: Edition) -> tuple[TableUse, ...]:
    """Return the tables of a department's document but for those about one project each."""
    return tuple(
        use
        for part in edition.parts
        if part.each is Each.DOCUMENT and Scope.DEPARTMENT in part.scopes
        for use in part.tables
        if Scope.DEPARTMENT in use.scopes
    )
