"""The budget application as Django knows it."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Ledger, tables, narrative, disclosure and their storage."""

    name = "budget"
    verbose_name = "部门预算"
