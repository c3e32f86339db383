"""From the start of a process to its first composed answer, and the memory it has then."""

import statistics
import time

from bench.gateways import is_there
from bench.measure import check_answer, start_gateway
from bench.nginx import start_services
from bench.rows import ROWS
from bench.run import OTHER_CORE, Run, Setting

ROW = ROWS["c32"]


def _start(name):
    with Run() as run:
        services = start_services(Setting(run, OTHER_CORE))
        begin = time.monotonic()
        gateway = start_gateway(name, run, services, ROW)
        check_answer(gateway, ROW)
        return (time.monotonic() - begin) * 1000, gateway.process.rss_kib()


def start(chosen):
    names = [name for name in ("weft", "nginx + lua", "Node", "Go") if is_there(name)]
    runs = {name: [_start(name) for _ in range(chosen.rounds)] for name in names}
    medians = {name: [statistics.median(figure) for figure in zip(*each)] for name, each in runs.items()}
    own_ms, own_kib = medians["weft"]
    lines = ["\nstart to first answer, and memory then"]
    lines += [
        f"  {name:16}{ms:8.1f} ms{'*' if ms < own_ms else ' '} {kib:8.0f} KiB{'*' if kib < own_kib else ''}"
        for name, (ms, kib) in medians.items()
    ]
    return lines, runs
