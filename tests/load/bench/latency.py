"""Latency at rates that a peer can just serve: open loop, counted from when a request was meant to start."""

import dataclasses
import json
import statistics
import subprocess

from bench import wrk
from bench.gateways import is_there
from bench.measure import start_gateway, warm_up
from bench.nginx import start_services
from bench.rows import ROWS
from bench.run import BIN, OTHER_CORE, Run, Setting

# All are served: behind a standstill of the machine more are due at once than weft takes by default.
ROW = dataclasses.replace(ROWS["c32"], refuses=False)
PERCENTILES = ("p50", "p99", "p999")
SECONDS_BY_TURN = 2


def open_loop(gateway, rate, seconds):
    """What became of RATE requests a second for SECONDS; raises if one was not answered well."""
    url = f"http://127.0.0.1:{gateway.port}{ROW.target}"
    command = ["taskset", "-c", str(OTHER_CORE), BIN / "open_loop", url, f"{rate:.0f}x{seconds}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout)
    if figures["ok"] != figures["sent"]:
        raise RuntimeError(f"{gateway.name} at {rate:.0f} a second: {done.stdout}")
    return figures


def _saturation(gateway, seconds):
    return wrk.load(gateway.port, ROW.target, ROW.connections, 2 * seconds, OTHER_CORE).per_second


def measure(names, slowest_of, shares, chosen):
    """For each share of the saturation of the slowest of SLOWEST_OF, each gateway's reports of all rounds."""
    with Run() as run:
        services = start_services(Setting(run, OTHER_CORE))
        started = [start_gateway(name, run, services, ROW) for name in names if is_there(name)]
        for gateway in started:
            warm_up(gateway, ROW)
        full = min(_saturation(gateway, chosen.seconds) for gateway in started if gateway.name in slowest_of)
        measured = {share: {gateway.name: [] for gateway in started} for share in shares}
        for _ in range(chosen.rounds):
            for share, by_name in measured.items():
                for gateway in started:
                    report = open_loop(gateway, full * share, SECONDS_BY_TURN * chosen.seconds)
                    by_name[gateway.name].append(report)
                    gateway.process.empty_log()
        return full, measured


def _median(reports, percentile):
    return statistics.median(report["ok_ms"][percentile] for report in reports)


def _lines(title, full, measured):
    yield f"\n{title}"
    yield f"  {'':16}{'rate':>8} {'p50 ms':>8} {'p99 ms':>8} {'p99.9 ms':>9}   late sends"
    for share, by_name in measured.items():
        for name, reports in by_name.items():
            cells = [_median(reports, percentile) for percentile in PERCENTILES]
            late = sum(report["sent_late"] for report in reports) / sum(report["sent"] for report in reports)
            worse = [_median(by_name["weft"], percentile) > cell for percentile, cell in zip(PERCENTILES, cells)]
            marked = " ".join(f"{cell:7.2f}{'*' if bad else ' '}" for cell, bad in zip(cells, worse))
            yield f"  {name:16}{full * share:8.0f} {marked}     {late:.1%} by over 1 ms"


def _ratio_line(reports, other):
    ratios = sorted(
        mine["ok_ms"]["p99"] / theirs["ok_ms"]["p99"] for mine, theirs in zip(reports, other)
    )
    return f"  weft / nginx + lua: p99 {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"


def at_shares(chosen):
    peers = ("nginx + lua", "Node", "Go")
    full, measured = measure(("weft", *peers), peers, (0.25, 0.5, 0.75), chosen)
    title = "latency at 25, 50 and 75 % of what the slowest peer can serve (open loop)"
    return list(_lines(title, full, measured)), measured


def at_half_of_nginx(chosen):
    peer = "nginx + lua"
    full, measured = measure(("weft", peer), (peer,), (0.5,), chosen)
    lines = list(_lines("latency at half of what nginx + lua can serve (open loop)", full, measured))
    return [*lines, _ratio_line(measured[0.5]["weft"], measured[0.5][peer])], measured
