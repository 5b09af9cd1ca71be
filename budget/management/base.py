"""What all commands share: they speak Chinese, also of what is wrong with how they are called."""

from __future__ import annotations

from argparse import Action, ArgumentTypeError
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.management.base import (
    BaseCommand,
    CommandError,
    CommandParser,
    DjangoHelpFormatter,
    SystemCheckError,
)

from budget.management.complaints import in_chinese

REFUSED = 2
"""Exit code where a command cannot do what it is asked for; nothing is changed then."""


def year(words: str) -> int:
    """Return an argument that is a year. Raises ArgumentTypeError.

    >>> year("2023")
    2023
    """
    if not (words.isascii() and words.isdigit() and len(words) == 4 and words >= "1900"):
        raise ArgumentTypeError(f"“{words}”不是4位数字的年度")
    return int(words)


class Formatter(DjangoHelpFormatter):
    """Lays out help under Chinese headings."""

    HEADINGS: ClassVar = {"positional arguments": "参数", "options": "选项"}

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Begin with how the command is called."""
        super().add_usage(usage, actions, groups, "用法：")

    def add_argument(self, action: Action) -> None:
        """List an argument; what Django adds in English is told in Chinese."""
        if "--skip-checks" in action.option_strings:
            action.help = "不做系统检查"
        super().add_argument(action)

    def start_section(self, heading: str | None) -> None:
        """Begin a list of arguments."""
        super().start_section(self.HEADINGS.get(heading or "", heading))


class Parser(CommandParser):
    """Reads a command's arguments and complains in Chinese."""

    def error(self, message: str) -> Any:
        """Refuse the arguments: exit on the command line, raise CommandError in a program."""
        said = in_chinese(message)
        if self.called_from_command_line:
            self.exit(REFUSED, f"{self.format_usage()}错误：{said}\n")
        raise CommandError(said, returncode=REFUSED)


class Command(BaseCommand):
    """A command of this project."""

    suppressed_base_arguments = {  # noqa: RUF012 as Django declares it
        "--version",
        "--verbosity",
        "--settings",
        "--pythonpath",
        "--traceback",
        "--no-color",
        "--force-color",
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser of Django's and the command's own arguments, speaking Chinese."""
        made = super().create_parser(
            prog_name, subcommand, **kwargs, add_help=False, formatter_class=Formatter
        )
        parser = Parser(
            prog=made.prog,
            description=made.description,
            called_from_command_line=made.called_from_command_line,
            parents=[made],
            add_help=False,
            formatter_class=Formatter,
        )
        parser.add_argument("-h", "--help", action="help", help="显示本说明")
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; on the command line a refusal is one sentence and an exit code."""
        try:
            return super().execute(*args, **options)
        except SystemCheckError:
            raise
        except CommandError as error:
            if options.get("traceback") or not getattr(self, "_called_from_command_line", False):
                raise
            self.stderr.write(f"错误：{error}")
            raise SystemExit(error.returncode) from None
