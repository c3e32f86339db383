"""The gateways that are compared. Each answers the same targets, with the same services behind it."""

import dataclasses
import functools
import json
import os
import shutil

from bench import nginx
from bench.bodies import order_id
from bench.processes import Process, free_port
from bench.recorder import Recorder
from bench.run import BIN, HERE, PEERS, PEERS_BUILT, TUNED, Run, Setting
from bench.script import ask, script_of

PLAIN = f"/order-details/{order_id(3, 300)}"


@dataclasses.dataclass(frozen=True)
class Gateway:
    name: str
    process: Process
    port: int


def start_weft(setting, services, _target=None, *, name="weft", folder=BIN):
    configured = {"SERVICES": services, "WORKERS": setting.workers, "ADAPTIVE": str(setting.refuses).lower()}
    environment = {**os.environ, **{name: str(value) for name, value in configured.items()}}
    log = setting.run.place(name) / "log"
    command = [folder / "weft", "run", HERE / "gateway.yaml"]
    process = setting.run.enter(Process(name, command, log, setting.core, environment))
    return Gateway(name, process, process.await_port(0))


def record(target):
    """The script of the floor for TARGET, from what weft exchanges for it."""
    with Recorder() as recorder, Run() as run:
        weft = start_weft(Setting(run), recorder.port)
        return script_of(recorder.exchanges, ask(weft.port, target))


def start_floor(setting, services, target, *, name="floor"):
    place = setting.run.place(name)
    (place / "script.json").write_text(json.dumps(record(target)))
    command = [BIN / "bench-floor", place / "script.json", services, 0, setting.workers]
    process = setting.run.enter(Process(name, command, place / "log", setting.core))
    return Gateway(name, process, process.await_port(0))


def start_plain_floor(setting, services, _target, *, name):
    """The floor of the plain composition, whatever is asked: what a batch or coalescing can go below."""
    return start_floor(setting, services, PLAIN, name=name)


def _nginx(configuration, modules=()):
    def start(setting, services, _target=None, *, name):
        text = (PEERS / configuration).read_text()
        http = text.replace("@SERVICES@", str(services)).replace("@HERE@", str(PEERS))
        return Gateway(name, *nginx.start(name, http, setting, modules=modules))

    return start


def _by_hand(command, **environment):
    """A program that takes its ports from the environment. It has one thread for its work."""

    def start(setting, services, _target=None, *, name):
        port = free_port()
        ports = {"PORT": str(port), "SERVICES": str(services), "NODE_PATH": str(PEERS_BUILT / "node_modules")}
        log = setting.run.place(name) / "log"
        process = Process(name, command, log, setting.core, {**os.environ, **ports, **environment})
        return Gateway(name, setting.run.enter(process), process.await_port(port))

    return start


KINDS = {
    "floor": start_floor,
    "plain floor": start_plain_floor,
    "weft": functools.partial(start_weft, folder=TUNED),
    "weft release": start_weft,
    "nginx + lua": _nginx("compose.conf", ("ndk", "lua")),
    "nginx proxy": _nginx("proxy.conf"),
    "Node": _by_hand(["node", PEERS / "gateway.js"], NODE_ENV="production"),
    "Go": _by_hand([PEERS_BUILT / "gateway"], GOMAXPROCS="1"),
}


def is_there(kind):
    """Whether what the peer runs on is installed; the rest of the bench does without it."""
    return {"Node": shutil.which("node"), "Go": (PEERS_BUILT / "gateway").exists()}.get(kind, True)
