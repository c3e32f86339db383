"""python3 -m bench.training WEFT: asks a gateway that counts which ways its code takes, with one client and with many.

Once it has the shipped routes, with the small services of the tree behind it, and once those of the bench. What was
counted is written, and added up, when each ends. Fails if an answer is not 200."""

import contextlib
import os
import pathlib
import random
import socket
import sys

from bench.processes import Process
from bench.recorder import Recorder
from bench.rows import ROWS
from bench.run import BIN, HERE, Run
from bench.script import read_answer

SERVICES = {"ORDERS": "order-service", "USERS": "user-service", "PRODUCTS": "product-service"}
SHIPPED = ("/order-details/o-{}", "/order-lines/o-{}", "/orders/o-{}", "/user-dashboard/u-{}")
IDS = 1000  # as many users as there are; of orders there are more
ROUNDS = {1: 400, 8: 100, 32: 50}  # by how many clients ask at once
FIELDS = "Host: shop\r\nUser-Agent: training\r\nAccept: application/json\r\nAccept-Language: de"


def ask_at_once(port, paths, clients):
    chance = random.Random(clients)
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(clients)]
        for path in paths * ROUNDS[clients]:
            for connection in connections:
                target = path.format(chance.randint(1, IDS))
                connection.sendall(f"GET {target} HTTP/1.1\r\n{FIELDS}\r\n\r\n".encode())
            for connection in connections:
                if not read_answer(connection).startswith(b"HTTP/1.1 200 "):
                    raise RuntimeError(f"not all of {path} is answered with 200")


def train(run, weft, configuration, services, paths):
    """SERVICES: the environment that says where they are."""
    log = run.place(configuration) / "log"
    with Process("weft", [weft, "run", HERE / configuration], log, environment={**os.environ, **services}) as gateway:
        port = gateway.await_port(0)
        for clients in ROUNDS:
            ask_at_once(port, paths, clients)


def main():
    weft = pathlib.Path(sys.argv[1])
    with Run() as run, Recorder() as recorder:
        services = {}
        for name, program in SERVICES.items():
            service = run.enter(Process(program, [BIN / program, "--port", "0"], run.place(program) / "log"))
            services[name] = str(service.await_port(0))
        train(run, weft, "training.yaml", services, SHIPPED)
        composed = tuple(ROWS[row].target for row in ("c32", "p1", "p10", "proxy", "batch", "coalesce"))
        train(run, weft, "gateway.yaml", {"SERVICES": str(recorder.port)}, composed)


if __name__ == "__main__":
    main()
