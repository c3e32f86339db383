"""The script of the floor: what the gateway was seen to exchange for one request."""

import socket


def ask(port, target):
    """The whole answer, head and body, to a GET of wrk's bytes on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        return read_answer(connection)


def read_answer(connection):
    received = b""
    while b"\r\n\r\n" not in received:
        received += _part(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(body) < length:
        body += _part(connection)
    return head + b"\r\n\r\n" + body


def _part(connection):
    part = connection.recv(1 << 20)
    if not part:
        raise ConnectionError("the gateway closed the connection within an answer")
    return part


def script_of(exchanges, answer):
    """The exchanges in the order of their bodies in the answer, which is that of the calls, and what stands between."""
    calls, pieces, end = [], [], 0
    for target, request, head, body in sorted(exchanges, key=lambda exchange: answer.find(exchange[3])):
        begin = answer.find(body)
        if begin < end:
            raise ValueError(f"the answer does not hold what {target} sent, once and apart from all else")
        pieces.append({"literal": answer[end:begin].decode(), "call": len(calls)})
        calls.append({"request": request.decode(), "head": head, "body": len(body)})
        end = begin + len(body)
    return {"calls": calls, "pieces": pieces, "last": answer[end:].decode()}
