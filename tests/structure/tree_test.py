"""What the tree promises about itself: formatted, no sleeps in tests, nothing built in git, no leftovers."""

import re
import subprocess
import unittest

from sources import ROOT, cpp_files, without_comments

SLEEP = re.compile(r"\bsleep_for\b|\bsleep_until\b|\busleep\s*\(|(?<!_)\bsleep\s*\(")
LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX)\b")
SWALLOWED = re.compile(r"catch\s*\(\s*\.\.\.\s*\)\s*\{\s*\}")
MAX_LINES = 300


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return listed.stdout.decode().split("\0")[:-1]


class Tree(unittest.TestCase):
    def assert_none(self, pattern, paths):
        found = [str(p.relative_to(ROOT)) for p in paths if pattern.search(p.read_text())]
        self.assertFalse(found)

    def test_tests_do_not_sleep(self):
        found = [
            str(p.relative_to(ROOT)) for p in cpp_files("tests") if SLEEP.search(without_comments(p.read_text()))
        ]
        self.assertFalse(found)

    def test_nothing_is_left_for_later(self):
        self.assert_none(LEFTOVER, cpp_files())

    def test_no_exception_is_swallowed(self):
        self.assert_none(SWALLOWED, cpp_files())

    def test_no_file_is_too_long(self):
        long = [str(p.relative_to(ROOT)) for p in cpp_files() if len(p.read_text().splitlines()) > MAX_LINES]
        self.assertFalse(long)

    def test_git_holds_no_build_product(self):
        self.assertFalse([path for path in tracked() if path.startswith("build/") or path.endswith((".o", ".a"))])

    def test_everything_is_formatted(self):
        files = [str(path) for path in cpp_files()]
        done = subprocess.run(
            ["clang-format", "--dry-run", "-Werror", *files], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr[:2000])


if __name__ == "__main__":
    unittest.main()
