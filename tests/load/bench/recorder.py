"""The services of the bench in one small server that keeps what it was asked, and the exchanges of one request."""

import socketserver
import threading

from bench.bodies import BODIES

# As long as nginx's, line for line.
HEAD = (
    "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Type: application/json\r\n"
    "Content-Length: {}\r\nConnection: keep-alive\r\n\r\n"
)


class _Connection(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.count_connection()
        while request := self._read():
            target = request.split(b" ", 2)[1].decode()
            body = BODIES[target.partition("?")[0]]
            answer = HEAD.format(len(body)).encode() + body
            self.server.keep(target, request, len(answer) - len(body), body)
            self.request.sendall(answer)

    def _read(self):
        """A request without a body; none when the connection is closed."""
        request = b""
        while not request.endswith(b"\r\n\r\n"):
            part = self.request.recv(65536)
            if not part:
                return None
            request += part
        return request


class Recorder(socketserver.ThreadingTCPServer):
    """Listens while it is used in a `with`; `exchanges` has (target, request, length of the head, body)."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Connection)
        self.port = self.server_address[1]
        self.exchanges = []
        self.connections = 0
        self._lock = threading.Lock()

    def count_connection(self):
        with self._lock:
            self.connections += 1

    def keep(self, *exchange):
        with self._lock:
            self.exchanges.append(exchange)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return super().__enter__()

    def __exit__(self, *reason):
        self.shutdown()
        super().__exit__(*reason)
