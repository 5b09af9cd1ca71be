"""The addresses of a budget's way. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.flow import files, granting, pages, places
from budget.terms import Round

assert addresses  # it makes the spellings of codes and years known

app_name = "flow"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.desk, name="desk"),
    path("<unit_code:code>/<year:year>/", pages.way, name="budget"),
    path("<unit_code:code>/<year:year>/take/<slug:action>/", pages.take, name="take"),
    path("<unit_code:code>/<year:year>/answers/", pages.answer, name="answer"),
    path("<unit_code:code>/<year:year>/amounts/", granting.amounts, name="amounts"),
    path("<unit_code:code>/<year:year>/files/", files.files, name="files"),
    path("<unit_code:code>/<year:year>/files/again/", files.again, name="files_again"),
    path("<unit_code:code>/<year:year>/places/", places.places, name="places"),
    # An earlier version: a published one stays within reach while its correction is on the way.
    path("<unit_code:code>/<year:year>/v<int:version>/", pages.way, name="version"),
    path(
        "<unit_code:code>/<year:year>/v<int:version>/take/<slug:action>/",
        pages.take,
        name="take_version",
    ),
    # One of the first submission, which has its own numbers, once the second is open.
    path(
        "<unit_code:code>/<year:year>/first/v<int:version>/",
        pages.way,
        {"round_": Round.FIRST_SUBMISSION},
        name="first_version",
    ),
    path(
        "<unit_code:code>/<year:year>/first/v<int:version>/take/<slug:action>/",
        pages.take,
        {"round_": Round.FIRST_SUBMISSION},
        name="take_first_version",
    ),
]
