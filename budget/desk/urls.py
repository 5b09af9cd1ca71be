"""The addresses of the review desk. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.desk import consolidation, pages, sums, units

assert addresses  # it makes the spellings of codes and years known

app_name = "desk"

urlpatterns: list[URLPattern | URLResolver] = [
    path("sums/", sums.sums, name="sums"),
    path("sums/table.xlsx", sums.sums_file, name="sums_file"),
    path("lines/<year:year>.xlsx", sums.lines_file, name="lines"),
    path("<unit_code:code>/<year:year>/", pages.budget, name="budget"),
    path("<unit_code:code>/<year:year>/units/", units.units, name="units"),
    path(
        "<unit_code:code>/<year:year>/consolidation/",
        consolidation.consolidation,
        name="consolidation",
    ),
]
