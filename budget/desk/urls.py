"""The addresses of the review desk. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.desk import pages

assert addresses  # it makes the spellings of codes and years known

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("<unit_code:code>/<year:year>/", pages.budget, name="budget"),
]
