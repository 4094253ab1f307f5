"""The addresses. Each room has its own; here they are put together."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from amends.desk.shell import shell

# Of allauth's pages only those that staff need: there is no sign-up, and an admin sets addresses.
_ACCOUNT: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(_ACCOUNT)),
    path("api/", include("amends.api.urls")),
    path("complain/", include("amends.channels.webform.urls")),
    path("phone/", include("amends.channels.phone.urls"), {"frame": shell}),  # channels do not know the desk
    path("", include("amends.desk.urls")),
]
