"""Several bodies as one: transfers inside a department eliminated, and any set summed. Pure.

A department's book counts a transfer between two of its units on neither side. Here that is shown
(``reconciled``: what the units add up to, what is eliminated, what the department has), and books
of several departments, or of some units of them, become one (``united``). What is paid from one
department to another is no transfer inside either: it is never eliminated.
"""

from budget.consolidating.reconciling import Reconciled, eliminated, reconciled
from budget.consolidating.tables import tables_of
from budget.consolidating.uniting import NoBooks, united

__all__ = ["NoBooks", "Reconciled", "eliminated", "reconciled", "tables_of", "united"]
