"""Logging in: the few pages of allauth that this house uses, by name, so that nothing else is open."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from driegesprek.web.access import views
from driegesprek.web.access.guards import logged_in, public

urlpatterns = [
    path("login/", public(account.login), name="account_login"),
    path("logout/", logged_in(account.logout), name="account_logout"),
    path("opnieuw/", logged_in(account.reauthenticate), name="account_reauthenticate"),
    path("wachtwoord/", logged_in(account.password_change), name="account_change_password"),
    path("vergeten/", views.password_forgotten, name="account_reset_password"),
    path("aanmelden/", views.no_signup, name="account_signup"),
    path("inactief/", public(account.account_inactive), name="account_inactive"),
    path("uitnodiging/<str:secret>/", views.accept_invitation, name="accept_invitation"),
    path("2fa/", logged_in(mfa.index), name="mfa_index"),
    path("2fa/inloggen/", public(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/opnieuw/", logged_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/app/", logged_in(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/app/uit/", logged_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/codes/", logged_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("2fa/codes/nieuw/", logged_in(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(
        "2fa/codes/bestand/", logged_in(recovery.download_recovery_codes), name="mfa_download_recovery_codes"
    ),
]
