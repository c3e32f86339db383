"""The table says where a peer does better than the gateway."""

import unittest

from bench.measure import Figures
from bench.rows import Row
from bench.table import lines

ROW = Row("a row", "/", None)


def figures(name, cpu_us, per_second=1000):
    rounds = range(3)
    return Figures(
        name, [cpu_us + n for n in rounds], [per_second] * 3, [100] * 3, [200] * 3, [3000] * 3
    )


class Table(unittest.TestCase):
    def line_of(self, name, *others):
        return next(line for line in lines(ROW, [figures(name, 50), *others]) if line.startswith(f"  {name} "))

    def test_a_peer_that_is_cheaper_is_marked(self):
        self.assertIn("51.0*", self.line_of("nginx + lua", figures("weft", 60)))

    def test_a_peer_that_is_dearer_is_not(self):
        self.assertNotIn("*", self.line_of("nginx + lua", figures("weft", 40)))

    def test_more_requests_are_better(self):
        self.assertIn("1000*", self.line_of("nginx + lua", figures("weft", 40, per_second=900)))

    def test_the_floor_is_no_peer(self):
        self.assertNotIn("*", self.line_of("floor", figures("weft", 60)))

    def test_a_peer_is_compared_with_as_many_workers(self):
        self.assertNotIn("*", self.line_of("nginx + lua x2", figures("weft", 60), figures("weft x2", 40)))

    def test_ratios_are_of_the_same_round(self):
        floor, weft = Figures("floor", [10, 20, 40]), Figures("weft", [20, 30, 44])
        self.assertEqual(weft.ratios(floor), (1.1, 1.5, 2.0))


if __name__ == "__main__":
    unittest.main()
