"""Processes of a run: started on a core, ended with it, and what the kernel charges them."""

import pathlib
import signal
import socket
import subprocess
import time

START_S = 20
END_S = 10


class Process:
    """A command and its children. Output goes to LOG, opened for appending, so that it can be emptied while it runs."""

    def __init__(self, name, command, log, core=None, environment=None):
        self.name, self.log = name, pathlib.Path(log)
        pinned = ["taskset", "-c", str(core)] if core is not None else []
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", *pinned, *map(str, command)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment,
            )

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self._process.terminate()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def interrupt(self):
        """As from a keyboard, which lets it say its last words; waits for its end."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(END_S)

    def check(self):
        if self._process.poll() is not None:
            raise RuntimeError(f"{self.name} ended with {self._process.returncode}: {self.log.read_text()[-2000:]}")

    def await_port(self, port):
        """Until something accepts at PORT; weft and the floor say in their log where they listen, then PORT is 0."""
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            self.check()
            found = port or self._announced()
            if found and _accepts(found):
                return found
            time.sleep(0.001)
        raise RuntimeError(f"{self.name} does not listen after {START_S} s: {self.log.read_text()[-2000:]}")

    def _announced(self):
        for line in self.log.read_text(errors="replace").splitlines(keepends=True):
            if line.startswith("listening on ") and line.endswith("\n"):
                return int(line.rsplit(":", 1)[1])
        return None

    def pids(self):
        found = [self._process.pid]
        for pid in found:
            for children in pathlib.Path(f"/proc/{pid}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        return found

    def cpu_ns(self):
        """What the scheduler charged all threads that live."""
        tasks = [task for pid in self.pids() for task in pathlib.Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(task.read_text().split()[0]) for task in tasks)

    def rss_kib(self):
        return self._status("VmRSS:")

    def peak_rss_kib(self):
        """Since the last forget_peak()."""
        return self._status("VmHWM:")

    def forget_peak(self):
        for pid in self.pids():
            pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")

    def _status(self, name):
        status = "".join(pathlib.Path(f"/proc/{pid}/status").read_text() for pid in self.pids())
        return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))

    def empty_log(self):
        self.log.open("w").close()


def _accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True


def free_port():
    """One that nothing uses at this moment: for programs that cannot say which one they got."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
