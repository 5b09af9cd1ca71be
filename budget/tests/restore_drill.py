"""``python -m budget.tests.restore_drill FOLDER``: back up, spoil, restore, as an operator would.

It prints as JSON what the site held at each point, as plain SQL told it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def main(folder: Path) -> None:
    """Go through the drill once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    # Only now can models be imported: this module is a program of its own.
    from budget.backup.errors import BackupError
    from budget.backup.making import back_up
    from budget.backup.restoring import restore
    from budget.backup.verifying import verify

    held = [_held()]
    made = back_up(folder)
    verify(made.path)
    _spoil()
    held.append(_held())
    refused = ""
    try:
        restore(made.path)
    except BackupError as error:
        refused = str(error)
    held.append(_held())
    restore(made.path, replace=True)
    held.append(_held())
    told = {"held": held, "refused": refused, "untried": made.verified.untried}
    print(json.dumps({**told, "left": sorted(each.name for each in folder.iterdir())}))


def _held() -> dict[str, Any]:
    from django.contrib.sessions.models import Session
    from django.db import connection

    from budget.audit.verifying import verify
    from budget.backup.files import kept_files
    from budget.models import AuditEntry, Release

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COALESCE(SUM(amount), 0) FROM budget_spendingline")
        lines, fen = cursor.fetchone()
    return {
        "lines": int(lines),
        "fen": int(fen),
        "releases": sorted(Release.objects.values_list("digest", flat=True)),
        "acts": list(AuditEntry.objects.order_by("number").values_list("act", flat=True)),
        "chain": verify() is None,
        "sessions": Session.objects.count(),
        "files": {name: path.read_text() for name, path in kept_files().items()},
    }


def _spoil() -> None:
    """Lose and change what a restored site must have again, and add what it must not."""
    from django.conf import settings
    from django.db import transaction

    from budget.audit.recording import record
    from budget.backup.files import kept_files
    from budget.models import SpendingLine

    SpendingLine.objects.filter(sequence=1).delete()
    SpendingLine.objects.filter(sequence=2).update(amount="999.99")
    for path in kept_files().values():
        path.unlink()
    (Path(settings.MEDIA_ROOT) / "stray.pdf").write_text("stray")
    with transaction.atomic():
        record("budget.spoil", by=None)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
