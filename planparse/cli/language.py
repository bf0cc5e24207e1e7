"""Which language to speak; known before the application is built, because its help is built in that language."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Literal

from planparse.messages import LANGUAGES

Language = Literal["en", "zh"]


def choose(arguments: list[str], environment: Mapping[str, str]) -> str:
    """The language of `--lang`, else of the system, else English. A wrong `--lang` is left to the parser of options."""
    return _asked(arguments) or _system(environment)


def _asked(arguments: list[str]) -> str | None:
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    asked = None
    for k, option in enumerate(options):
        value = (
            option.removeprefix("--lang=")
            if option.startswith("--lang=")
            else options[k + 1]
            if option == "--lang" and k + 1 < len(options)
            else None
        )
        if value in LANGUAGES:
            asked = value
    return asked


def _system(environment: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return "zh" if environment[variable].lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        # The low ten bits of a Windows language identifier are the language; 4 is Chinese, whatever the region.
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 4 else "en"
    return "en"
