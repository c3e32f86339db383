"""Many connections that stay open: what each takes of memory, and whether they are still served."""

import contextlib
import dataclasses
import resource
import socket
import time

from bench import wrk
from bench.measure import start_gateway
from bench.nginx import start_services
from bench.rows import ROWS
from bench.run import OTHER_CORE, Run, Setting
from bench.script import read_answer

# All of them are to be served, more than the gateway's limit lets in when it is saturated.
ROW = dataclasses.replace(ROWS["c32"], refuses=False)
IDLE, MANY_IDLE, ACTIVE = 5_000, 10_000, 500
SETTLE_S = 2  # after a second without a request a connection gives its buffer back


def _allow_files():
    """As many as the system allows: for this process and those it starts."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


class Crowd(contextlib.ExitStack):
    """Connections that were answered once and are then left alone."""

    def __init__(self, gateway, target):
        super().__init__()
        self._request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{gateway.port}\r\n\r\n".encode()
        self._port = gateway.port
        self._connections = []

    def grow_to(self, count):
        while len(self._connections) < count:
            connection = socket.create_connection(("127.0.0.1", self._port), timeout=10)
            self._connections.append(self.enter_context(connection))
            self._ask(connection)

    def ask_all(self):
        for connection in self._connections:
            self._ask(connection)

    def _ask(self, connection):
        connection.sendall(self._request)
        if not read_answer(connection).startswith(b"HTTP/1.1 200 "):
            raise RuntimeError("a connection of the crowd was not answered with 200")


def _with_gateway(name, what):
    _allow_files()
    with Run() as run:
        services = start_services(Setting(run, OTHER_CORE))
        gateway = start_gateway(name, run, services, ROW)
        wrk.load(gateway.port, ROW.target, ROW.connections, 1, OTHER_CORE)
        with Crowd(gateway, ROW.target) as crowd:
            return what(gateway, crowd)


def _memory_of_each(gateway, crowd):
    before = gateway.process.rss_kib()
    crowd.grow_to(IDLE)
    time.sleep(SETTLE_S)
    return (gateway.process.rss_kib() - before) / IDLE


def idle(_chosen):
    kib = {name: _with_gateway(name, _memory_of_each) for name in ("weft", "nginx + lua")}
    lines = [f"\nmemory of each of {IDLE} idle connections, after one request, without the kernel's"]
    lines += [f"  {name:16}{figure:8.2f} KiB{'*' if figure < kib['weft'] else ''}" for name, figure in kib.items()]
    lines.append("  (nginx takes a part of it when it starts, for as many connections as it may have; that is not counted)")
    return lines, kib


def _busy_beside_idle(gateway, crowd):
    crowd.grow_to(MANY_IDLE)
    load = wrk.load(gateway.port, ROW.target, ACTIVE, 5, OTHER_CORE)
    crowd.ask_all()
    return {"requests": load.requests, "per_second": load.per_second, "rss_kib": gateway.process.rss_kib()}


def busy_beside_idle(_chosen):
    figures = _with_gateway("weft", _busy_beside_idle)
    return [
        f"\n{MANY_IDLE} idle and {ACTIVE} active connections",
        f"  weft            {figures['requests']} requests, none lost, {figures['per_second']:.0f} a second; the idle "
        f"ones were answered afterwards; RSS {figures['rss_kib']} KiB",
    ], figures
