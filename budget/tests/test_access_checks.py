"""Nothing starts with an address that nobody thought about."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from budget.access.checks import every_address_has_an_entry, gaps, view_names
from budget.access.entries import Public
from budget.access.gate import Gate
from budget.access.routes import ROUTES, entry_for
from budget.config.urls import urlpatterns as real


def forgotten(request: HttpRequest) -> HttpResponse:
    """Answer, though nobody said to whom."""
    return HttpResponse()


urlpatterns = [*real, path("forgotten/", forgotten, name="forgotten")]


def test_the_site_has_no_gaps() -> None:
    assert every_address_has_an_entry() == []


@pytest.mark.urls(__name__)
def test_a_planted_address_keeps_the_site_from_starting() -> None:
    [found] = every_address_has_an_entry()
    assert (found.id, found.is_serious()) == ("budget.E001", True)
    assert "“forgotten”" in found.msg
    with pytest.raises(SystemCheckError, match=r"budget\.E001"):
        call_command("check")
    with pytest.raises(ImproperlyConfigured, match="forgotten"):
        Gate(lambda request: HttpResponse())


def test_an_address_without_a_name_is_known_by_its_function() -> None:
    names = view_names([path("a/", include([path("b/", forgotten)]))])
    assert gaps(names, {}) == ((f"{__name__}.forgotten",), ())


def test_an_entry_without_an_address_is_a_gap_too() -> None:
    assert gaps([], {"gone": Public()}) == ((), ("gone",))


def test_a_name_space_stands_for_all_its_addresses() -> None:
    assert entry_for("admin:auth_user_changelist") is ROUTES["admin:*"]
    assert entry_for("adminfoo") is None
    assert entry_for("unknown:index") is None


def test_without_the_setting_there_are_no_administration_pages(settings: Any) -> None:
    assert settings.ADMIN is True  # tests run with them, production without
    names = set(view_names(real))
    without = {name for name in names if not name.startswith("admin:")}
    assert gaps(without) == ((), ())
