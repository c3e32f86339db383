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


def load(port, target, connections, seconds, core=None):
    """Raises if one answer was not 200 or a connection failed."""
    pinned = ["taskset", "-c", str(core)] if core is not None else []
    url = f"http://127.0.0.1:{port}{target}"
    command = [*pinned, "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "wrk.lua"), url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    if figures["failed"] or not figures["requests"]:
        raise RuntimeError(f"{url}: {figures['failed']} of {figures['requests']} requests failed")
    return Load(figures["requests"], figures["requests"] / figures["seconds"], figures["p50_us"], figures["p99_us"])
