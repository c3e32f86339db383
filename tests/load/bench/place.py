"""What was measured with, and where: kinds and versions, no names of machines."""

import json
import os
import platform
import re
import subprocess

from bench.run import BIN, GATEWAY_CORE, OTHER_CORE, PEERS_BUILT

COMMANDS = {
    "weft": [BIN / "weft", "--version"],
    "nginx": ["nginx", "-v"],
    "wrk": ["wrk", "-v"],
    "node": ["node", "--version"],
    "go": ["go", "version"],
    "valgrind": ["valgrind", "--version"],
}


def _version(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    found = re.search(r"\d+\.\d+[\w.]*", done.stdout + done.stderr)
    return found and found[0]


def _packages():
    for name in ("fastify", "undici"):
        file = PEERS_BUILT / "node_modules" / name / "package.json"
        if file.exists():
            yield name, json.loads(file.read_text())["version"]


def versions():
    found = {name: _version(command) for name, command in COMMANDS.items()}
    return {name: version for name, version in {**found, **dict(_packages())}.items() if version}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    return {"cpu": model[1] if model else platform.machine(), "cores": os.cpu_count(), "linux": platform.release()}


def placement():
    return (
        f"gateway alone on core {GATEWAY_CORE} with one worker; services (one nginx worker, fixed JSON) and wrk "
        f"(one thread) on core {OTHER_CORE}; rows that are not pinned have everything on all cores"
    )
