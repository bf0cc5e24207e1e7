"""Parses Chinese plan documents into typed JSON.

Everything public is named in `__all__` and loads on first use, so that the command line starts fast.
"""

__version__ = "0.1.0"

__all__ = [
    "Document",
    "InputError",
    "PlanparseError",
    "Source",
    "__version__",
    "check",
    "compare",
    "fix",
    "parse",
    "parse_bytes",
    "read",
    "validate",
]

TYPE_CHECKING = False  # type checkers take the name for true; importing it from typing would cost a fifth of start-up

if TYPE_CHECKING:
    from planparse import validate
    from planparse.checking.texts import check, fix
    from planparse.diff.compare import compare
    from planparse.documents import parse, parse_bytes, read
    from planparse.errors import InputError, PlanparseError
    from planparse.model import Document
    from planparse.source import Source

_HOMES = {
    "Document": "model",
    "InputError": "errors",
    "PlanparseError": "errors",
    "Source": "source",
    "check": "checking.texts",
    "compare": "diff.compare",
    "fix": "checking.texts",
    "parse": "documents",
    "parse_bytes": "documents",
    "read": "documents",
}


def __getattr__(name: str) -> object:
    """Loads a public name's module when the name is first used (PEP 562)."""
    from importlib import import_module

    if name == "validate":
        return import_module("planparse.validate")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"planparse.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What completion offers: the public names, loaded or not."""
    return sorted({*globals(), *__all__})
