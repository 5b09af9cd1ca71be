"""The addresses of pages about people."""

from django.urls import URLPattern, URLResolver, path

from budget.people import own, views

app_name = "people"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", own.own, name="own"),
    path("people/", views.accounts, name="accounts"),
    path("people/new/", views.create, name="create"),
    path("people/duties/", views.duties, name="duties"),
    path("people/<int:pk>/", views.account, name="account"),
    path("people/<int:pk>/disable/", views.disable, name="disable"),
    path("people/<int:pk>/enable/", views.enable, name="enable"),
    path("people/<int:pk>/approve/", views.approve, name="approve"),
    path("people/<int:pk>/grant/", views.grant_role, name="grant"),
    path("people/<int:pk>/grants/<int:grant_pk>/revoke/", views.revoke_role, name="revoke"),
    path("people/<int:pk>/reset-password/", views.reset_password, name="reset_password"),
    path(
        "people/<int:pk>/reset-second-factor/",
        views.reset_second_factor,
        name="reset_second_factor",
    ),
    path("people/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("people/<int:pk>/end-sessions/", views.end_sessions, name="end_sessions"),
]
