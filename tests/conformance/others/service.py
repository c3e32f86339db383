"""A service that takes any request, and answers /answers/N with the N-th of the bytes it was given."""

import re
import socketserver
import threading

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        while head := self.read_head():
            self.read_body(head)
            target = head.split(b" ", 2)[1]
            if target.startswith(b"/answers/"):
                self.wfile.write(self.server.answers[int(target.rsplit(b"/", 1)[1])])
                return
            self.wfile.write(ANSWER[:-2] if head.startswith(b"HEAD ") else ANSWER)

    def read_head(self):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return b""
            head += line
        return head

    def read_body(self, head):
        length = LENGTH.search(head)
        if length:
            self.rfile.read(int(length[1]))
        elif b"transfer-encoding: chunked\r\n" in head.lower():
            while size := int(self.rfile.readline(), 16):
                self.rfile.read(size + 2)
            self.rfile.readline()


class Service(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.answers = answers
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """A connection that the gateway breaks off is its right."""
