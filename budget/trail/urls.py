"""The addresses of the trail. Each stands in the permission table."""

from django.urls import URLPattern, URLResolver, path

from budget.trail import views

app_name = "trail"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.entries, name="entries"),
    path("verify/", views.check, name="verify"),
    path("export/<slug:ending>/", views.export, name="export"),
    path("<int:number>/", views.entry, name="entry"),
]
