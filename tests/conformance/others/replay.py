"""Every input that http-parser's own tests feed to their parser, against a running gateway.

replay.py WEFT OBSERVED: OBSERVED is what observe.c wrote. Weft may refuse more than http-parser does, for reasons that are
listed here; it may not let through what http-parser refuses, nor hang, nor die.
"""

import collections
import json
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import threading

from service import Service

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PATIENCE = 30  # seconds

# Why Weft refuses what http-parser takes; docs/http.md has the clauses.
STRICTER = {
    "the head is not whole",
    "the body ends before its length",
    "the method is not known",
    "CONNECT is not served",
    "TRACE is not served",
    "CONNECT without a host and a port",
    "no Host",
    "more than one Host",
    "Host is not a valid host and port",
    "Host differs from the request target's authority",
    "the request target is not a valid path and query",
    "the request target is neither a path nor an http URI",
    "the request target's authority",
    "a character that no request target may have",
    "the request line does not begin with a method and a space",
    "no HTTP version where one is due",
    "only HTTP/1.1 and HTTP/1.0 are spoken here",
    "a CR without its LF",
    "a field line begins with a space",
    "a field name with a character that it may not have",
    "a control character in a field value",
    "Connection is not a short list of names",
    "Transfer-Encoding is not chunked",
    "a transfer coding other than chunked",
    "more than one Transfer-Encoding",
    "the body's chunked coding is malformed",
    "the body is too large",
    "Content-Length is not a number of bytes",
    "more than one Content-Length",
    "Content-Length beside Transfer-Encoding",
    "a field is too large",
    "the head is too large",
}


def read_inputs(path):
    inputs = {"request": [], "response": []}
    for line in pathlib.Path(path).read_text().splitlines():
        kind, verdict, text = line.split(" ")
        inputs[kind].append((verdict, bytes.fromhex(text)))
    return inputs


def configuration(folder, port):
    routes = [
        f'{method.lower()}: {{ method: {method}, path: "/{{rest...}}", proxy: {{ upstream: all, path: "/{{rest...}}" }} }}'
        for method in METHODS
    ]
    (folder / "routes.yaml").write_text("\n".join(routes) + "\n")
    config = folder / "gateway.yaml"
    config.write_text(
        "version: 1\nlisten: 127.0.0.1:0\nadmin: { listen: 127.0.0.1:0 }\nworkers: 1\nroutes: routes.yaml\n"
        f'upstreams: {{ all: {{ url: "http://127.0.0.1:{port}", timeout: 10s }} }}\n'
    )
    return config


class Gateway:
    def __init__(self, program, config):
        self.process = subprocess.Popen([program, "run", str(config)], stdout=subprocess.PIPE, text=True)
        for line in self.process.stdout:
            if found := re.match(r"listening on .*:(\d+)", line):
                self.port = int(found[1])
                break
        # Its access log, which would stop for want of room.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def end(self):
        """Whether it was alive and ends as it should."""
        self.process.terminate()
        return self.process.wait(PATIENCE) == 0

    def answers_to(self, request):
        """All bytes that come back until the gateway closes, and whether that was a reset."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            received = b""
            try:
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # it has seen enough
            try:
                while piece := connection.recv(1 << 16):
                    received += piece
            except ConnectionResetError:
                return received, True
            return received, False


def statuses(received):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def reason(received):
    problem = received[received.rindex(b"\r\n\r\n") + 4 :]
    document = json.loads(problem)
    return document.get("detail", document["title"])


class Replay:
    def __init__(self, gateway):
        self.gateway = gateway
        self.outcomes = collections.Counter()
        self.faults = []

    def request(self, verdict, data):
        received, was_reset = self.gateway.answers_to(data)
        if was_reset:
            self.note("answer lost to a reset", data)
        refused = next((s for s in statuses(received) if s >= 400 and s not in (404, 405)), None)
        if verdict == "refused":
            self.note("refused by both" if refused else "let through", not refused and data)
        elif not refused:
            self.note("taken by both")
        else:
            why = self.reason(data, received)
            self.note(f"refused by Weft alone: {refused} {why}", why not in STRICTER and data)

    def reason(self, data, received):
        """Why it was refused. A refused HEAD has no document; a GET for the same says what it would have been."""
        if data.startswith(b"HEAD "):
            received, _ = self.gateway.answers_to(b"GET " + data[len(b"HEAD ") :])
        return reason(received)

    def answer(self, verdict, number, data):
        received, was_cut = self.gateway.answers_to(b"GET /answers/%d HTTP/1.1\r\nHost: a\r\n\r\n" % number)
        refused = was_cut or statuses(received)[0] == 502
        if verdict == "refused":
            self.note("answers refused by both" if refused else "answer let through", not refused and data)
        else:
            self.note("answers refused by Weft alone" if refused else "answers taken by both")

    def note(self, outcome, fault=None):
        self.outcomes[outcome] += 1
        if fault:
            self.faults.append(f"{outcome}: {fault[:200]!r}")


def main(program, observed):
    inputs = read_inputs(observed)
    service = Service([data for _, data in inputs["response"]])
    with tempfile.TemporaryDirectory() as folder:
        gateway = Gateway(program, configuration(pathlib.Path(folder), service.port))
        replay = Replay(gateway)
        try:
            for verdict, data in inputs["request"]:
                replay.request(verdict, data)
            for number, (verdict, data) in enumerate(inputs["response"]):
                replay.answer(verdict, number, data)
        finally:
            ended_well = gateway.end()
    for outcome, count in sorted(replay.outcomes.items()):
        print(f"{count:7} {outcome}")
    for fault in replay.faults[:20]:
        print(fault, file=sys.stderr)
    return 0 if ended_well and not replay.faults else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
