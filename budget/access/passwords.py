"""What a password must be beside long and not common: of several kinds of signs, and new.

等级保护 (GB/T 22239, 8.1.4.1) wants complexity and regular change; the last five stay refused.
"""

from __future__ import annotations

import secrets
from itertools import islice

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from budget.models import UsedPassword

REMEMBERED = 5
# Without signs that people take for one another when they copy a password from paper.
LETTERS, CAPITALS, DIGITS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"


def one_time_password() -> str:
    """Return a random password of 14 signs (about 80 bits) to be handed over once."""
    kinds = (LETTERS, CAPITALS, DIGITS)
    signs = [secrets.choice(kind) for kind in kinds]
    signs += [secrets.choice("".join(kinds)) for _ in range(11)]
    secrets.SystemRandom().shuffle(signs)
    return "".join(signs)


class KindsOfSigns:
    """At least three of: small letters, capitals, digits, other signs."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Pass, or raise ValidationError."""
        kinds = (str.islower, str.isupper, str.isdigit, lambda sign: not sign.isalnum())
        if sum(any(map(kind, password)) for kind in kinds) < 3:
            raise ValidationError(self.get_help_text(), code="password_of_few_kinds")

    def get_help_text(self) -> str:
        """Return what is asked for."""
        return "密码须包含大写字母、小写字母、数字、符号中的至少三种。"


class NotUsedBefore:
    """Not the present password and none of the last five."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Pass, or raise ValidationError."""
        if user is None or user.pk is None:
            return
        used = UsedPassword.objects.filter(user_id=user.pk).values_list("hash", flat=True)
        recent = [user.password, *islice(used, REMEMBERED)]
        if any(check_password(password, each) for each in dict.fromkeys(recent)):
            raise ValidationError(self.get_help_text(), code="password_used_before")

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Remember the hash of a password that was just set."""
        if user is not None and user.pk is not None:
            UsedPassword.objects.create(user_id=user.pk, hash=user.password)

    def get_help_text(self) -> str:
        """Return what is asked for."""
        return f"新密码不能与最近{REMEMBERED}次用过的密码相同。"
