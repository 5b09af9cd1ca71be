"""The address of help."""

from django.urls import URLPattern, URLResolver, path

from budget.help import views

app_name = "help"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.guide, name="guide"),
]
