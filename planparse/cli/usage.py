"""Errors in the use of options: typer's messages, in the user's language where they are known."""

from __future__ import annotations

import re
import sys
from typing import Any

from planparse.messages import Translate

PATTERNS = (
    "No such option: {} (Possible options: {})",
    "No such option: {}",
    "No such command {}.",
    "Missing command.",
    "Missing argument {}.",
    "Option {} requires an argument.",
    "Option {} does not take a value.",
    "Got unexpected extra argument(s) ({})",
    "Invalid value for {}: {}",
    "{} is not one of {}.",
    "{} is not a valid {}.",
    "{} is not in the range {}.",
)
"""typer's English messages, which it does not translate itself; a message that fits none stays English."""


def show(error: Any, translate: Translate) -> None:
    """Prints a usage error of typer: the usage, where help is, the message."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(error.format_message(), file=sys.stderr)
        return
    if context is not None:
        print(context.get_usage(), file=sys.stderr)
        print(translate("Try '{command} --help' for help.").format(command=context.command_path), file=sys.stderr)
    print(translate("Error: {message}").format(message=_translated(error.format_message(), translate)), file=sys.stderr)


def _translated(message: str, translate: Translate) -> str:
    for pattern in PATTERNS:
        found = re.fullmatch(re.escape(pattern).replace(r"\{\}", "(.*)"), message, re.DOTALL)
        if found:
            return translate(pattern).format(*(_translated(part, translate) for part in found.groups()))
    return message
