"""Which address answers with which page."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", admin.site.urls),
    path("findings/", include("budget.review.urls")),
    path("", include("budget.portal.urls")),
]

handler404 = "budget.portal.views.missing"
