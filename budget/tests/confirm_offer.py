"""``python -m budget.tests.confirm_offer FILE USER CODE``: confirm an offer, as a web process does.

Prints the revision that the answers tell, or "moved". For tests of what happens at once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django


def main(file: str, name: str, code: str) -> None:
    """Confirm the offer in a file as a user, for the one budget of a unit."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    print(_confirmed(Path(file).read_text(), name, code))


def _confirmed(carried: str, name: str, code: str) -> str:
    # Only now can models be imported: this module is a program of its own.
    from django.contrib.auth.models import User

    from budget.models import BudgetUnit, DepartmentBudget
    from budget.sheets.offers import Moved
    from budget.tests.filling import Accountant
    from budget.tests.pasting import confirmed

    unit = BudgetUnit.objects.get(code=code)
    user = User.objects.get(username=name)
    accountant = Accountant(DepartmentBudget.objects.get(), unit, user)
    try:
        return " ".join(str(answer.revision) for answer in confirmed(accountant, carried))
    except Moved:
        return "moved"


if __name__ == "__main__":
    main(*sys.argv[1:])
