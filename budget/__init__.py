"""Departmental budgets: from ledger lines to the published document."""
