"""Packages that only some formats need: they come with an extra (`pip install 'planparse[pdf]'`) and load on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planparse.errors import MissingPackage

PACKAGES = {
    "duckdb": "store", "fsspec": "remote", "pdfminer": "pdf", "pyarrow": "store", "pyarrow.parquet": "store", "pygls": "lsp",
    "python_calamine": "sheets", "ray": "ray", "rensa": "store", "selectolax.lexbor": "html", "starlette": "web", "uvicorn": "web",
    "xlsxwriter": "sheets", "zstandard": "store",
}  # fmt: skip
"""The modules, with the extra that brings each."""


def need(module: str) -> Any:
    """The module, imported.

    Raises:
        MissingPackage: It is not installed; the message says what to install.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise MissingPackage(
            "this format needs the package {package}; install it with: pip install 'planparse[{extra}]'",
            package=module.partition(".")[0], extra=PACKAGES[module],
        ) from None  # fmt: skip
