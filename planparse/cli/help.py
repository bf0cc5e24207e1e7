"""Help pages in the user's language: typer's, with translated texts and headings, and examples at the foot."""

from __future__ import annotations

import inspect
from typing import Any

from typer.core import TyperCommand, TyperGroup

from planparse.messages import Translate

Examples = tuple[tuple[str, str], ...]
"""What a user wants, and the command that does it."""

HEADINGS = ("Usage:", "Arguments", "Options", "Commands", "Examples", "Show this message and exit.")
"""What typer itself says on a help page, for the catalogue."""


class _Page:
    """The parts that a command's page and the group's page share. typer's own types of context are private: hence Any."""

    examples: Examples = ()
    help: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """`Usage: planparse parse …`."""
        pieces = " ".join(ctx.command.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, f"{ctx.obj.translate('Usage:')} ")

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(ctx.obj.translate(inspect.cleandoc(self.help or "")))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options with their help, then the commands of a group."""
        translate: Translate = ctx.obj.translate
        for heading, kind in (("Arguments", "argument"), ("Options", "option")):
            rows = [_row(p, ctx) for p in ctx.command.get_params(ctx) if p.param_type_name == kind]
            if rows:
                with formatter.section(translate(heading)):
                    formatter.write_dl(rows)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Nothing: a command has no commands."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """The examples, each under what it is for."""
        with formatter.section(ctx.obj.translate("Examples")):
            for purpose, command in self.examples:
                formatter.write(f"  {ctx.obj.translate(purpose)}:\n    $ {command}\n")


class HelpfulCommand(_Page, TyperCommand):
    """A command with a translated page."""


class HelpfulGroup(_Page, TyperGroup):
    """The group with a translated page."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands, by their lines in the table."""
        with formatter.section(ctx.obj.translate("Commands")):
            formatter.write_dl([(name, ctx.obj.translate(line)) for name, line in self.summaries()])

    def summaries(self) -> list[tuple[str, str]]:
        """Each command's name and line."""
        raise NotImplementedError


def _row(parameter: Any, ctx: Any) -> tuple[str, str]:
    """An option's names and its help; typer adds the range of a number to the help, untranslated."""
    names, text = parameter.get_help_record(ctx)
    return names, text.replace(parameter.help, ctx.obj.translate(parameter.help), 1)
