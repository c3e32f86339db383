"""What one composed request costs in user instructions and mallocs: counted, not timed, so that any machine can tell.

The gateway runs under callgrind for two numbers of requests; the difference has no start and no end in it. The numbers
of tests/load/gate.txt are the most that is allowed, with 3 % for what the kernel's timing changes.
"""

import collections
import os
import re
import socket

from bench.bodies import order_id
from bench.processes import Process
from bench.recorder import Recorder
from bench.run import BIN, HERE, Run
from bench.script import read_answer

KEPT = HERE.parent / "gate.txt"
MARGIN = 1.03
SELDOM = 0.1  # what happens to fewer than one request in ten, as a log's buffer that is full, is no cost of each
FEW, MANY = 200, 1200
TARGETS = {"order-details": f"/order-details/{order_id(3, 300)}", "proxy": f"/orders/{order_id(3, 300)}"}
ALLOCATES = {"malloc", "calloc", "realloc", "aligned_alloc", "posix_memalign", "memalign"}


def counted(profile):
    """Instructions, and calls of what allocates, in a profile of callgrind."""
    names, mallocs, callee = {}, 0, None
    for line in profile.read_text().splitlines():
        if named := re.match(r"c?fn=(\(\d+\))(?: (.*))?$", line):
            number, name = named.groups()
            names[number] = name or names[number]
            callee = names[number]
        elif line.startswith("calls=") and callee.partition("'")[0] in ALLOCATES:
            mallocs += int(line.split()[0][len("calls="):])
        elif line.startswith("totals:"):
            return collections.Counter(instructions=int(line.split()[1]), mallocs=mallocs)
    raise RuntimeError(f"{profile} has no totals: the gateway did not end as it should")


def run_counted(target, requests):
    with Recorder() as recorder, Run() as run:
        place = run.place("weft")
        profile = place / "profile"
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}", BIN / "weft", "run"]
        environment = {**os.environ, "SERVICES": str(recorder.port)}
        with Process("weft", [*command, HERE / "gateway.yaml"], place / "log", environment=environment) as weft:
            ask_often(weft.await_port(0), target, requests)
        return counted(profile)


def ask_often(port, target, requests):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for _ in range(requests):
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
            if not read_answer(connection).startswith(b"HTTP/1.1 200 "):
                raise RuntimeError(f"{target} is not answered with 200")


def measured(target):
    difference = run_counted(target, MANY)
    difference.subtract(run_counted(target, FEW))
    return {what: count / (MANY - FEW) for what, count in difference.items()}


def kept():
    """The lines of gate.txt: route, what is counted, the most that is allowed."""
    lines = (line.split() for line in KEPT.read_text().splitlines() if line and not line.startswith("#"))
    return {(route, what): float(most) for route, what, most in lines}


def verdict(figure, most):
    if figure > most * MARGIN + SELDOM:
        return "over it"
    return "well below: lower it" if figure * MARGIN + SELDOM < most else "fine"


def gate():
    """Prints each figure beside the one that is kept; true if none is over it."""
    limits, fine = kept(), True
    for route, target in TARGETS.items():
        for what, figure in measured(target).items():
            most = limits[route, what]
            found = verdict(figure, most)
            print(f"{route} {what}: {figure:.1f} per request, kept {most:.1f}: {found}")
            fine = fine and found != "over it"
    if not fine:
        print(f"bench: a request costs more than before: make it cheaper, or raise {KEPT.name} and say why")
    return fine
