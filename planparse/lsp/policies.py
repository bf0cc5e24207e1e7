"""What holds for an open file: the configuration nearest to it, as `planparse check` would find it."""

from __future__ import annotations

import os
from functools import lru_cache

from planparse.checking.config import Configurations
from planparse.checking.policy import Asked, Policies, Policy
from planparse.errors import PlanparseError
from planparse.report.formats import FORMATS
from planparse.rules.selection import Selection


def policy_of(path: str) -> tuple[Policy, PlanparseError | None]:
    """The policy for a file, read anew each time: the user may be editing it. What is wrong with it comes along; then the defaults hold.

    A file that the configuration excludes has no findings, as it is open because the user works on it, not to be checked.
    """
    try:
        configurations = Configurations(formats=FORMATS)
        policy = Policies(Asked(), configurations).of(path)
        absolute = os.path.abspath(path)
        if any(pattern.fits(absolute) for pattern in configurations.of_file(path).exclude):
            policy = policy._replace(selection=Selection({}))
    except PlanparseError as error:
        return _default(), error
    return policy, None


@lru_cache(maxsize=1)
def _default() -> Policy:
    return Policies(Asked(), Configurations(isolated=True)).of("")
