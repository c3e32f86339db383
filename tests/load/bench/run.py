"""One run of the bench: its folder, its processes, and where they are placed."""

import contextlib
import dataclasses
import os
import pathlib
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
HERE = pathlib.Path(__file__).resolve().parent
BIN = pathlib.Path(os.environ.get("WEFT_BIN_DIR", ROOT / "build/release/bin"))
TUNED = pathlib.Path(os.environ.get("WEFT_BIN_DIR", ROOT / "build/tuned/bin"))
PEERS = HERE.parent / "peers"
PEERS_BUILT = ROOT / "build/peers"
GATEWAY_CORE, OTHER_CORE = 0, 1


class Run(contextlib.ExitStack):
    """Ends what was started in it, the last first, and removes its folder."""

    def __enter__(self):
        super().__enter__()
        self.folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory(prefix="weft-bench-")))
        return self

    def enter(self, context):
        return self.enter_context(context)

    def place(self, name):
        place = self.folder / name.replace(" ", "-")
        place.mkdir()
        return place


@dataclasses.dataclass(frozen=True)
class Setting:
    """Where a program runs: no core means any."""

    run: Run
    core: int | None = None
    workers: int = 1
    refuses: bool = True  # what is beyond the gateway's limit, as it does by default
