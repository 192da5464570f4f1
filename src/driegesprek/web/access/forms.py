"""Forms of the way in."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _


class NewPasswordForm(forms.Form):
    """A first or new password, typed once, visible on demand by the browser."""

    password = forms.CharField(
        label=_("New password"),
        help_text=_("At least ten characters. A sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        """Django's validators say what is wrong."""
        validate_password(self.cleaned_data["password"], self._user)
        return str(self.cleaned_data["password"])
