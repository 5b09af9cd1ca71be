"""Why a backup could not be made, trusted or restored; the messages are for the operator."""

from __future__ import annotations


class BackupError(Exception):
    """A backup or a restoration that does not happen; the site is as it was."""


class NotMade(BackupError):
    """No archive could be written."""


class BadArchive(BackupError):
    """A file is no archive of ours, or not whole, or not what was written."""


class NotRestored(BackupError):
    """The archive is good, but it cannot be put into this site."""


class NoTrial(Exception):
    """The database in an archive cannot be tried here; what is compared is its digest alone."""


class ToolFailed(BackupError):
    """A program of PostgreSQL is not there, or failed."""
