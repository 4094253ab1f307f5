"""Who may have an account: people whom an admin let in, nobody else. And the words of their forms."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Your password now"),
    "password1": _("The new password"),
    "password2": _("The new password once more"),
}
_HELP = {
    "password1": _("At least 12 characters; neither a password that many people use nor one much like your address."),
}


class StaffOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """The account adapter of a desk for staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Return False: staff are made by an admin or by the command line."""
        return False


class _Plain:
    """Gives fields our labels and help, and takes away the placeholders that only repeat them."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  # allauth's own, handed on
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
            field.help_text = _HELP.get(name, "")


class LogIn(_Plain, forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address and password."""


class ChangePassword(_Plain, forms.ChangePasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The password as it is, and the new one twice."""


class AskForReset(_Plain, forms.ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """The address to which the link goes."""


class ResetPassword(_Plain, forms.ResetPasswordKeyForm):  # type: ignore[misc]  # allauth ships no types
    """The new password twice, behind the link."""
