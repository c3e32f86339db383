"""Rounds in which each gateway of a row has its turn, so that a change of the machine meets all of them."""

import dataclasses
import json
import statistics

from bench import gateways, wrk
from bench.run import GATEWAY_CORE, OTHER_CORE, Run
from bench.script import ask


@dataclasses.dataclass
class Figures:
    """Of one gateway in one row; a list has a figure for each round."""

    name: str
    cpu_us: list = dataclasses.field(default_factory=list)
    per_second: list = dataclasses.field(default_factory=list)
    p50_us: list = dataclasses.field(default_factory=list)
    p99_us: list = dataclasses.field(default_factory=list)
    rss_kib: int = 0

    def median(self, figure):
        return statistics.median(getattr(self, figure))

    def ratios(self, other):
        """CPU beside that of OTHER in the same round: least, median, most."""
        ratios = sorted(mine / theirs for mine, theirs in zip(self.cpu_us, other.cpu_us))
        return ratios[0], statistics.median(ratios), ratios[-1]


def start_all(row, run):
    services = gateways.start_services(run, OTHER_CORE)
    started = []
    for name in row.gateways:
        if name == "floor":
            started.append(gateways.start_floor(run, services, gateways.record(row.target), core=GATEWAY_CORE))
        else:
            started.append(gateways.start_weft(run, services, core=GATEWAY_CORE))
    return started


def check_answer(gateway, row):
    head, _, body = ask(gateway.port, row.target).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 ") or json.loads(body) != row.answer:
        raise RuntimeError(f"{gateway.name} answers {row.target} wrongly: {(head + body)[:500]}")


def one_turn(gateway, row, seconds, figures):
    before = gateway.process.cpu_ns()
    load = wrk.load(gateway.port, row.target, row.connections, seconds, OTHER_CORE)
    figures.cpu_us.append((gateway.process.cpu_ns() - before) / 1000 / load.requests)
    figures.per_second.append(load.per_second)
    figures.p50_us.append(load.p50_us)
    figures.p99_us.append(load.p99_us)
    figures.rss_kib = gateway.process.rss_kib()
    gateway.process.empty_log()


def measure(row, rounds, seconds):
    with Run() as run:
        started = start_all(row, run)
        for gateway in started:
            check_answer(gateway, row)
            wrk.load(gateway.port, row.target, row.connections, 1, OTHER_CORE)
        figures = [Figures(gateway.name) for gateway in started]
        for _ in range(rounds):
            for gateway, its in zip(started, figures):
                one_turn(gateway, row, seconds, its)
        return figures
