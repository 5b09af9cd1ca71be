"""Departmental budgets: from ledger lines to the published document."""

import os

# openpyxl writes other bytes where lxml happens to be installed, and looks for it when it is first
# imported, by whomever. The same document must give the same file everywhere.
os.environ["OPENPYXL_LXML"] = "False"
