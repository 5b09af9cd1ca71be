"""The addresses of help."""

from django.urls import URLPattern, URLResolver, path

from budget.help import views

app_name = "help"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.guide, name="guide"),
    path("review/", views.review, name="review"),
    path("publishing/", views.publishing, name="publishing"),
    path("administrators/", views.administrators, name="administrators"),
    path("operations/", views.operations, name="operations"),
]
