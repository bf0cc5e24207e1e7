"""Ray, for more than one machine: the engine of `planparse batch --engine ray`, which the extra `ray` brings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from planparse.corpus.engines import WINDOW, Lost, Results
from planparse.corpus.limits import rarely_collect
from planparse.errors import PlanparseError
from planparse.extras import need

T = TypeVar("T")
R = TypeVar("R")

RETRIES = 2
"""A task whose worker or node is lost is begun again so many times."""


class Cluster:
    """A Ray cluster.

    Args:
        address: Where it is; None starts one on this machine.
        jobs: How many tasks run at once on one that is started here.
    """

    def __init__(self, address: str | None, jobs: int | None = None) -> None:
        self.ray = need("ray")
        said: dict[str, Any] = {"address": address} if address else {"address": "local", "num_cpus": jobs, "include_dashboard": False}
        try:
            self.ray.init(logging_level="ERROR", log_to_driver=False, **said)
        except (OSError, RuntimeError, ValueError) as error:
            raise PlanparseError("Ray cannot be reached or started ({reason})", reason=str(error)) from None

    def __call__(self, fn: Callable[[T], R], items: Iterable[T]) -> Results[T, R]:
        """The items as they are done."""
        ray, source = self.ray, iter(items)
        task = ray.remote(num_cpus=1, max_retries=RETRIES)(_call)
        shared = ray.put(fn)
        waiting: dict[Any, T] = {}
        while True:
            most = WINDOW * max(1, int(ray.cluster_resources().get("CPU", 1)))
            while len(waiting) < most and (item := next(source, None)) is not None:
                waiting[task.remote(shared, item)] = item
            if not waiting:
                return
            (done,), _ = ray.wait(list(waiting), num_returns=1)
            item = waiting.pop(done)
            try:
                result = ray.get(done)
            except ray.exceptions.RayTaskError as error:
                yield item, None, error.as_instanceof_cause()
            except ray.exceptions.RayError as error:  # its worker or node was lost, again and again
                yield item, None, Lost(str(error))
            else:
                yield item, result, None

    def close(self) -> None:
        """Leaves the cluster; one that was started here ends."""
        self.ray.shutdown()


def _call(fn: Callable[[T], R], item: T) -> R:
    rarely_collect()
    return fn(item)
