"""The two addresses, without a slash at the end, as those who ask for them are used to."""

from django.urls import URLPattern, URLResolver, path

from budget.health import views

app_name = "health"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.alive, name="alive"),
    path("readyz", views.ready, name="ready"),
]
