"""Each header compiles alone: its .cpp includes it first. Those without a .cpp are compiled by structure_headers_alone."""

import re
import unittest

from sources import ROOT, cpp_files

INCLUDE = re.compile(r'^\s*#\s*include\s+["<]([^">]+)[">]', re.MULTILINE)


class Headers(unittest.TestCase):
    def test_a_source_includes_its_own_header_first(self):
        for source in cpp_files("gateway"):
            header = source.with_suffix(".hpp")
            if source.suffix != ".cpp" or not header.exists():
                continue
            includes = INCLUDE.findall(source.read_text())
            self.assertEqual(includes[:1], [str(header.relative_to(ROOT / "gateway"))], source.relative_to(ROOT))


if __name__ == "__main__":
    unittest.main()
