"""The sources of the project, as the structure tests see them."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("gateway", "stub_services", "tests")


def cpp_files(*folders):
    for folder in folders or FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


def without_comments(text):
    """Line comments blanked, line breaks kept, so that positions stay true."""
    return re.sub(r"//[^\n]*", "", text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
