"""Measures the gateway beside its peers and prints one table."""

import argparse
import json
import pathlib
import sys

from bench import place, table
from bench.gate import gate
from bench.parts import PARTS


def arguments():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure (default: all): {' '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="turns of each gateway in a row (5)")
    parser.add_argument("--seconds", type=int, default=1, metavar="N", help="length of one turn (1)")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write all figures of all rounds, too")
    parser.add_argument("--gate", action="store_true", help="instead: count instructions and mallocs of one request")
    chosen = parser.parse_args()
    for part in chosen.parts:
        if part not in PARTS:
            parser.error(f"no part is called {part}; there are: {' '.join(PARTS)}")
    return chosen


def print_head():
    print("versions   ", ", ".join(f"{name} {version}" for name, version in place.versions().items()))
    print("machine    ", ", ".join(f"{name}: {value}" for name, value in place.machine().items()))
    print("placement  ", place.placement())
    print("CPU        ", "microseconds per request that the scheduler charged all threads; median of the rounds")
    print("           ", table.LEGEND)
    print(f"\n{table.COLUMNS}")


def measure(names, chosen):
    measured = {}
    for name in names:
        lines, measured[name] = PARTS[name](chosen)
        print("\n".join(lines), flush=True)
    return measured


def main():
    chosen = arguments()
    if chosen.gate:
        sys.exit(not gate())
    print_head()
    measured = measure(chosen.parts or PARTS, chosen)
    if chosen.json:
        where = {"versions": place.versions(), "machine": place.machine(), "placement": place.placement()}
        chosen.json.write_text(json.dumps({**where, "parts": measured}, indent=1) + "\n")


main()
