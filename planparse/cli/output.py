"""Where results go: standard output, or a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from planparse.errors import PlanparseError

Put = Callable[[bytes], object]


@contextmanager
def opened(path: str | None) -> Iterator[Put]:
    """A function that takes the result piece by piece. A file appears under its name only when all went well.

    Args:
        path: The file; None or `-` is standard output.

    Raises:
        PlanparseError: The file cannot be made.
    """
    if path is None or path == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer.write
        sys.stdout.buffer.flush()
        return
    if os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path):
        with open(path, "wb") as device:  # /dev/null and pipes are written to, never replaced
            yield device.write
        return
    target = os.path.realpath(path)  # a link stays a link
    if os.path.isdir(target):
        raise PlanparseError("{name}: this is a folder; name a file to write", name=path)
    if not os.path.isdir(os.path.dirname(target)):
        raise PlanparseError("{name}: cannot be written, its folder does not exist", name=path)
    if os.path.exists(target) and not os.access(target, os.W_OK):  # replacing it would ask only its folder
        raise PlanparseError("{name}: is read-only and was not written", name=path)
    draft = f"{target}.{os.getpid()}.part"
    try:
        file = open(draft, "wb")
    except OSError as error:
        raise PlanparseError("{name}: cannot be written ({reason})", name=path, reason=error.strerror or str(error)) from None
    try:
        with file:
            yield file.write
        if os.path.exists(target):
            os.chmod(draft, os.stat(target).st_mode)
        os.replace(draft, target)
    finally:
        if os.path.exists(draft):
            os.remove(draft)
