"""gateway/CMakeLists.txt says which room may include which; here it is held against the #include lines."""

import re
import unittest

from sources import ROOT, cpp_files

GATEWAY = ROOT / "gateway"
TYPE = re.compile(r"^(?:class|struct|enum class) (\w+)[^;(]*\{", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s+"(\w+)/', re.MULTILINE)
# Outside libraries that are to stay in few places, and where.
CONFINED = {
    re.compile(r"#\s*include\s+<yaml-cpp/"): {"config"},
    re.compile(r"#\s*include\s+<boost/beast"): {"http", "async"},
    re.compile(r"#\s*include\s+<nlohmann/"): {"config", "plan", "explain", "admin", "app"},
    re.compile(r"#\s*include\s+<spdlog/"): {"telemetry", "app"},
}


def room_table(cmake):
    table = {}
    for call in re.findall(r"^room\(([^)]*)\)", cmake, re.MULTILINE):
        words = call.split()
        uses, taking = set(), False
        for word in words[1:]:
            if word in ("USES", "LINKS"):
                taking = word == "USES"
            elif taking:
                uses.add(word)
        table[words[0]] = uses
    return table


def forbidden_includes(room, text, table):
    return [used for used in INCLUDE.findall(text) if used != room and used not in table[room]]


class Rooms(unittest.TestCase):
    table = room_table((GATEWAY / "CMakeLists.txt").read_text())

    def test_the_table_lists_every_folder(self):
        folders = {path.name for path in GATEWAY.iterdir() if path.is_dir()}
        self.assertEqual(folders, set(self.table))

    def test_nothing_points_upwards(self):
        order = list(self.table)
        for room, uses in self.table.items():
            for used in uses:
                self.assertLess(order.index(used), order.index(room), f"{room} uses {used}")

    def test_server_compose_and_upstream_never_meet(self):
        trio = {"server", "compose", "upstream"}
        for room in trio:
            self.assertFalse(self.table[room] & trio, room)

    def test_every_include_is_allowed(self):
        for path in cpp_files("gateway"):
            room = path.relative_to(GATEWAY).parts[0]
            wrong = forbidden_includes(room, path.read_text(), self.table)
            self.assertFalse(wrong, f"{path.relative_to(ROOT)} includes {wrong}")

    def test_outside_libraries_stay_where_they_belong(self):
        for path in cpp_files("gateway"):
            room = path.relative_to(GATEWAY).parts[0]
            for pattern, rooms in CONFINED.items():
                if pattern.search(path.read_text()):
                    self.assertIn(room, rooms, path.relative_to(ROOT))

    def test_no_two_types_share_a_name(self):
        # All rooms share one namespace, and the linker may take either of two inline functions without a word.
        seen = {}
        for path in cpp_files("gateway"):
            if path.suffix != ".hpp":
                continue
            for name in TYPE.findall(path.read_text()):
                other = seen.setdefault(name, path)
                self.assertEqual(other, path, f"{name} is defined twice")

    def test_a_forbidden_include_is_seen(self):
        self.assertEqual(forbidden_includes("json", '#include "http/fields.hpp"\n', self.table), ["http"])


if __name__ == "__main__":
    unittest.main()
