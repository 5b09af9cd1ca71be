"""The addresses of signing in: those of allauth that we use, and no other.

Signing up, e-mail, social accounts and resetting a password by mail have no address here.
"""

from allauth.account import views as account
from allauth.usersessions import views as sessions
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("second-factor/", include("allauth.mfa.urls")),
]
