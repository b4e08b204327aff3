"""Build the two faces the papers are printed in, from the npm packages of Noto (OFL 1.1).

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-sans@0.4.2
    npm pack @expo-google-fonts/noto-sans-kr@0.4.3
    python tools/build_fonts.py DIRECTORY_OF_THE_TGZ_FILES [pms/fonts]

The same packages give the same bytes. Each face is one file, so that a line of a paper needs no switching of fonts:
Noto Sans SC gives the hanzi, kana and plain Latin, Noto Sans the letters it lacks (č š ł ő ğ ş, Greek, Cyrillic,
Vietnamese), Noto Sans KR the Hangul. Regular keeps all of GBK (GB2312 lacks 喆 珺 祎 and other letters of names) and
all Hangul; Bold keeps the everyday part and `pms.reporting.fonts` takes a rarer letter from Regular. The quotation
marks get their proportional glyphs, else O'Brien prints with a gap as wide as a hanzi.
"""

import io
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

WEIGHTS = {"Regular": "400Regular", "Bold": "700Bold"}
# Name characters outside GB2312 that turn up on bold lines; everything rarer comes from Regular.
NAME_CHARACTERS = (
    "喆珺祎堃翀玥琤烨焜煊熠璟瑄瑀珩玘珅琨璇甯昇昉旻晞暐晟曈淼湉漪滢潆潼澍劼勍翯翾轩頔颢骉骎魃犇鑫垚燚飏嫕嬿婳"
)
QUOTES = "‘’“”"
FROM_LATIN = {0x2026, 0x2022}  # … ends names that were cut off, • masks numbers: as wide as a hanzi they look lost
KEEP_NON_HAN_BELOW = 0x3400
HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
HANGUL = range(0xAC00, 0xD7A4)
LETTERS = (
    *range(0x00A0, 0x0250),
    *range(0x0370, 0x0530),
    *range(0x1E00, 0x1F00),
    *range(0x2000, 0x2070),
    *range(0x20A0, 0x20C1),
)
DROPPED = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "gasp", "prep", "DSIG"]


def characters(encoding: str, leads: range, trails: range) -> set[int]:
    """Every character of a double-byte encoding, by code point."""
    found = (bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in trails)
    return {ord(character) for character in found if len(character) == 1}


GBK = characters("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
GB2312 = characters("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
BIG5_FREQUENT = characters("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
KS_X_1001 = characters("euc_kr", range(0xB0, 0xC9), range(0xA1, 0xFF))

HANZI = {"Regular": GBK | BIG5_FREQUENT, "Bold": GB2312 | BIG5_FREQUENT | set(map(ord, NAME_CHARACTERS))}
SYLLABLES = {"Regular": set(HANGUL), "Bold": KS_X_1001}


def source(packages: Path, package: str, face: str) -> TTFont:
    """The TTF of one weight out of an npm package."""
    [archive] = sorted(packages.glob(f"expo-google-fonts-{package}-[0-9]*.tgz"))
    with tarfile.open(archive) as tar:
        [member] = [m for m in tar.getmembers() if m.name.endswith(f"_{face}.ttf")]
        file = tar.extractfile(member)
        assert file is not None
        return TTFont(io.BytesIO(file.read()))


def is_han(code: int) -> bool:
    return any(first <= code <= last for first, last in HAN)


def cut(font: TTFont, codes: Iterable[int]) -> TTFont:
    """Keep the glyphs of these characters and no layout tables."""
    options = subset.Options()
    options.layout_features = []
    options.glyph_names = options.hinting = False
    options.notdef_outline = True
    options.drop_tables += DROPPED
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def make_quotes_proportional(font: TTFont) -> None:
    """Let the quotation marks point to the glyphs of the font's own `pwid` feature."""
    gsub = font["GSUB"].table
    [lookups] = {tuple(r.Feature.LookupListIndex) for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "pwid"}
    narrow: dict[str, str] = {}
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            narrow.update(getattr(getattr(table, "ExtSubTable", table), "mapping", {}))
    for table in font["cmap"].tables:
        for quote in map(ord, QUOTES):
            if table.isUnicode() and quote in table.cmap:
                table.cmap[quote] = narrow.get(table.cmap[quote], table.cmap[quote])  # tables may share one map


def add(font: TTFont, other: TTFont, prefix: str) -> None:
    """Append the glyphs of `other` (same units per em) and its characters to `font`."""
    names = {old: f"{prefix}{index}" for index, old in enumerate(other.getGlyphOrder())}
    font.setGlyphOrder(font.getGlyphOrder() + list(names.values()))
    for old, new in names.items():
        glyph = other["glyf"][old]
        if glyph.isComposite():
            for component in glyph.components:
                component.glyphName = names[component.glyphName]
        font["glyf"].glyphs[new] = glyph
        font["hmtx"].metrics[new] = other["hmtx"].metrics[old]
    extra = {code: names[name] for code, name in other.getBestCmap().items()}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(extra)


def rename(font: TTFont, weight: str) -> None:
    """The family's own name: Noto's is not for changed fonts."""
    names = {
        1: "Innkeep Paper",
        2: weight,
        3: f"InnkeepPaper-{weight}",
        4: f"Innkeep Paper {weight}",
        6: f"InnkeepPaper-{weight}",
    }
    for record in list(font["name"].names):
        if record.nameID in names:
            place = (record.platformID, record.platEncID, record.langID)
            font["name"].setName(names[record.nameID], record.nameID, *place)
        elif record.nameID >= 16:
            font["name"].removeNames(nameID=record.nameID)


def build(packages: Path, weight: str) -> TTFont:
    """One merged face."""
    face = WEIGHTS[weight]
    chinese, latin, korean = (source(packages, name, face) for name in ("noto-sans-sc", "noto-sans", "noto-sans-kr"))
    assert chinese["head"].unitsPerEm == latin["head"].unitsPerEm == korean["head"].unitsPerEm
    make_quotes_proportional(chinese)
    plain = {code for code in chinese.getBestCmap() if code < KEEP_NON_HAN_BELOW or 0xFE00 <= code <= 0xFFEF}
    plain -= FROM_LATIN
    hanzi = {code for code in HANZI[weight] if is_han(code)}
    missing = set(LETTERS) & set(latin.getBestCmap()) - plain
    font = cut(chinese, plain | hanzi)
    add(font, cut(latin, missing), "latin")
    add(font, cut(korean, SYLLABLES[weight]), "hangul")
    rename(font, weight)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    return font


def main(packages: Path, target: Path) -> None:
    for weight in WEIGHTS:
        path = target / f"InnkeepPaper-{weight}.ttf"
        build(packages, weight).save(path)
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:]] or sys.exit(__doc__)
    main(arguments[0], arguments[1] if len(arguments) > 1 else Path(__file__).parents[1] / "pms" / "fonts")
