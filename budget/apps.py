"""The budget application as Django knows it."""

from django.apps import AppConfig
from django.core.checks import register

from budget import checks


class BudgetConfig(AppConfig):
    """Ledger, tables, narrative, disclosure and their storage."""

    name = "budget"
    verbose_name = "部门预算"

    def ready(self) -> None:
        """Register the checks of the machine."""
        register(checks.pango_is_there)
        register(checks.subsetter_is_there)
        register(checks.fonts_are_there)
