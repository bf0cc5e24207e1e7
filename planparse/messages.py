"""Messages in the reader's language. English is the source: the English text is the key of its translations.

After adding a message: add it to `planparse/locale/zh_CN/LC_MESSAGES/planparse.po`, then run
`pybabel compile -d planparse/locale -D planparse`. A test finds every message without a translation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planparse.errors import Term

Translate = Callable[[str], str]

LANGUAGES = {"en": None, "zh": "zh_CN"}
"""The languages by the name users give them, with their catalogue's folder."""


def translator(language: str) -> Translate:
    """A function from an English message to the language's; messages without a translation stay English.

    Raises:
        KeyError: The language is none of `LANGUAGES`.
    """
    folder = LANGUAGES[language]
    if folder is None:
        return str
    import gettext  # only now: English must start fast
    import os

    return gettext.translation("planparse", os.path.join(os.path.dirname(__file__), "locale"), [folder]).gettext


def fill(translate: Translate, message: str, values: Mapping[str, object]) -> str:
    """A message translated, its fields filled in; fields that are a `Term` are translated too."""
    return translate(message).format(**{key: translate(value) if isinstance(value, Term) else value for key, value in values.items()})
