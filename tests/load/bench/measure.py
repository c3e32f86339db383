"""Rounds in which each gateway of a row has its turn, so that a change of the machine meets all of them."""

import dataclasses
import json
import statistics

from bench import wrk
from bench.gateways import KINDS, is_there
from bench.nginx import start_services
from bench.run import GATEWAY_CORE, OTHER_CORE, Run, Setting
from bench.script import ask


@dataclasses.dataclass
class Figures:
    """Of one gateway in one row; a list has a figure for each round."""

    name: str
    cpu_us: list = dataclasses.field(default_factory=list)
    per_second: list = dataclasses.field(default_factory=list)
    p50_us: list = dataclasses.field(default_factory=list)
    p99_us: list = dataclasses.field(default_factory=list)
    rss_kib: list = dataclasses.field(default_factory=list)

    def median(self, figure):
        return statistics.median(getattr(self, figure))

    def ratios(self, other):
        """CPU beside that of OTHER in the same round: least, median, most."""
        ratios = sorted(mine / theirs for mine, theirs in zip(self.cpu_us, other.cpu_us))
        return ratios[0], statistics.median(ratios), ratios[-1]


def start_gateway(name, run, services, row):
    kind, _, workers = name.partition(" x")
    setting = Setting(run, GATEWAY_CORE if row.pinned else None, int(workers or 1), row.refuses)
    return KINDS[kind](setting, services, row.target, name=name)


def check_answer(gateway, row):
    head, _, body = ask(gateway.port, row.target).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 ") or json.loads(body) != row.answer:
        raise RuntimeError(f"{gateway.name} answers {row.target} wrongly: {(head + body)[:500]}")


def warm_up(gateway, row):
    """Its answer, then load: a compiler at run time takes longer to settle than caches do."""
    check_answer(gateway, row)
    _turn(gateway, row, 3 if gateway.name == "Node" else 1, Figures("warming up"))


def _turn(gateway, row, seconds, figures):
    before = gateway.process.cpu_ns()
    load = wrk.load(gateway.port, row.target, row.connections, seconds, OTHER_CORE if row.pinned else None)
    figures.cpu_us.append((gateway.process.cpu_ns() - before) / 1000 / load.requests)
    figures.per_second.append(load.per_second)
    figures.p50_us.append(load.p50_us)
    figures.p99_us.append(load.p99_us)
    figures.rss_kib.append(gateway.process.rss_kib())
    gateway.process.empty_log()


def measure(row, rounds, seconds):
    """The figures of each gateway, in the order of the row."""
    with Run() as run:
        services = start_services(Setting(run, OTHER_CORE if row.pinned else None))
        names = [name for name in row.gateways if is_there(name)]
        started = [start_gateway(name, run, services, row) for name in names]
        for gateway in started:
            warm_up(gateway, row)
        figures = [Figures(gateway.name) for gateway in started]
        for _ in range(rounds):
            for gateway, its in zip(started, figures):
                _turn(gateway, row, seconds, its)
        return figures
