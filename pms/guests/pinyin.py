"""Chinese names in Latin letters, surname first. Surnames are often read differently from the same character elsewhere:
单 Shan, 仇 Qiu, 曾 Zeng; where families differ among themselves (乐 Yue or Le) both are found.
"""

from __future__ import annotations

from functools import lru_cache

# First reading first; only what the general reading gets wrong or leaves open.
SURNAMES: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "單": ("shan",), "仇": ("qiu",), "曾": ("zeng",), "解": ("xie",), "任": ("ren",),
    "区": ("ou",), "區": ("ou",), "查": ("zha",), "朴": ("piao",), "翟": ("zhai", "di"), "盖": ("ge", "gai"),
    "冼": ("xian",), "洗": ("xian",), "员": ("yun",), "贠": ("yun",), "贲": ("ben",), "乐": ("yue", "le"),
    "覃": ("qin", "tan"), "缪": ("miao",), "宓": ("mi", "fu"), "召": ("shao",), "种": ("chong",), "秘": ("bi",),
    "逄": ("pang",), "隗": ("wei", "kui"), "折": ("she",), "过": ("guo",), "晁": ("chao",), "祭": ("zhai",),
    "句": ("gou",), "尉": ("wei",), "曲": ("qu",), "宿": ("su",), "长": ("zhang",), "褚": ("chu",), "纪": ("ji",),
    "燕": ("yan",), "应": ("ying",), "哈": ("ha",), "盛": ("sheng",), "石": ("shi",), "沈": ("shen",), "车": ("che",),
    "重": ("chong",), "黑": ("he",), "繁": ("po",), "牟": ("mou", "mu"), "葛": ("ge",), "万": ("wan",), "卜": ("bu",),
    "佴": ("nai",), "郇": ("xun", "huan"), "郗": ("xi", "chi"), "戚": ("qi",), "令": ("ling",), "叶": ("ye",),
    "柏": ("bai",), "谌": ("chen", "shen"), "俞": ("yu",), "干": ("gan",), "占": ("zhan",), "间": ("jian",),
    "谷": ("gu",), "相": ("xiang",), "都": ("du",), "那": ("na",), "能": ("nai",), "乜": ("nie",), "阚": ("kan",),
    "殷": ("yin",), "薄": ("bo",), "幺": ("yao",), "藏": ("zang",), "校": ("jiao", "xiao"), "行": ("xing",),
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
