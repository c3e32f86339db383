"""script/bench: measures the gateway beside its peers and prints one table."""

import argparse
import sys

from bench.gate import gate
from bench.measure import measure
from bench.rows import ROWS


def arguments():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"which rows to measure, of: {' '.join(ROWS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each gateway in a row (5)")
    parser.add_argument("--seconds", type=int, default=1, help="length of one turn (1)")
    parser.add_argument("--gate", action="store_true", help="instead: count instructions and mallocs of one request")
    return parser.parse_args()


def main():
    chosen = arguments()
    if chosen.gate:
        sys.exit(not gate())
    for name in chosen.rows or ROWS:
        row = ROWS[name]
        figures = measure(row, chosen.rounds, chosen.seconds)
        print(f"\n{row.name}")
        print(f"{'':16}{'CPU us':>8} {'/ floor':>8}  {'spread':<11} {'req/s':>7} {'p50 us':>7} {'p99 us':>7} {'RSS KiB':>8}")
        for its in figures:
            least, ratio, most = its.ratios(figures[0])
            print(
                f"{its.name:16}{its.median('cpu_us'):8.1f} {ratio:8.2f}  {least:.2f}-{most:.2f}   "
                f"{its.median('per_second'):7.0f} {its.median('p50_us'):7.0f} {its.median('p99_us'):7.0f} {its.rss_kib:8d}"
            )


main()
