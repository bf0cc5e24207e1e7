"""Readers that fail in the ways that files make readers fail: what a text begins with says how. Workers import this module."""

import os
import signal
import time

from planparse.corpus.records import Document, read_document

SECONDS = 600


def read(data, name, asked):
    """Reads like the real one, unless the text asks for something else."""
    word = data.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    if word == "HANG":
        time.sleep(SECONDS)
    elif word == "DEAF":  # no alarm reaches it
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(SECONDS)
    elif word == "SWALLOW":  # takes the alarm for an error of its own
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                time.sleep(SECONDS)
            except BaseException:
                if time.monotonic() > end - SECONDS + 1:
                    raise
    elif word == "DIE":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word.startswith("DIE ONCE"):
        mark = word.removeprefix("DIE ONCE ")
        if not os.path.exists(mark):
            open(mark, "x").close()
            os.kill(os.getpid(), signal.SIGKILL)
    elif word == "HOG":
        hoard = [bytes(1 << 20) for _ in range(1 << 20)]
        return Document(str(len(hoard)), {})
    elif word == "BREAK":
        raise RuntimeError("no such luck")
    return read_document(data, name, asked)
