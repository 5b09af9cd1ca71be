"""``python -m budget.tests.import_in_pieces USER CODE ROWS``: each row saved by itself.

The careless import that tests of killed imports are held against: it leaves halves.
"""

from __future__ import annotations

import os
import sys

import django


def main(name: str, code: str, rows: str) -> None:
    """Save so many rows, each in a transaction of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "budget.config.settings")
    django.setup()
    # Only now can models be imported: this module is a program of its own.
    from django.contrib.auth.models import User

    from budget.models import BudgetUnit, DepartmentBudget
    from budget.tests.filling import Accountant

    unit, user = BudgetUnit.objects.get(code=code), User.objects.get(username=name)
    accountant = Accountant(DepartmentBudget.objects.get(), unit, user)
    for number in range(int(rows)):
        accountant.new("basic", function="2010301", economic="30201", amount=str(number + 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
