"""The gate counts what callgrind wrote down, and fails for what grew."""

import pathlib
import tempfile
import unittest

from bench.gate import MARGIN, counted, verdict

PROFILE = """version: 1
events: Ir

fn=(1) main
0 5
cfn=(2) malloc
calls=7 0
0 90
cfn=(3) free
calls=4 0
0 10

fn=(4) other
cfn=(2)
calls=2 0
0 20
cfn=(5) malloc'2
calls=1 0
0 3

fn=(2)
0 40

totals: 168
"""


class Gate(unittest.TestCase):
    def test_instructions_and_mallocs_are_read_from_a_profile(self):
        with tempfile.TemporaryDirectory() as folder:
            profile = pathlib.Path(folder) / "profile"
            profile.write_text(PROFILE)
            self.assertEqual(counted(profile), {"instructions": 168, "mallocs": 10})

    def test_a_profile_that_is_cut_off_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            profile = pathlib.Path(folder) / "profile"
            profile.write_text(PROFILE.partition("totals")[0])
            with self.assertRaises(RuntimeError):
                counted(profile)

    def test_three_percent_more_passes_and_what_is_above_does_not(self):
        self.assertEqual(verdict(100 * MARGIN, 100), "fine")
        self.assertEqual(verdict(100 * MARGIN + 0.2, 100), "over it")
        self.assertEqual(verdict(90, 100), "well below: lower it")

    def test_where_nothing_is_allowed_once_in_a_while_passes(self):
        self.assertEqual(verdict(0.05, 0), "fine")
        self.assertEqual(verdict(1, 0), "over it")


if __name__ == "__main__":
    unittest.main()
