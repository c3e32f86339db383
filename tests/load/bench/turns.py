"""What weft costs beside the floor, to some hundredths: they take turns of a tenth of a second, in each of which the client
of one is continued and then stopped, so that what the machine does meanwhile (a standstill, another clock rate) meets
both."""

import contextlib
import os
import pathlib
import signal
import statistics
import time

from bench.measure import start_gateway, warm_up
from bench.nginx import start_services
from bench.processes import Process
from bench.rows import ROWS
from bench.run import OTHER_CORE, Run, Setting
from bench.wrk import answered, command

PRODUCTS = {"c8": 3, "c32": 3, "p1": 1, "p10": 10}  # of the rows that are compared
NAMES = ("floor", "weft")
TURN_S = 0.1
DRAIN_S = 0.006  # until what is in work when a client is stopped has been answered
WARM_S = 0.5
SECONDS_OF_A_ROUND = 5  # of turns


def _segments_sent():
    """By this machine: over loopback a small message is one."""
    names, numbers = pathlib.Path("/proc/net/netstat").read_text().splitlines()[:2]
    return int(dict(zip(names.split(), numbers.split()))["TCPOrigDataSent"])


class _Client:
    """A wrk that is stopped unless it has its turn."""

    def __init__(self, run, gateway, row, seconds):
        self._target = row.target
        log = run.place(f"wrk {gateway.name}") / "log"
        asks = command(gateway.port, row.target, row.connections, seconds)
        self._process = run.enter(Process("wrk", asks, log, OTHER_CORE))
        self._process.check()
        time.sleep(WARM_S)
        self._signal(signal.SIGSTOP)

    def _signal(self, number):
        self._process.check()
        os.kill(self._process.pids()[0], number)

    @contextlib.contextmanager
    def turn(self):
        self._signal(signal.SIGCONT)
        yield
        self._signal(signal.SIGSTOP)
        time.sleep(DRAIN_S)

    def end(self):
        """Raises if one answer was not 200. wrk listens to a signal when it has gone on from the last one."""
        self._signal(signal.SIGCONT)
        time.sleep(TURN_S)
        self._process.interrupt()
        answered(self._target, self._process.log.read_text())


def _cpu_us(gateway, client, segments):
    """Of a request, in one turn. A request is so many SEGMENTS."""
    cpu, sent = gateway.process.cpu_ns(), _segments_sent()
    with client.turn():
        time.sleep(TURN_S)
    return (gateway.process.cpu_ns() - cpu) / 1000 * segments / (_segments_sent() - sent)


def _compare(name, seconds):
    """The CPU time of a request in each turn, in microseconds, by gateway."""
    row, segments = ROWS[name], 2 * (PRODUCTS[name] + 3)
    with Run() as run:
        services = start_services(Setting(run, OTHER_CORE))
        gateways = [start_gateway(each, run, services, row) for each in NAMES]
        for gateway in gateways:
            warm_up(gateway, row)
        clients = [_Client(run, gateway, row, 2 * seconds + 60) for gateway in gateways]
        figures = {each: [] for each in NAMES}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for gateway, client in zip(gateways, clients):
                figures[gateway.name].append(_cpu_us(gateway, client, segments))
                gateway.process.empty_log()
        for client in clients:
            client.end()
        return figures


def _uncertainty(values):
    """The standard error of their median, as if they were normal apart from outliers."""
    least, _, most = statistics.quantiles(values, n=4)
    return 1.2533 * (most - least) / 1.349 / len(values) ** 0.5


def _median_ratio(figures):
    ratios = [mine / floor for mine, floor in zip(figures["weft"], figures["floor"])]
    return statistics.median(ratios), _uncertainty(ratios)


def _line(what, floor, ratio, uncertainty):
    return f"  {what:64}{floor:8.1f}{floor * ratio:8.1f}{ratio:8.2f} +-{uncertainty:.2f}"


def _price_of_a_call(measured):
    (few, few_ratio, few_error), (many, many_ratio, many_error) = (
        (statistics.median(measured[name]["floor"]), *_median_ratio(measured[name])) for name in ("p1", "p10")
    )
    more = many - few
    ratio = (many * many_ratio - few * few_ratio) / more
    error = ((many * many_error) ** 2 + (few * few_error) ** 2) ** 0.5 / more
    return _line("one more call, from 1 and 10 products", more / (PRODUCTS["p10"] - PRODUCTS["p1"]), ratio, error)


def compare(chosen):
    measured = {name: _compare(name, chosen.rounds * SECONDS_OF_A_ROUND) for name in PRODUCTS}
    lines = [f"\n{'CPU us of a request, in turns of a tenth of a second':66}{'floor':>8}{'weft':>8}{'ratio':>8}"]
    for name, figures in measured.items():
        lines.append(_line(ROWS[name].title, statistics.median(figures["floor"]), *_median_ratio(figures)))
    return [*lines, _price_of_a_call(measured)], measured
