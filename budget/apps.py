"""The budget application as Django knows it."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate

from budget import checks
from budget.registry import discover


class BudgetConfig(AppConfig):
    """Ledger, tables, narrative, disclosure and their storage."""

    name = "budget"
    verbose_name = "部门预算"

    def ready(self) -> None:
        """Find what the packages store and freeze, and register the checks of the machine."""
        discover(settings.PACKAGES)
        discover(settings.PACKAGES, ("canonical", "load", "sheets"))
        register(checks.pango_is_there)
        register(checks.subsetter_is_there)
        register(checks.fonts_are_there)
        # Signals of signing in, and the permission table: both need the models.
        import_module("budget.access.signing_in")
        import_module("budget.access.sessions")
        guarding = import_module("budget.audit.guarding")
        pre_migrate.connect(guarding.unlock_before_migrating, sender=self)
        post_migrate.connect(guarding.guard_after_migrating, sender=self)
        register(import_module("budget.access.checks").every_address_has_an_entry)
