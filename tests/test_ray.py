"""The same work on a real Ray cluster of two nodes, started here on loopback: with nothing in its way, and with a worker and a node lost."""

import os
import threading
import time
from pathlib import Path

import pytest
from archives import fill, plan, same
from archives import records as records_of

ray = pytest.importorskip("ray")
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="clusters of Windows are not supported by Ray"),
    pytest.mark.filterwarnings("ignore"),
]

from ray.cluster_utils import Cluster as Machines  # noqa: E402

from planparse.corpus.cluster import Cluster  # noqa: E402
from planparse.corpus.engines import Here  # noqa: E402
from planparse.corpus.job import Job  # noqa: E402
from planparse.corpus.ledger import Ledger  # noqa: E402
from planparse.corpus.listing import items  # noqa: E402
from planparse.corpus.records import Asked  # noqa: E402
from planparse.corpus.run import run  # noqa: E402
from planparse.corpus.storage import Folder  # noqa: E402


@pytest.fixture(scope="module")
def machines():
    """A head that works on nothing, and a node that works; tests add more."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    cluster = Machines(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, "object_store_memory": 80 << 20})
    yield cluster
    cluster.shutdown()


def work(source, out, engine, tell=None, read=None):
    import faulty

    found = items([str(source)], str(out))
    job = Job(str(out), Asked(), "0", read or faulty.read, time.perf_counter, 30.0)
    ledger = Ledger(Folder(str(out)), job.key)
    ledger.folder.make()
    outcome = run(job, ledger, found, engine, tell)
    ledger.tidy(found, packed=False)
    return outcome, sorted(same(records_of(out)), key=lambda record: record["source"]["name"])


def test_a_cluster_that_loses_a_worker_and_then_a_node(machines, tmp_path):
    fill(tmp_path / "in", 800)
    (tmp_path / "in" / "0700.txt").write_text(f"DIE ONCE {tmp_path / 'mark'}\n{plan(700)}", "utf-8")  # its worker is lost, once
    (tmp_path / "in" / "0300.txt").write_text("DIE\n", "utf-8")  # its worker is lost, whenever it is read
    first = machines.add_node(num_cpus=1, object_store_memory=80 << 20)
    second = machines.add_node(num_cpus=1, object_store_memory=80 << 20)
    del first
    engine = Cluster(machines.address)
    lost = threading.Event()

    def tell(progress):
        if progress.files >= 200 and not lost.is_set():
            lost.set()
            machines.remove_node(second, allow_graceful=False)

    try:
        outcome, found = work(tmp_path / "in", tmp_path / "out", engine, tell)
    finally:
        engine.close()
    assert lost.is_set()
    assert (tmp_path / "mark").exists()
    assert outcome.unwritten == 0
    names = [Path(record["source"]["name"]).name for record in found]
    assert names == [f"{k:04d}.txt" for k in range(800)], "none lost, none twice"
    assert [record["source"]["name"][-8:] for record in found if record["error"]] == ["0300.txt"]
    (tmp_path / "in" / "0300.txt").write_text(plan(300), "utf-8")
    _, undisturbed = work(tmp_path / "in", tmp_path / "local", Here())
    assert [record for record in found if not record["error"]] == [record for k, record in enumerate(undisturbed) if k != 300]
