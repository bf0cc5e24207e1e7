"""Builds the application from the table of commands, runs it, and turns every way a run can end into an exit code."""

from __future__ import annotations

import os
import sys
from glob import glob
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_command as build

from planparse.cli import COMMANDS
from planparse.cli.console import Console
from planparse.cli.help import HelpfulCommand, HelpfulGroup
from planparse.cli.language import Language, choose
from planparse.cli.usage import show
from planparse.errors import PlanparseError
from planparse.messages import translator

STYLE: dict[str, Any] = {
    "add_completion": False, "rich_markup_mode": None, "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["--help", "-h"]},
}  # fmt: skip


UsageError: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for wrong options; it exports only this one's child."""


class Commands(HelpfulGroup):
    """The commands of the table; a command's module is imported when the command is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer names the arguments
        """The names, in the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> HelpfulCommand | None:  # noqa: ARG002
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        place, function, _ = COMMANDS[cmd_name]
        module = import_module(place)
        app = typer.Typer(**STYLE)
        app.command(cmd_name, cls=HelpfulCommand)(getattr(module, function))
        command = build(app)
        assert isinstance(command, HelpfulCommand)
        command.examples = module.EXAMPLES
        # Every command takes --lang, read from the arguments before anything is built.
        command.params.append(next(parameter for parameter in self.params if parameter.name == "lang"))
        return command

    def summaries(self) -> list[tuple[str, str]]:
        """Each command with its line of the table, without loading it."""
        return [(name, line) for name, (_, _, line) in COMMANDS.items()]


def print_version(wanted: bool) -> None:
    """For `--version` among other options; alone it is answered sooner."""
    if wanted:
        from planparse import __version__

        print(f"planparse {__version__}")
        raise typer.Exit


def application() -> Commands:
    """The group with all commands."""
    app = typer.Typer(cls=Commands, no_args_is_help=True, **STYLE)

    @app.callback()
    def planparse(
        version: Annotated[
            bool, typer.Option("--version", "-V", help="Print the version and exit.", is_eager=True, callback=print_version)
        ] = False,
        lang: Annotated[
            Language | None,
            typer.Option("--lang", help="Language of messages and help; else the system's.", expose_value=False),
        ] = None,
    ) -> None:
        """Parse Chinese plan documents into typed JSON."""
        del version, lang  # both are dealt with before this is called

    group = build(app)
    assert isinstance(group, Commands)
    group.examples = (("Help on one command", "planparse parse --help"), ("A first look at a plan", "planparse outline plan.txt"))
    return group


def run(arguments: list[str]) -> int:
    """Runs the command that the arguments name; no error leaves it as a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if os.name == "nt" and hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # the console's own code page lacks characters
    console = Console(translator(choose(arguments, os.environ)))
    if os.name == "nt":  # the Windows shells leave wildcards to the program
        arguments = [name for argument in arguments for name in (glob(argument) or [argument])]
    try:
        code = _invoke(arguments, console)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has left. Python would complain when it flushes at exit: give it nowhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    return code


def _invoke(arguments: list[str], console: Console) -> int:
    try:
        with application().make_context("planparse", list(arguments), obj=console) as context:
            context.command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except UsageError as error:
        show(error, console.translate)
        return 2
    except PlanparseError as error:
        console.error(error)
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        console.say("cannot write the result ({reason})", reason=error.strerror or str(error))
        return 2
    except Exception as error:  # noqa: BLE001 - the last net under every command
        console.bug(error)
        return 2
    return 0
