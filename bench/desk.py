"""An accountant who is signed in, in the throw-away database: made once for all figures."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.core.management import call_command
from django.test import Client

from budget.models import Grant
from budget.roles import Role
from budget.tests.filling import Accountant, an_accountant

AT: Final = "/entry/801001/2030/"
"""Where the accountant's part is entered."""


@cache
def desk() -> tuple[Accountant, Client]:
    """Return the accountant of a small department, and a browser of its own."""
    call_command("migrate", verbosity=0)
    accountant = an_accountant()
    Grant.objects.create(user=accountant.user, role=Role.COMPILER, unit=accountant.unit)
    client = Client(headers={"host": "localhost", "X-Requested-With": "XMLHttpRequest"})
    client.force_login(
        accountant.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return accountant, client
