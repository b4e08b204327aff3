"""`check in wang`: a verb of a stay in front of a name, a room or a number, in both languages and in short."""

from __future__ import annotations

from dataclasses import dataclass

from pms.reservations.verbs import VERBS, Verb

WORDS: dict[str, tuple[str, ...]] = {
    "check_in": ("check in", "checkin", "ci", "入住", "办理入住", "ruzhu"),
    "check_out": ("check out", "checkout", "co", "离店", "退房", "tuifang", "lidian"),
    "change_room": ("change room", "room change", "move", "rc", "换房", "huanfang"),
    "extend": ("change departure", "extend", "ext", "延住", "续住", "提前离店", "yanzhu", "xuzhu"),
    "folio": ("folio", "bill", "pay", "账单", "zhangdan"),
    "change": ("change booking", "change", "更改", "genggai"),
    "luggage": ("take luggage", "luggage", "bags", "行李", "寄存", "xingli", "jicun"),
    "message": ("take message", "message", "msg", "留言", "liuyan"),
    "cancel": ("cancel booking", "cancel", "取消", "quxiao"),
    "reinstate": ("reinstate", "恢复", "huifu"),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """The verb that was typed, and what stands behind it."""

    verb: Verb
    rest: str


def verb_in(text: str) -> Meant | None:
    """The longest verb at the beginning of `text` with something behind it; Chinese needs no space between."""
    typed = " ".join(text.casefold().split())
    found: tuple[int, Meant] | None = None
    for verb in VERBS:
        for word in WORDS.get(verb.name, ()):
            rest = _behind(typed, word)
            if rest and (found is None or len(word) > found[0]):
                found = (len(word), Meant(verb, rest))
    return found[1] if found else None


def _behind(typed: str, word: str) -> str:
    if typed.startswith(f"{word} ") or (typed.startswith(word) and not word.isascii()):
        return typed[len(word) :].strip()
    return ""
