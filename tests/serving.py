"""The page's server for tests: the application without a network, and the command itself in a process of its own."""

import base64
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime

from conftest import environment
from starlette.testclient import TestClient

from planparse.web.app import Surroundings, application
from planparse.web.guard import Tokens

TOKEN, LAUNCH, PORT = "a-token_of-these-tests", "a-word-that_works-once", 8642
HOST = f"127.0.0.1:{PORT}"
OWN = f"http://{HOST}"
MOMENT = datetime(2024, 8, 1, tzinfo=UTC)
PATIENCE = 60


def client(faults=None, **settings):
    """A client of an application that has no server; what goes wrong in it is added to `faults`, else fails the test."""

    def fault(error):
        if faults is None:
            raise error
        faults.append(error)

    tokens = Tokens()
    tokens.token, tokens.launch = TOKEN, LAUNCH
    app = application(tokens, PORT, Surroundings(lambda: MOMENT, time.perf_counter, fault), **settings)
    return TestClient(app, base_url=OWN, headers={"Accept-Language": "en", "Accept-Encoding": "identity"}, follow_redirects=False)


def asked(client, action, origin=OWN, **request):
    """The response to what the page asks for, in English."""
    return client.post(f"/{TOKEN}/api/{action}", json={"lang": "en"} | request, headers={"Origin": origin})


def answered(client, action, **request):
    """The answer to what the page asks for."""
    response = asked(client, action, **request)
    assert response.status_code == 200, response.text
    return response.json()


def text(words, name="plan.txt", **more):
    """A plan that was pasted as text."""
    return {"name": name, "text": words} | more


def page(html, name="paste.html"):
    """A plan that was pasted from Word or a browser."""
    return {"name": name, "html": html}


def file(path, **more):
    """A plan that was dropped as a file."""
    return {"name": path.name, "data": base64.b64encode(path.read_bytes()).decode()} | more


class Served:
    """`planparse serve` that runs, with its address."""

    def __init__(self, process):
        self.process = process
        self.said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", self.said)
        assert found, self.said
        self.url, self.port, self.token = found[0], int(found[1]), found[2]

    def interrupted(self):
        """Its exit code after Ctrl-C, and what else it said."""
        self.process.send_signal(signal.SIGINT)
        _, rest = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, rest


@contextmanager
def served(*arguments, language="C.UTF-8", cwd=None, **variables):
    """The command in a process of its own, stopped when the block ends."""
    command = [sys.executable, "-m", "planparse", "serve", *map(str, arguments)]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=cwd,
        env=environment(language) | {"PYTHONUTF8": "1"} | variables,
        start_new_session=os.name != "nt",
    )  # fmt: skip
    try:
        yield Served(process)
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
