"""How a guest is called, wherever the parts of the name come from: on lists, and inside sentences."""

from __future__ import annotations

from typing import NamedTuple


def list_name(surname: str, given: str, name_zh: str) -> str:
    """`Fischer, Anna`, `Zhao Lei 赵磊`: surname first, no comma where Chinese stands beside it."""
    return (" " if name_zh else ", ").join(part for part in (surname, given, name_zh) if part)


class Called(NamedTuple):
    """A guest's name inside a sentence, in the script of whoever reads it, or in the one there is."""

    surname: str
    given: str
    name_zh: str

    def in_language(self, lang: str) -> str:
        """As pms.say asks every value of a sentence."""
        latin = list_name(self.surname, self.given, "")
        return (self.name_zh or latin) if lang == "zh" else (latin or self.name_zh)
