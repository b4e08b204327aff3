"""Keeps the Chinese catalogue: extracts the sentences of the program and fills in their translation.

    tools/translations.py add FILE.json   {"English": "中文", ...}; extracts, fills in, compiles. What is not said
                                          anywhere at the moment is kept aside (#~) until the next `update`.
                                          What has another Chinese already is only changed with --change: a
                                          sentence is often said in several places
    tools/translations.py update          extracts anew, keeps what is translated, drops what is gone
    tools/translations.py check           names what has no Chinese and what does not fit, exit code 1
    tools/translations.py compile         messages.po -> messages.mo

The .po file is sorted by sentence and holds no line numbers and no dates, so that a diff shows sentences only.
"""

from __future__ import annotations

import argparse
import fcntl
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pms import home  # noqa: E402

PO = ROOT / "pms" / "translations" / home.CHINESE / "LC_MESSAGES" / "messages.po"
LOCK = PO.with_suffix(".lock")
SOURCES = ("pms", "reports", "templates")
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "say": None}
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}, "**.txt": {"trimmed": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

# Header fields that would change with every run.
NOISE = ('"POT-Creation-Date:', '"PO-Revision-Date:', '"Last-Translator:', '"Language-Team:', '"Generated-By:')
HEADER = """\
# Chinese (Simplified) of Innkeep. Written by tools/translations.py; do not edit by hand.
#"""


class BadTranslation(Exception):
    """A translation that would lose or invent a value."""


@contextmanager
def locked() -> Iterator[None]:
    """One writer at a time, also between processes."""
    LOCK.parent.mkdir(parents=True, exist_ok=True)
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def extracted() -> Catalog:
    """Every sentence of the program, untranslated, with the files it stands in."""
    found = Catalog(locale=home.CHINESE)
    for source in SOURCES:
        rows = extract_from_dir(ROOT / source, METHODS, OPTIONS, keywords=KEYWORDS)
        for file, _line, text, comments, context in rows:
            found.add(text, None, [(f"{source}/{file}", 0)], auto_comments=comments, context=context)
    return found


def saved() -> Catalog:
    if not PO.exists():
        return Catalog(locale=home.CHINESE)
    with PO.open("rb") as file:
        return read_po(file, locale=home.CHINESE)


def english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def chinese(message: Message) -> str:
    """Chinese has one plural form, so the first is all there is."""
    if isinstance(message.string, str):
        return message.string
    return message.string[0] if message.string else ""


def sentences(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def merged(words: dict[str, str], *, keep_unused: bool = False) -> Catalog:
    """The sentences of today with the Chinese known so far; `words` wins over what was saved."""
    old = saved()
    known = {english(m): chinese(m) for m in [*sentences(old), *old.obsolete.values()]} | words
    catalogue = extracted()
    for message in sentences(catalogue):
        translation = known.pop(english(message), "")
        message.string = translation if isinstance(message.id, str) else (translation,)
    if keep_unused:
        unused = {text: translation for text, translation in sorted(known.items()) if translation}
        catalogue.obsolete = {text: Message(text, translation) for text, translation in unused.items()}
    return catalogue


def save(catalogue: Catalog) -> None:
    """Write .po and .mo; nothing is touched when nothing changed."""
    catalogue.header_comment = HEADER
    catalogue.fuzzy = False
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=118, sort_output=True, include_lineno=False)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not line.startswith(NOISE)]
    text = "\n".join(lines).rstrip() + "\n"
    if not PO.exists() or PO.read_text(encoding="utf-8") != text:
        PO.write_text(text, encoding="utf-8")
    home.compile_catalogue(PO, PO.with_suffix(".mo"))


def misfits(catalogue: Catalog) -> list[str]:
    """Sentences without Chinese, marked fuzzy, or with other placeholders than the English."""
    found = []
    for message in sentences(catalogue):
        text, translation = english(message), chinese(message)
        if not translation:
            found.append(f"no Chinese: {text}")
        elif message.fuzzy:
            found.append(f"fuzzy: {text}")
        elif not _same_values(message, translation):
            found.append(f"other placeholders: {text} -> {translation}")
    return found


def _same_values(message: Message, translation: str) -> bool:
    ids = [message.id] if isinstance(message.id, str) else message.id
    return values_in(translation) in [values_in(text) for text in ids]


def values_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def add(file: Path, *, change: bool = False) -> int:
    words: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    for text, translation in words.items():
        if values_in(text) != values_in(translation):
            raise BadTranslation(f"{file}: other placeholders: {text} -> {translation}")
    if not change:
        _refuse_other_chinese(words)
    with locked():
        catalogue = merged(words, keep_unused=True)
        save(catalogue)
    for text in sorted(set(words) & set(map(str, catalogue.obsolete))):
        print(f"not said anywhere (yet): {text}", file=sys.stderr)
    print(f"{len(misfits(catalogue))} of {len(catalogue)} sentences still to do (see check)")
    return 0


def _refuse_other_chinese(words: dict[str, str]) -> None:
    """Two things that English calls the same are two things in Chinese: the second needs another English word."""
    for message in sentences(saved()):
        text, translation = english(message), chinese(message)
        if translation and words.get(text, translation) != translation:
            places = ", ".join(sorted({file for file, _ in message.locations}))
            raise BadTranslation(
                f"{text} is {translation} already, in {places}. "
                f"Say it with another English word where it is {words[text]}, or change it everywhere with --change."
            )


def update() -> int:
    with locked():
        catalogue = merged({})
        save(catalogue)
    print(f"{len(misfits(catalogue))} of {len(catalogue)} sentences still to do (see check)")
    return 0


def check() -> int:
    found = misfits(merged({}))
    print("\n".join(found) if found else "Every sentence has its Chinese.")
    return 1 if found else 0


def compile_() -> int:
    with locked():
        if PO.exists():
            home.compile_catalogue(PO, PO.with_suffix(".mo"))
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="fill in the Chinese of a JSON file")
    adding.add_argument("file", type=Path)
    adding.add_argument("--change", action="store_true", help="also where there is another Chinese already")
    commands.add_parser("update", help="extract anew")
    commands.add_parser("check", help="name what is missing")
    commands.add_parser("compile", help="write the .mo")
    arguments = parser.parse_args()
    try:
        if arguments.command == "add":
            return add(arguments.file, change=arguments.change)
        return {"update": update, "check": check, "compile": compile_}[arguments.command]()
    except (BadTranslation, OSError, json.JSONDecodeError) as problem:
        print(f"translations: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
