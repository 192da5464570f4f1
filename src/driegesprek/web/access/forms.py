"""Forms of the way in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from driegesprek.web.access.models import User


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


class OwnPasswordForm(forms.Form):
    """The password of a login that is there already: proof that it is theirs; wrong ones count as at the login page."""

    password = forms.CharField(
        label=_("Current Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, user: User) -> None:
        super().__init__(request.POST or None)
        self._request, self._user = request, user

    def clean_password(self) -> str:
        """Whether it is theirs."""
        given = str(self.cleaned_data["password"])
        found = get_adapter().authenticate(self._request, email=self._user.email, password=given)
        if found is None or found.pk != self._user.pk:
            raise forms.ValidationError(_("Incorrect password."))
        return given
