"""The addresses of the bureau's pages. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from budget.bureau import years

assert addresses  # it makes the spellings of codes and years known

app_name = "bureau"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", years.years, name="years"),
    path("years/new/", years.new_year, name="new_year"),
    path("years/<year:year>/", years.year, name="year"),
    path("years/<year:year>/dates/", years.change_year, name="change_year"),
    path("years/<year:year>/open/<slug:round>/", years.open_year, name="open_year"),
]
