"""A Chinese clerk reads Chinese everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tools import translations


def test_every_sentence_has_its_chinese() -> None:
    assert translations.misfits(translations.merged({})) == []


def test_saved_catalogue_is_up_to_date() -> None:
    said = {translations.english(m) for m in translations.sentences(translations.extracted())}
    saved = translations.saved()
    assert {translations.english(m) for m in translations.sentences(saved)} == said, "run: make translations"
    assert list(saved.obsolete) == []


def test_translation_that_loses_a_value_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    file.write_text(json.dumps({"{guest} is in {room}.": "{guest} 已入住。"}), encoding="utf-8")
    with pytest.raises(translations.BadTranslation, match="placeholders"):
        translations.add(file)


def test_chinese_that_is_said_elsewhere_is_not_changed_unawares(tmp_path: Path) -> None:
    file = tmp_path / "words.json"
    file.write_text(json.dumps({"Guest": "来宾"}), encoding="utf-8")
    with pytest.raises(translations.BadTranslation, match=r"Guest is 客人 already, in .*templates/"):
        translations.add(file)
