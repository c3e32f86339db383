"""Composed answers of 4 MiB: whether memory is bounded by what is in work, however many have passed."""

from bench import wrk
from bench.bodies import LARGE, composed, order_id
from bench.measure import check_answer, start_gateway
from bench.nginx import start_services
from bench.rows import Row
from bench.run import OTHER_CORE, Run, Setting

ROW = Row("answers of 4 MiB", f"/order-details/{order_id(3, LARGE)}", composed(3, LARGE), connections=8)
TURNS = 3


def _peak_mib(gateway, seconds):
    gateway.process.forget_peak()
    load = wrk.load(gateway.port, ROW.target, ROW.connections, 2 * seconds, OTHER_CORE)
    return gateway.process.peak_rss_kib() / 1024, load.requests


def measure(chosen):
    with Run() as run:
        gateway = start_gateway("weft", run, start_services(Setting(run, OTHER_CORE)), ROW)
        before = gateway.process.rss_kib() / 1024
        check_answer(gateway, ROW)
        turns = [_peak_mib(gateway, chosen.seconds) for _ in range(TURNS)]
    answers = ROW.connections * 5 * LARGE / (1 << 20)
    lines = [f"\ncomposed answers of 4 MiB, {ROW.connections} connections: most memory while they pass, three times"]
    lines += [
        f"  weft            {peak:6.1f} MiB, {(peak - before) / answers:.2f} of the answers in work; {passed} passed"
        for peak, passed in turns
    ]
    return lines, {"before_mib": before, "turns": turns}
