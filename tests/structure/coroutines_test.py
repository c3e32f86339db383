"""g++ 12.2 destroys twice a temporary that is created by an initialiser or lambda brace inside an expression with
co_await, and resumes to nowhere what waits behind && or || (CONTRIBUTING.md). This finds the spellings that a search can
find."""

import re
import unittest

from sources import ROOT, cpp_files, line_of, without_comments

BRACE = re.compile(r"co_await[^;{}]*?[\w(,=>]\s*\{")
LAMBDA = re.compile(r"co_await[^;{}]*?\[[^\]]+\]\s*(\([^;{}]*\)\s*(mutable\s*)?)?\{")
SHORT_CIRCUIT = re.compile(r"(?:&&|\|\|)[\s!(]*co_await")


def dangerous(text):
    text = without_comments(text)
    for pattern in (BRACE, LAMBDA, SHORT_CIRCUIT):
        for match in pattern.finditer(text):
            yield line_of(text, match.start()), " ".join(match.group(0).split())


class Coroutines(unittest.TestCase):
    def test_no_brace_between_co_await_and_semicolon(self):
        found = [
            f"{path.relative_to(ROOT)}:{line}: {what}"
            for path in cpp_files()
            for line, what in dangerous(path.read_text())
        ]
        self.assertFalse(found, "\n".join(found))

    def test_the_dangerous_spellings_are_seen(self):
        for text in (
            "auto r = co_await send(Call{1, 2});",
            "co_await post([x](int) { return x; }, token);",
            "co_await f(Options {});",
            "co_await g(a, {1, 2});",
            "if (go_on && !co_await drop()) stop();",
        ):
            self.assertTrue(list(dangerous(text)), text)

    def test_a_block_after_a_condition_is_fine(self):
        self.assertFalse(list(dangerous("if (co_await ready(x)) {\n  go();\n}")))
        self.assertFalse(list(dangerous("// co_await f(Call{1});\n")))
        self.assertFalse(list(dangerous("while (!a && !b) co_await c.wait();")))


if __name__ == "__main__":
    unittest.main()
