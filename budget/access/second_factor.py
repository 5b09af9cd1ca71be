"""The second factor: a code of the authenticator app counts once.

allauth remembers used codes in the cache, which is one process's own. Here the period of the last
code that counted is kept with the authenticator, so that no process takes a code a second time.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm as OwnAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as OwnReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST = "last_counted"


def counts(authenticator: Authenticator, code: str) -> bool:
    """Return whether a right code is later than the last that counted, and note that it did."""
    with transaction.atomic():
        locked = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        secret = decrypt(locked.data["secret"])
        periods = [
            counter
            for counter in yield_hotp_counters_from_time()
            if format_hotp_value(hotp_value(secret, counter)) == code.strip()
            and counter > locked.data.get(LAST, -1)
        ]
        if not periods:
            return False
        locked.data[LAST] = max(periods)
        locked.save(update_fields=["data"])
        return True


class CountsOnce:
    """A form that takes each code of the app once."""

    authenticator: Authenticator

    def clean_code(self) -> Any:
        """Return the code. Raises ValidationError for a wrong or a used one."""
        code = super().clean_code()  # type: ignore[misc]
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not counts(self.authenticator, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(CountsOnce, OwnAuthenticateForm):  # type: ignore[misc]
    """The code asked for when signing in."""


class ReauthenticateForm(CountsOnce, OwnReauthenticateForm):  # type: ignore[misc]
    """The code asked for again before a change of the account."""


def has_second_factor(user_pk: int) -> bool:
    """Return whether somebody has set up the authenticator app."""
    kind = Authenticator.Type.TOTP
    return bool("totp" in app_settings.SUPPORTED_TYPES) and bool(
        Authenticator.objects.filter(user_id=user_pk, type=kind).exists()
    )
