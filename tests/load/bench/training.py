"""python3 -m bench.training WEFT: asks a gateway that counts which ways its code takes for what the shipped routes answer.

The small services of the tree stand behind it. What was counted is written when the gateway ends; a number of clients
ask at once, so that all that happens under load is in it."""

import contextlib
import os
import pathlib
import random
import socket
import sys

from bench.processes import Process
from bench.run import BIN, HERE, Run
from bench.script import read_answer

SERVICES = {"ORDERS": "order-service", "USERS": "user-service", "PRODUCTS": "product-service"}
ASKED = ("/order-details/o-{}", "/order-lines/o-{}", "/orders/o-{}", "/user-dashboard/u-{}")
IDS = 1000  # as many users as there are; of orders there are more
CLIENTS = {1: 400, 8: 100, 32: 50}  # at once: how often each asks for each
FIELDS = "Host: shop\r\nUser-Agent: training\r\nAccept: application/json\r\nAccept-Language: de"


def start_services(run):
    """The environment that says where they are."""
    ports = {}
    for name, program in SERVICES.items():
        service = run.enter(Process(program, [BIN / program, "--port", "0"], run.place(program) / "log"))
        ports[name] = str(service.await_port(0))
    return {**os.environ, **ports}


def ask_at_once(port, clients, times):
    chance = random.Random(clients)
    with contextlib.ExitStack() as stack:
        connections = [stack.enter_context(socket.create_connection(("127.0.0.1", port), 10)) for _ in range(clients)]
        for path in ASKED * times:
            for connection in connections:
                target = path.format(chance.randint(1, IDS))
                connection.sendall(f"GET {target} HTTP/1.1\r\n{FIELDS}\r\n\r\n".encode())
            for connection in connections:
                read_answer(connection)


def main():
    weft = pathlib.Path(sys.argv[1])
    with Run() as run:
        environment = start_services(run)
        command = [weft, "run", HERE / "training.yaml"]
        with Process("weft", command, run.place("weft") / "log", environment=environment) as gateway:
            port = gateway.await_port(0)
            for clients, times in CLIENTS.items():
                ask_at_once(port, clients, times)


if __name__ == "__main__":
    main()
