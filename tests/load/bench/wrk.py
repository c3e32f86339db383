"""wrk: a closed loop, which shows the most that is served and what it costs."""

import dataclasses
import json
import subprocess

from bench.run import HERE


@dataclasses.dataclass(frozen=True)
class Load:
    requests: int
    per_second: float
    p50_us: float
    p99_us: float


def command(port, target, connections, seconds):
    url = f"http://127.0.0.1:{port}{target}"
    return ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "wrk.lua"), url]


def answered(target, output):
    """The figures at the end of what wrk has printed. Raises if one answer was not 200 or a connection failed."""
    figures = json.loads(output.splitlines()[-1])
    if figures["failed"] or not figures["requests"]:
        raise RuntimeError(f"{target}: {figures['failed']} of {figures['requests']} requests failed")
    return figures


def load(port, target, connections, seconds, core=None):
    """Raises as answered() does."""
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    asks = [*pinned, *command(port, target, connections, seconds)]
    figures = answered(target, subprocess.run(asks, check=True, capture_output=True, text=True).stdout)
    return Load(figures["requests"], figures["requests"] / figures["seconds"], figures["p50_us"], figures["p99_us"])
