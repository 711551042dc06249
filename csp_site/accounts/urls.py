"""Signing in and out, and passwords. Accounts are made by an administrator, so there is no page to sign up."""

from allauth.account import views
from allauth.mfa import urls as mfa
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from . import whole
from .invitation import invitation

urlpatterns = [
    path(
        "",
        login_required(require_safe(TemplateView.as_view(template_name="account/account.html"))),
        name="account",
    ),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include(whole.all_whole(mfa.urlpatterns))),
    path("sessions/", whole.whole(sessions.list_usersessions), name="usersessions_list"),
    path("single-sign-on/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("invitation/<str:key>/", invitation, name="invitation"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", whole.PasswordChange.as_view(), name="account_change_password"),
    path("password/set/", whole.PasswordSet.as_view(), name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        whole.PasswordReset.as_view(),
        name="account_reset_password_from_key",
    ),
    path("password/reset/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
