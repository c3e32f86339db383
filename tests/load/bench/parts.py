"""All that can be measured, by name: each takes what was chosen and gives its lines and its figures."""

import dataclasses
import functools

from bench import crowd, large, latency, life, table, turns
from bench.measure import measure
from bench.rows import ROWS


def _row(row, chosen):
    figures = measure(row, chosen.rounds, chosen.seconds)
    return list(table.lines(row, figures)), [dataclasses.asdict(its) for its in figures]


PARTS = {
    **{name: functools.partial(_row, row) for name, row in ROWS.items()},
    "turns": turns.compare,
    "latency": latency.at_shares,
    "half": latency.at_half_of_nginx,
    "idle": crowd.idle,
    "crowd": crowd.busy_beside_idle,
    "large": large.measure,
    "start": life.start,
}
