"""Runs the commands that a page shows and compares their output with what stands below them.

A ```console block holds commands after `$ `, each with what it prints. A line `…` stands for lines that are left out.
"""

import re
import shlex
import subprocess
import sys

from conftest import environment

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT_OUT = "…\n"


def commands(page):
    """The commands of a page, in order."""
    return [line for block in BLOCK.findall(page) for line in block.splitlines() if line.startswith("$ ")]


def refreshed(page, folder, language):
    """The page with the output that its commands have now, run one after the other in `folder`."""
    program = folder / "bin" / "planparse"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m planparse "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    variables = environment(language) | {"PYTHONUTF8": "1"}
    variables["PATH"] = f"{program.parent}:{variables['PATH']}"
    code = 0

    def output(command):
        nonlocal code
        line = f"(exit {code}); {command}"  # so that `echo $?` tells the command before
        done = subprocess.run(["sh", "-c", line], cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        code = done.returncode
        return done.stdout.decode()

    def block(match):
        text = ""
        for part in re.split(r"^\$ ", match[1], flags=re.MULTILINE)[1:]:
            command, shown = part.split("\n", 1)
            text += f"$ {command}\n{settled(shown, output(command))}"
        return f"```console\n{text}```"

    return BLOCK.sub(block, page)


def settled(shown, printed):
    """What is shown where it fits what was printed; else the new output, with as many lines around the first `…` as before."""
    lines = shown.splitlines(keepends=True)
    if re.fullmatch("".join("(?:.*\n)+?" if line == LEFT_OUT else re.escape(line) for line in lines), printed):
        return shown
    if LEFT_OUT not in lines:
        return printed
    now, head = printed.splitlines(keepends=True), lines.index(LEFT_OUT)
    tail = len(lines) - head - 1
    return "".join([*now[:head], LEFT_OUT, *now[len(now) - tail :]])
