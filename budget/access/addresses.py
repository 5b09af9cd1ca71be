"""How codes and years are spelled in the addresses of pages; importing it makes them known."""

from datetime import date

from django.urls import register_converter


class CodeConverter:
    """The code of a department (three digits) or of a unit (six); leading zeros count."""

    regex = "[0-9]{3}(?:[0-9]{3})?"

    def to_python(self, value: str) -> str:
        """Return the code as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the code as it stands."""
        return value


class YearConverter:
    """A calendar year of four digits."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year as a number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Return the year's digits."""
        return f"{value:04d}"


class DayConverter:
    """A day, as 2031-01-01."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Return the day. Raises ValueError for the 30th of February."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return it as it stands."""
        return value.isoformat()


register_converter(CodeConverter, "unit_code")
register_converter(YearConverter, "year")
register_converter(DayConverter, "day")
