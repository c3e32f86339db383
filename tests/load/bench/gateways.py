"""The gateways that are compared. Each answers the same targets with the same services behind it."""

import dataclasses
import json
import os

from bench import nginx
from bench.processes import Process
from bench.recorder import Recorder
from bench.run import BIN, HERE, Run
from bench.script import ask, script_of


@dataclasses.dataclass(frozen=True)
class Gateway:
    name: str
    process: Process
    port: int


def start_weft(run, services, *, core=None, workers=1, name="weft"):
    environment = {**os.environ, "SERVICES": str(services), "WORKERS": str(workers)}
    log = run.place(name) / "log"
    process = run.enter(Process(name, [BIN / "weft", "run", HERE / "gateway.yaml"], log, core, environment))
    return Gateway(name, process, process.await_port(0))


def record(target):
    """The script of the floor for TARGET, from what weft exchanges for it."""
    with Recorder() as recorder, Run() as run:
        weft = start_weft(run, recorder.port)
        return script_of(recorder.exchanges, ask(weft.port, target))


def start_floor(run, services, script, *, core=None, workers=1, name="floor"):
    place = run.place(name)
    (place / "script.json").write_text(json.dumps(script))
    command = [BIN / "bench-floor", place / "script.json", services, 0, workers]
    process = run.enter(Process(name, command, place / "log", core))
    return Gateway(name, process, process.await_port(0))


def start_services(run, core=None):
    return nginx.start("services", nginx.services_http(), run, core=core)[1]
