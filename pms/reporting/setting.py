"""For whom and in which words a paper is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pms.reporting.kinds import House
from pms.reporting.texts import Bilingual
from pms.say import Say, translate


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same on every page. `lang` is "en", "zh" or "both"; `readers` is the line at the foot. The sheet
    is A4 upright, lying when `wide`, A5 when `small`.
    """

    title: Say
    code: str
    readers: str
    house: House
    lang: str
    wide: bool = False
    restricted: bool = False
    small: bool = False

    def pair(self, sentence: Any) -> tuple[str, str]:
        """The main words and, on a bilingual paper, the Chinese beside them."""
        if self.lang != "both":
            return translate(sentence, self.lang), ""
        english = translate(sentence, "en")
        if isinstance(sentence, Bilingual):
            return english, sentence.beside
        chinese = translate(sentence, "zh")
        return english, "" if chinese == english else chinese

    def line(self, sentence: Any, gap: str = "  ") -> str:
        """One line in the language or languages of the paper."""
        return gap.join(words for words in self.pair(sentence) if words)

    def label(self, sentence: Any) -> str:
        """A short word in the language or languages of the paper: `rooms 间`."""
        return self.line(sentence, " ")
