"""The floor exchanges what the gateway exchanges: the same calls, the same bytes, the same answer."""

import json
import unittest

from bench.bodies import BATCH, BODIES, composed, order_id
from bench.gateways import start_floor, start_weft
from bench.recorder import Recorder
from bench.run import Run, Setting
from bench.script import ask, script_of

ORDER = f"/orders/{order_id(3, 300)}"
ANSWERS = {
    f"/order-details/{order_id(1, 300)}": composed(1, 300),
    f"/order-details/{order_id(10, 300)}": composed(10, 300),
    f"/order-details/{order_id(3, 65536)}": composed(3, 65536),
    f"/order-batch/{order_id(*BATCH)}": composed(*BATCH),
    ORDER: json.loads(BODIES[ORDER]),
}
TIMES = 3  # more than one: connections are kept


def exchanges_with(start, target):
    """What a gateway exchanges for TARGET, asked some times on one connection each, and its answer."""
    with Recorder() as recorder, Run() as run:
        gateway = start(Setting(run), recorder.port, target)
        answers = [ask(gateway.port, target) for _ in range(TIMES)]
        return recorder.exchanges, recorder.connections, answers[-1]


def sizes(exchanges):
    return sorted((target, len(request), head, len(body)) for target, request, head, body in exchanges)


class Exchanges(unittest.TestCase):
    def test_the_floor_moves_the_bytes_that_the_gateway_moves(self):
        for target, value in ANSWERS.items():
            with self.subTest(target=target):
                calls, connections, answer = exchanges_with(start_weft, target)
                floor_calls, floor_connections, floor_answer = exchanges_with(start_floor, target)
                self.assertEqual(sizes(floor_calls), sizes(calls))
                self.assertEqual(len(floor_answer), len(answer))
                self.assertEqual(floor_answer.partition(b"\r\n\r\n")[2], answer.partition(b"\r\n\r\n")[2])
                self.assertEqual(json.loads(answer.partition(b"\r\n\r\n")[2]), value)
                self.assertLessEqual(floor_connections, connections)

    def test_the_floor_asks_for_the_rest_when_the_order_is_in(self):
        target = f"/order-details/{order_id(3, 300)}"
        calls, _, _ = exchanges_with(start_floor, target)
        for begin in range(0, len(calls), len(calls) // TIMES):
            self.assertEqual(calls[begin][0], ORDER)


class Script(unittest.TestCase):
    def test_an_answer_without_a_body_that_was_sent_is_refused(self):
        exchange = ("/orders/o-1", b"GET", 10, b'{"id":1}')
        with self.assertRaises(ValueError):
            script_of([exchange], b'HTTP/1.1 200 OK\r\n\r\n{"id":2}')


if __name__ == "__main__":
    unittest.main()
