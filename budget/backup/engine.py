"""What a backup needs of a database, on either engine."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from budget.backup.facts import Ask


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that can be asked, and the names of its tables."""

    ask: Ask
    tables: Sequence[str]


class Engine(Protocol):
    """A kind of database, and where the site's own one is."""

    @property
    def name(self) -> str:
        """What the manifest calls it."""

    @property
    def file(self) -> str:
        """What the database is called inside an archive."""

    def dumped(self, into: Path) -> AbstractContextManager[Opened]:
        """Write the site's database to a file as of one moment, and open that very state."""

    def tried(self, dump: Path) -> AbstractContextManager[Opened]:
        """Open what a dump restores to, apart from the site. Raises NoTrial, BadArchive."""

    def site(self) -> AbstractContextManager[Opened]:
        """Open the site's own database."""

    def put(self, dump: Path) -> None:
        """Let the site's database become what a dump holds, all of it or nothing."""
