"""Chinese names in Latin letters, surname first. Surnames are often read differently from the same character elsewhere:
单 Shan, 仇 Qiu, 曾 Zeng; where families differ among themselves (乐 Yue or Le) both are found.
"""

from __future__ import annotations

from functools import lru_cache

# Only surnames that the general reading gets wrong or leaves open, and those of two characters.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "單": ("shan",), "仇": ("qiu",), "曾": ("zeng",), "解": ("xie",), "区": ("ou",),
    "區": ("ou",), "查": ("zha",), "朴": ("piao",), "翟": ("zhai", "di"), "盖": ("ge", "gai"), "洗": ("xian",),
    "员": ("yun",), "贠": ("yun",), "乐": ("yue", "le"), "覃": ("qin", "tan"), "缪": ("miao",),
    "宓": ("mi", "fu"), "召": ("shao",), "种": ("chong",), "秘": ("bi",), "隗": ("wei", "kui"), "折": ("she",),
    "祭": ("zhai",), "句": ("gou",), "重": ("chong",), "黑": ("he",), "繁": ("po",), "牟": ("mou", "mu"),
    "卜": ("bu",), "佴": ("nai",), "郇": ("xun", "huan"), "郗": ("xi", "chi"), "谌": ("chen", "shen"),
    "都": ("du",), "能": ("nai",), "乜": ("nie",), "阚": ("kan",), "薄": ("bo",), "藏": ("zang",),
    "校": ("jiao", "xiao"),
    "欧阳": ("ouyang",), "司马": ("sima",), "上官": ("shangguan",), "诸葛": ("zhuge",), "夏侯": ("xiahou",),
    "皇甫": ("huangfu",), "尉迟": ("yuchi",), "公孙": ("gongsun",), "慕容": ("murong",), "令狐": ("linghu",),
    "长孙": ("zhangsun",), "宇文": ("yuwen",), "司徒": ("situ",), "司空": ("sikong",), "万俟": ("moqi",),
    "澹台": ("tantai",), "端木": ("duanmu",), "东方": ("dongfang",), "南宫": ("nangong",), "独孤": ("dugu",),
    "呼延": ("huyan",), "申屠": ("shentu",), "轩辕": ("xuanyuan",), "完颜": ("wanyan",), "西门": ("ximen",),
    "百里": ("baili",), "闻人": ("wenren",), "太史": ("taishi",), "濮阳": ("puyang",), "钟离": ("zhongli",),
    "鲜于": ("xianyu",), "赫连": ("helian",), "东郭": ("dongguo",), "公冶": ("gongye",), "淳于": ("chunyu",),
}  # fmt: skip


@lru_cache(maxsize=4096)
def readings(name_zh: str) -> tuple[str, ...]:
    """Words that find a Chinese name: `赵磊` -> ("zhao", "lei", "zhaolei", "zl")."""
    name = name_zh.replace(" ", "").replace("·", "")
    surname, given = _split(name)
    if not surname:
        return ()
    syllables = _syllables(given)
    together, initials = "".join(syllables), "".join(s[0] for s in syllables if s)
    words: list[str] = []
    for family in SURNAMES.get(surname) or ("".join(_syllables(surname)),):
        words += [family, together, family + together, _initials(surname, family) + initials]
    return tuple(dict.fromkeys(word for word in words if word))


def _split(name: str) -> tuple[str, str]:
    size = 2 if len(name) > 2 and name[:2] in SURNAMES else 1
    return name[:size], name[size:]


def _initials(surname: str, family: str) -> str:
    """`oy` for 欧阳, `z` for 赵."""
    if len(surname) == 1:
        return family[:1]
    return "".join(syllable[0] for syllable in _syllables(surname))


def _syllables(characters: str) -> list[str]:
    from pypinyin import lazy_pinyin  # slow to import: only when there is Chinese

    return [syllable.lower() for syllable in lazy_pinyin(characters)] if characters else []
