"""The second factor: a code of the authenticator app counts in its own half minute, once."""

from __future__ import annotations

import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from budget.roles import Role
from budget.tests.people import (
    OWN,
    PASSWORD,
    a_person,
    act_on,
    is_in,
    sign_in,
    signed_in,
    someone_with,
)

pytestmark = pytest.mark.django_db
NOON = 1_900_000_000 // 30 * 30  # a moment at which a period of the authenticator app begins


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(moment: int) -> str:
    """Return what the authenticator app shows at a moment in Unix seconds."""
    return str(format_hotp_value(hotp_value(SECRET, moment // 30)))


@pytest.fixture
def protected(monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody with an authenticator app, at noon."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: NOON)
    user = a_person("careful")
    TOTP.activate(user, SECRET)
    return user


def second_step(client: Client, code: str) -> bool:
    """Sign in with the password and a code, and return whether that was enough."""
    answer = sign_in(client, "careful")
    assert answer.headers["Location"].startswith("/account/second-factor/authenticate/")
    assert not is_in(client)
    client.post("/account/second-factor/authenticate/", {"code": code})
    return is_in(client)


@pytest.mark.usefixtures("protected")
class TestSecondFactor:
    """Codes of the app count in their own half minute, once; recovery codes once."""

    def test_the_code_of_the_moment_lets_in(self) -> None:
        assert second_step(Client(), code_at(NOON))

    @pytest.mark.parametrize("steps", [-2, -1, 1, 2])
    def test_codes_of_other_moments_do_not(self, steps: int) -> None:
        assert not second_step(Client(), code_at(NOON + 30 * steps))

    def test_a_code_counts_once(self) -> None:
        assert second_step(Client(), code_at(NOON))
        assert not second_step(Client(), code_at(NOON))

    def test_a_code_counts_once_in_another_process_too(self, settings: Any) -> None:
        """Each process has a cache of its own, here an empty one; the database is one."""
        assert second_step(Client(), code_at(NOON))
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "LOCATION": "another process",
            }
        }
        assert not second_step(Client(), code_at(NOON))

    def test_a_recovery_code_counts_once(self, protected: User) -> None:
        [code, *_] = RecoveryCodes.activate(protected).get_unused_codes()
        assert second_step(Client(), code)
        assert not second_step(Client(), code)

    def test_the_security_administrator_can_take_a_lost_one_away(self, protected: User) -> None:
        security = signed_in(someone_with(Role.SECURITY_ADMIN))
        security.post(act_on(protected, "reset-second-factor"))
        client = Client()
        assert sign_in(client, "careful").headers["Location"] == OWN


def test_whoever_must_have_a_second_factor_sets_it_up_first(settings: Any) -> None:
    settings.REQUIRE_TOTP = frozenset({Role.BUDGET_REVIEWER})
    reviewer, other = someone_with(Role.BUDGET_REVIEWER), a_person("other")
    client = Client()
    sign_in(client, reviewer.get_username())
    for path in (OWN, "/entry/"):
        assert client.get(path).headers["Location"] == "/account/second-factor/totp/activate/"
    assert client.get("/account/second-factor/totp/activate/").status_code == 302
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.get("/account/second-factor/totp/activate/")
    assert page.status_code == 200
    code = format_hotp_value(hotp_value(page.context["form"].secret, int(time.time()) // 30))
    client.post("/account/second-factor/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=reviewer, type="totp").exists()
    assert is_in(client)
    assert is_in(signed_in(other))


def test_secrets_of_the_app_are_what_allauth_stores(protected: User) -> None:
    assert Authenticator.objects.get(user=protected).data["secret"] == encrypt(SECRET)
