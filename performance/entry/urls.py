"""The addresses of the library of indicators; who may come is in `budget.access.routes`."""

from django.urls import URLPattern, URLResolver, path

from budget.access import addresses
from performance.entry import kept, taking

assert addresses  # it makes the spellings of codes and years known

app_name = "indicators"

urlpatterns: list[URLPattern | URLResolver] = [
    path("indicators/", kept.library, name="library"),
    path("indicators/new/", kept.new, name="new"),
    path("indicators/<int:key>/", kept.change, name="change"),
    path("entry/<unit_code:code>/<year:year>/indicators/library/", taking.choose, name="choose"),
]
