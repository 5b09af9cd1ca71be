"""Signing in: closed to strangers, locked after wrong passwords, one-time passwords changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from axes.models import AccessAttempt
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from budget.access import accounts
from budget.models import Account
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
from budget.tests.stored import a_unit

pytestmark = [pytest.mark.long, pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> None:
    cache.clear()


# ---- nobody lets himself in --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "password/reset/", "confirm-email/", "login/code/", "password/set/"],
)
def test_there_is_no_page_by_which_one_could_let_oneself_in(client: Client, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404
    assert client.get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password"])
def test_no_address_has_such_a_name(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_both_adapters_say_that_signing_up_is_closed(rf: Any, settings: Any) -> None:
    request = rf.get("/")
    assert get_adapter().is_open_for_signup(request) is False
    social = import_string(settings.SOCIALACCOUNT_ADAPTER)()
    assert social.is_open_for_signup(request, object()) is False


def test_an_account_that_waits_for_approval_does_not_get_in(client: Client) -> None:
    made = accounts.create("new", "新人")
    answer = sign_in(client, "new", made.password)
    assert answer.headers["Location"] == "/account/inactive/"
    assert not is_in(client)


@pytest.mark.parametrize(
    ("role", "bounds", "page"),
    [
        (Role.COMPILER, "801001", "/entry/"),
        (Role.DEPARTMENT_FINANCE, "801", "/entry/"),
        (Role.HEAD, "801", "/flow/"),
        (Role.DIVISION_REVIEWER, "801", "/flow/"),
        (Role.AUDITOR, "", OWN),
    ],
)
def test_who_signs_in_comes_to_what_he_does(
    client: Client, role: Role, bounds: str, page: str
) -> None:
    a_unit("801001")
    user = someone_with(role, bounds)
    assert sign_in(client, user.username).headers["Location"] == page


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(client: Client) -> None:
    a_person("known")
    wrong = sign_in(client, "known", "wrong")
    unknown = sign_in(client, "unknown", "wrong")
    assert wrong.status_code == unknown.status_code == 200
    told = [list(each.context["form"].non_field_errors()) for each in (wrong, unknown)]
    assert told == [["您提供的用户名或密码不正确。"]] * 2


def test_an_unknown_name_costs_one_hash_like_a_known_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only hashing takes time that one could measure: an eighth of a second against nothing."""
    a_person("known")
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(hashed, name))
    sign_in(Client(), "known", "wrong")
    assert hashed == ["verify"]
    sign_in(Client(), "unknown", "wrong")
    assert hashed == ["verify", "encode"]


def counted(calls: list[str], name: str) -> Any:
    """Return a method of the hasher that also notes its calls."""
    own = getattr(Argon2PasswordHasher, name)

    def method(self: Argon2PasswordHasher, *args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return own(self, *args, **kwargs)

    return method


# ---- too many wrong passwords (T78) ------------------------------------------------------------


def lock_out(client: Client, username: str, **extra: Any) -> None:
    """Type five wrong passwords."""
    for _ in range(5):
        sign_in(client, username, "wrong", **extra)


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Client) -> None:
    a_person("known")
    for _ in range(4):
        assert sign_in(client, "known", "wrong").status_code == 200
    fifth = sign_in(client, "known", "wrong")
    assert fifth.status_code == 429
    assert "暂时锁定" in fifth.content.decode()
    assert sign_in(client, "known").status_code == 429
    assert not is_in(client)


def test_four_wrong_passwords_are_forgotten_once_the_right_one_comes(client: Client) -> None:
    a_person("known")
    for _ in range(2):
        for _ in range(4):
            sign_in(client, "known", "wrong")
        assert sign_in(client, "known").status_code == 302
        client.post("/account/logout/")


def test_the_owner_still_gets_in_from_another_machine() -> None:
    a_person("known")
    lock_out(Client(), "known", REMOTE_ADDR="10.0.0.66")
    owner = Client(REMOTE_ADDR="10.0.0.1")
    assert sign_in(owner, "known").status_code == 302
    assert is_in(owner)


def test_other_people_of_the_same_machine_are_not_locked_out(client: Client) -> None:
    a_person("known")
    a_person("colleague")
    lock_out(client, "known")
    assert sign_in(client, "colleague").status_code == 302


