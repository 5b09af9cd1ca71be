"""Sessions: they end when idle, after a day's work, by order, and with a new password (T81)."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from budget.access import sessions
from budget.models import Account
from budget.roles import Role
from budget.tests.people import (
    OWN,
    PASSWORD,
    a_person,
    act_on,
    bring,
    is_in,
    sign_in,
    signed_in,
    someone_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
NINE = 1_900_000_000
MINUTE, HOUR = 60, 3600


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = NINE

    def time(self) -> int:
        """Return the moment in Unix seconds."""
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(sessions, "time", found)
    return found


def test_a_session_ends_after_thirty_idle_minutes(clock: Clock) -> None:
    browser = signed_in(a_person())
    clock.now += 30 * MINUTE - 1
    assert is_in(browser)
    clock.now += 30 * MINUTE
    assert not is_in(browser)
    assert not Session.objects.exists()


def test_a_session_that_is_used_goes_on_for_twelve_hours_and_no_longer(clock: Clock) -> None:
    browser = signed_in(a_person())
    while clock.now < NINE + 12 * HOUR - 20 * MINUTE:
        clock.now += 20 * MINUTE
        assert is_in(browser)
    clock.now = NINE + 12 * HOUR
    assert not is_in(browser)


def test_a_script_is_told_that_the_session_ran_out(clock: Clock) -> None:
    browser = signed_in(a_person())
    clock.now += 31 * MINUTE
    answer = browser.post("/entry/801001/2030/basic/save", "{}", content_type="application/json")
    assert answer.status_code == 401
    assert "重新登录" in answer.json()["message"]


def test_using_a_session_writes_to_the_database_once_a_minute_at_most(clock: Clock) -> None:
    browser = signed_in(a_person())
    clock.now += 59
    before = Session.objects.get().session_data
    assert is_in(browser)
    assert Session.objects.get().session_data == before
    clock.now += 1
    assert is_in(browser)
    assert Session.objects.get().session_data != before


def test_signing_in_gives_a_new_session_key() -> None:
    """Whoever planted a session key in somebody's browser does not get in with it."""
    a_person("known")
    browser = Client()
    planted = browser.session
    planted["planted"] = True
    planted.save()
    bring(browser, planted.session_key)
    sign_in(browser, "known")
    assert is_in(browser)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
    thief = Client()
    bring(thief, planted.session_key)
    assert not is_in(thief)


def test_a_new_password_ends_the_other_sessions_and_keeps_ones_own() -> None:
    a_person("known")
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, "known")
    new = "Bamboo-Forest-9"
    here.post("/account/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_in(here)
    assert not is_in(elsewhere)


def test_one_can_end_ones_sessions_elsewhere() -> None:
    a_person("known")
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, "known")
    here.post("/account/sessions/")
    assert is_in(here)
    assert not is_in(elsewhere)


@pytest.mark.parametrize("act", ["end-sessions", "reset-password"])
def test_the_security_administrator_ends_all_sessions_of_somebody(act: str) -> None:
    user = a_person("known")
    browser, security = Client(), signed_in(someone_with(Role.SECURITY_ADMIN))
    sign_in(browser, "known")
    security.post(act_on(user, act))
    assert not is_in(browser)
    assert is_in(security)


def test_a_disabled_person_is_out_at_the_next_request() -> None:
    user = a_person("known")
    browser, system = Client(), signed_in(someone_with(Role.SYSTEM_ADMIN))
    sign_in(browser, "known")
    system.post(act_on(user, "disable"))
    assert not is_in(browser)
    assert sign_in(browser, "known").headers["Location"] == "/account/inactive/"
    assert Account.objects.get(user=user).disabled_at is not None


def test_signing_out_ends_the_session() -> None:
    a_person("known")
    browser = Client()
    sign_in(browser, "known")
    stolen = Client()
    bring(stolen, browser.session.session_key)
    assert is_in(stolen)
    browser.post("/account/logout/")
    assert not is_in(browser)
    assert not is_in(stolen)


def test_following_a_link_does_not_sign_out() -> None:
    browser = signed_in(a_person())
    browser.get("/account/logout/")
    assert is_in(browser)


# ---- the public's pages ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/801/2030/", "/favicon.ico"])
def test_visitors_get_no_cookie_and_pages_that_any_cache_may_keep(path: str) -> None:
    answer = Client().get(path)
    assert not answer.cookies
    assert "private" not in answer.headers.get("Cache-Control", "")


def test_a_public_page_opens_no_session_for_visitors(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # the stamp, the shelf, when it last changed
        Client().get("/")


def test_what_is_shown_to_somebody_signed_in_is_kept_by_no_shared_cache() -> None:
    browser = signed_in(a_person("known"))
    answer = browser.get("/")
    assert answer.headers["Cache-Control"] == "private"
    assert "姓名known" in answer.content.decode()
    assert "no-store" in browser.get(OWN).headers["Cache-Control"]
