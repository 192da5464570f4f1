"""Forms about the school itself."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from driegesprek.web.people.enums import StaffRole
from driegesprek.web.people.models import School, Staff


class SchoolForm(forms.ModelForm):  # type: ignore[type-arg] # Django's forms are not generic at run time
    """The school's name and number, as families see them."""

    class Meta:
        model = School
        fields = ["name", "phone"]
        labels = {"name": _("Name of the school"), "phone": _("Telephone number for families")}


class BeginForm(forms.Form):
    """The first school and its first user."""

    school = forms.CharField(label=_("Name of the school"), max_length=200)
    location = forms.CharField(
        label=_("Location"), max_length=200, required=False, help_text=_("Leave empty if there is only one.")
    )
    city = forms.CharField(label=_("Town"), max_length=100, required=False)
    phone = forms.CharField(
        label=_("Telephone number for families"),
        max_length=40,
        required=False,
        help_text=_("It stands on every sheet."),
    )
    given_name = forms.CharField(label=_("Your given name"), max_length=100)
    prefix = forms.CharField(
        label=_("Prefix"), max_length=40, required=False, help_text=_("For example: van der")
    )
    family_name = forms.CharField(label=_("Your family name"), max_length=120)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You log in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten characters. A sentence is easy to remember."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Django's validators say what is wrong."""
        validate_password(self.cleaned_data["password"])
        return str(self.cleaned_data["password"])


class StaffForm(forms.ModelForm):  # type: ignore[type-arg] # as above
    """A member of staff; whoever is the mentor of a class needs no further role."""

    roles = forms.MultipleChoiceField(
        label=_("Role"),
        required=False,
        choices=StaffRole.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A mentor needs no role here: choose the mentor at the class."),
    )

    class Meta:
        model = Staff
        fields = ["given_name", "prefix", "family_name", "email", "phone", "roles", "active"]
        labels = {
            "given_name": _("Given name"),
            "prefix": _("Prefix"),
            "family_name": _("Family name"),
            "email": _("E-mail address"),
            "phone": _("Telephone"),
            "active": _("Works here"),
        }
        field_classes = {"email": forms.EmailField}
        widgets = {"email": forms.EmailInput, "phone": forms.TextInput(attrs={"type": "tel"})}

    def clean_roles(self) -> list[Any]:
        """As a list, the way it is stored."""
        return list(self.cleaned_data["roles"])