def test_the_lock_ends_by_itself_after_half_an_hour(client: Client) -> None:
    a_person("known")
    lock_out(client, "known")
    pass_time(minutes=29)
    assert sign_in(client, "known").status_code == 429
    pass_time(minutes=31)  # whoever tries while locked out waits anew
    assert sign_in(client, "known").status_code == 302


def pass_time(minutes: int) -> None:
    """Let the attempts have been made so long ago."""
    ago = timedelta(minutes=minutes)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - ago)


def test_the_security_administrator_unlocks(client: Client) -> None:
    user = a_person("known")
    lock_out(client, "known")
    security = signed_in(someone_with(Role.SECURITY_ADMIN))
    security.post(act_on(user, "unlock"))
    assert sign_in(client, "known").status_code == 302


def test_behind_our_proxy_each_machine_has_its_own_lock(settings: Any) -> None:
    settings.PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    a_person("known")
    # What a sender writes himself stands in front; the last address is our proxy's own word.
    lock_out(Client(), "known", HTTP_X_FORWARDED_FOR="10.9.9.9, 10.0.0.66")
    assert sign_in(Client(), "known", HTTP_X_FORWARDED_FOR="10.0.0.1").status_code == 302
    again = sign_in(Client(), "known", HTTP_X_FORWARDED_FOR="10.8.8.8, 10.0.0.66")
    assert again.status_code == 429


def test_without_a_proxy_of_ours_nobody_chooses_his_address() -> None:
    a_person("known")
    for number in range(5):
        sign_in(Client(), "known", "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert sign_in(Client(), "known", HTTP_X_FORWARDED_FOR="10.0.0.99").status_code == 429


# ---- passwords ---------------------------------------------------------------------------------


def change(client: Client, old: str, new: str) -> Any:
    """Send the form by which one changes one's password."""
    return client.post(
        "/account/password/", {"oldpassword": old, "password1": new, "password2": new}
    )


def test_a_one_time_password_must_be_changed_before_anything_else(client: Client) -> None:
    made = accounts.create("new", "新人")
    accounts.approve(made.account, None)
    sign_in(client, "new", made.password)
    assert client.get("/entry/").headers["Location"] == "/account/password/"
    assert client.get(OWN).headers["Location"] == "/account/password/"
    assert change(client, made.password, "Bamboo-Forest-9").headers["Location"] == OWN
    assert is_in(client)
    assert Account.objects.get(user__username="new").must_change_password is False


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Short-9", "10"),
        ("alllowercase", "三种"),
        ("Password123", "常见"),
        ("Known-user-1", "相似"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    client: Client, password: str, reason: str
) -> None:
    client.force_login(
        a_person("known-user-1"), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = change(client, PASSWORD, password)
    assert answer.status_code == 200
    assert reason in str(answer.context["form"].errors)


@pytest.mark.long
def test_the_last_five_passwords_are_refused_and_the_sixth_is_not(client: Client) -> None:
    user = a_person("known")
    sign_in(client, "known")
    past = PASSWORD
    for number in range(1, 7):
        assert change(client, past, f"Bamboo-Forest-{number}").status_code == 302
        cache.clear()  # so many changes a minute are refused for another reason
        past = f"Bamboo-Forest-{number}"
    for number in range(2, 7):
        cache.clear()
        answer = change(client, past, f"Bamboo-Forest-{number}")
        assert "最近5次" in str(answer.context["form"].errors)
    cache.clear()
    assert change(client, past, "Bamboo-Forest-1").status_code == 302
    user.refresh_from_db()
    assert user.check_password("Bamboo-Forest-1")


def test_a_password_that_is_too_old_must_be_changed(client: Client, settings: Any) -> None:
    user = a_person("known")
    Account.objects.filter(user=user).update(password_changed_at="2020-01-01T00:00:00+08:00")
    sign_in(client, "known")
    assert client.get(OWN).headers["Location"] == "/account/password/"
    settings.PASSWORD_DAYS = 0
    assert is_in(client)


def test_passwords_are_kept_by_argon2() -> None:
    assert a_person().password.startswith("argon2$argon2id$")


def test_the_previous_sign_in_is_told(client: Client) -> None:
    a_person("known")
    sign_in(Client(), "known", REMOTE_ADDR="10.0.0.7")
    sign_in(client, "known", REMOTE_ADDR="10.0.0.8")
    assert "来自 10.0.0.7" in client.get(OWN).content.decode()
