"""What the tests of these pages share: a page without its frame, and without what is new on each drawing."""

from __future__ import annotations

import re

# What every drawing has anew: the form's tokens, and how much has happened in the house so far (live.js).
NEW = re.compile(r'name="(_token|csrf_token)" value="[^"]*"|data-mark="[^"]*"')


def main_of(page: str) -> str:
    """What stands between the frame's bars."""
    return page.partition("<main")[2].partition("</main>")[0]


def without_tokens(page: str) -> str:
    return NEW.sub("", page)
