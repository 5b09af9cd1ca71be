"""Fields that keep money exact, codes in one spelling and words inside their vocabulary.

Money: SQLite keeps decimals as floats and gets sums wrong (docs/decisions/0002-rounding.md), so an
amount is stored as a whole number of 分 and is a ``Decimal`` of yuan as soon as Python sees it.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable, register_combinable_fields
from django.forms import DecimalField as DecimalFormField
from django.forms import Field as FormField

from budget.codes import MalformedCode, parse_code
from budget.money import InexactAmount, fen, yuan
from budget.terms import Term

if TYPE_CHECKING:
    AmountField: TypeAlias = models.Field[Decimal | str | int | None, Any]
    TextField: TypeAlias = models.CharField[str | None, Any]
else:
    AmountField = models.Field
    TextField = models.CharField


class YuanField(AmountField):
    """An exact amount of yuan, at most ±9,999,999,999,999.99 元, stored as whole 分.

    It is not an IntegerField, though its column is: Django would then take ``F("a") + F("b")``
    for a plain number and hand out 分 as if they were yuan. Sums and differences of amounts are
    amounts; any other arithmetic in SQL is refused by Django.
    """

    description = "金额（元，存为整分）"

    def get_internal_type(self) -> str:
        """Return a kind of its own: Django cuts what it takes for an integer down to one."""
        return "YuanField"

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the column's type: a 64-bit integer on both engines."""
        return str(connection.data_types["BigIntegerField"])

    def cast_db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the type to cast to, the same."""
        return self.db_type(connection)

    def to_python(self, value: object) -> Decimal | None:
        """Return typed or stored text as yuan. Raises ValidationError in Chinese."""
        if value is None or value == "":
            return None
        try:
            amount = amount_of(value)
            fen(amount)
        except InexactAmount as error:
            raise ValidationError(str(error), code="invalid") from error
        return amount

    def get_prep_value(self, value: object) -> int | None:
        """Return yuan as 分. Raises InexactAmount: an amount is never rounded silently."""
        prepared = super().get_prep_value(value)
        return None if prepared is None else fen(amount_of(prepared))

    def from_db_value(self, value: object, expression: object, connection: object) -> Any:
        """Return stored 分 as yuan; also what Sum gives, which PostgreSQL hands out as numeric."""
        if value is None:
            return None
        if type(value) is int:
            return yuan(value)
        return yuan(whole(value))

    def value_to_string(self, obj: models.Model) -> str:
        """Return the amount of a row as serialised text, in yuan."""
        amount = self.value_from_object(obj)
        return "" if amount is None else str(amount)

    def formfield(self, **kwargs: Any) -> FormField | None:
        """Return a form field of two decimals."""
        defaults: dict[str, Any] = {
            "form_class": DecimalFormField,
            "max_digits": 15,
            "decimal_places": 2,
        }
        return super().formfield(**{**defaults, **kwargs})


register_combinable_fields(YuanField, Combinable.ADD, YuanField, YuanField)
register_combinable_fields(YuanField, Combinable.SUB, YuanField, YuanField)


def amount_of(value: object) -> Decimal:
    """Return a value as an amount of yuan. Raises InexactAmount for floats and for other words."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        try:
            return Decimal(value)
        except InvalidOperation as error:
            raise InexactAmount(f"“{value}”不是有效金额") from error
    raise InexactAmount(f"“{value}”不是精确的金额，应为十进制数")


def whole(value: object) -> int:
    """Return what the database calculated as whole 分. Raises InexactAmount for a fraction."""
    number = Decimal(str(value))
    if number != number.to_integral_value():
        raise InexactAmount(f"数据库算得的金额 {value} 不是整分")
    return int(number)


class TermField(TextField):
    """A word of one vocabulary; Python sees the term, migrations a plain text column.

    Whoever uses it also lists ``in_vocabulary`` among the model's constraints.
    """

    def __init__(self, term: type[Term], verbose_name: str, **kwargs: Any) -> None:
        self.term = term
        self._terms: dict[str, Term] = {member.value: member for member in term}
        kwargs.setdefault("max_length", 40)
        super().__init__(verbose_name, choices=term.choices(), **kwargs)

    def deconstruct(self) -> Any:
        """Describe the column, not the words: these are in the constraint."""
        name, _, args, kwargs = super().deconstruct()
        del kwargs["choices"]
        if isinstance(self.default, Term):
            kwargs["default"] = self.default.value
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> TermField:
        """Return an unbound copy; Django would make it from what ``deconstruct`` leaves."""
        _, _, _, kwargs = self.deconstruct()
        return type(self)(self.term, kwargs.pop("verbose_name"), **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Any:
        """Return the term of a stored word."""
        return None if value is None else self._terms[value]

    def to_python(self, value: object) -> Any:
        """Return the term of a word. Raises ValidationError in Chinese."""
        if value is None or value == "":
            return None
        if value not in self._terms:
            raise ValidationError(f"“{value}”不在“{self.verbose_name}”的可选值之中", code="invalid")
        return self._terms[str(value)]

    def get_prep_value(self, value: object) -> Any:
        """Return the plain word."""
        return value.value if isinstance(value, Term) else super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a choice field."""
        return super().formfield(**kwargs)


class CodeField(TextField):
    """A classification code, kept without separators however it is typed or asked for."""

    def __init__(self, verbose_name: str, *, lengths: tuple[int, ...], **kwargs: Any) -> None:
        self.lengths = lengths
        kwargs.setdefault("max_length", max(lengths))
        super().__init__(verbose_name, **kwargs)

    def deconstruct(self) -> Any:
        """Describe the column; its spelling is in the constraint."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def clone(self) -> CodeField:
        """Return an unbound copy; Django would make it from what ``deconstruct`` leaves."""
        _, _, _, kwargs = self.deconstruct()
        return type(self)(kwargs.pop("verbose_name"), lengths=self.lengths, **kwargs)

    def to_python(self, value: object) -> Any:
        """Return the code in its stored spelling. Raises ValidationError in Chinese."""
        if value is None or value == "":
            return None
        try:
            code = parse_code(str(value))
        except MalformedCode as error:
            raise ValidationError(str(error), code="invalid") from error
        if len(code) not in self.lengths:
            expected = "、".join(str(length) for length in self.lengths)
            raise ValidationError(f"“{value}”应为{expected}位编码", code="invalid")
        return code

    def get_prep_value(self, value: object) -> Any:
        """Return the stored spelling; what is no code finds nothing, and is refused on saving."""
        if not isinstance(value, str):
            return super().get_prep_value(value)
        try:
            return parse_code(value)
        except MalformedCode:
            return value

    def formfield(self, **kwargs: Any) -> Any:
        """Return a text field with room for separators (201-03-01)."""
        return super().formfield(**{"max_length": 20, **kwargs})
