"""Words of allauth that our staff see. Named here, so that our own Dutch takes the place of theirs ('u', and plainer)."""

from django.utils.translation import gettext_noop as _

SHOWN = (
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Remember Me"),
    _("Forgot your password?"),
    _("Please type your current password."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Successfully signed in as %(name)s."),
    _("You have signed out."),
    _("Password successfully changed."),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("You must type the same password each time."),
    _("Authenticator code"),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("A new set of recovery codes has been generated."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
)
