"""People who do not exist: names as a house in Hangzhou sees them, papers with right check digits, all from a seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric

from pms.guests.models import DocumentKind

# (character, pinyin); the commonest first, they are drawn more often.
SURNAMES = tuple(
    pair.split(":")
    for pair in (
        "王:Wang 李:Li 张:Zhang 刘:Liu 陈:Chen 杨:Yang 黄:Huang 赵:Zhao 吴:Wu 周:Zhou 徐:Xu 孙:Sun 马:Ma 朱:Zhu"
        " 胡:Hu 郭:Guo 何:He 林:Lin 罗:Luo 郑:Zheng 梁:Liang 谢:Xie 宋:Song 唐:Tang 许:Xu 韩:Han 冯:Feng 邓:Deng 曹:Cao"
        " 彭:Peng 曾:Zeng 肖:Xiao 田:Tian 董:Dong 潘:Pan 袁:Yuan 蔡:Cai 蒋:Jiang 余:Yu 于:Yu 杜:Du 叶:Ye 程:Cheng"
        " 魏:Wei 苏:Su 吕:Lü 丁:Ding 任:Ren 卢:Lu 姚:Yao 沈:Shen 钟:Zhong 姜:Jiang 崔:Cui 谭:Tan 陆:Lu 范:Fan 汪:Wang"
        " 廖:Liao 石:Shi 金:Jin 贾:Jia 夏:Xia 方:Fang 白:Bai 邹:Zou 孟:Meng 秦:Qin 江:Jiang 顾:Gu 欧阳:Ouyang 单:Shan"
    ).split()
)
GIVEN_M = tuple(
    pair.split(":")
    for pair in (
        "伟:Wei 强:Qiang 磊:Lei 军:Jun 洋:Yang 勇:Yong 杰:Jie 涛:Tao 超:Chao 明:Ming 刚:Gang 平:Ping 辉:Hui 鹏:Peng"
        " 飞:Fei 志强:Zhiqiang 建华:Jianhua 国庆:Guoqing 浩然:Haoran 子轩:Zixuan 宇航:Yuhang 文博:Wenbo 俊杰:Junjie"
        " 天宇:Tianyu 家豪:Jiahao 晓东:Xiaodong 海波:Haibo 永康:Yongkang 思远:Siyuan 一鸣:Yiming 喆:Zhe 昊:Hao"
    ).split()
)
GIVEN_F = tuple(
    pair.split(":")
    for pair in (
        "芳:Fang 娜:Na 敏:Min 静:Jing 丽:Li 艳:Yan 娟:Juan 霞:Xia 燕:Yan 玲:Ling 颖:Ying 雪:Xue 倩:Qian 慧:Hui 雯:Wen"
        " 秀英:Xiuying 美琳:Meilin 晓燕:Xiaoyan 思雨:Siyu 欣怡:Xinyi 梓涵:Zihan 雨桐:Yutong 婉清:Wanqing 佳琪:Jiaqi"
        " 诗涵:Shihan 若曦:Ruoxi 心怡:Xinyi 春梅:Chunmei 珺:Jun 祎:Yi"
    ).split()
)
# nation: (language, women's and men's given names, surnames); accents and apostrophes are meant.
ABROAD = {
    "GB": ("en", "Emma Olivia Grace Hannah", "James Oliver Harry Daniel", "Smith Taylor Hughes Evans Whitaker"),
    "US": ("en", "Ashley Megan Laura Denise", "Michael Tyler Jason Robert", "Johnson Miller Baker Carter Nguyen"),
    "IE": ("en", "Siobhán Aoife Niamh Orla", "Seán Cian Patrick Eoin", "O’Brien Murphy Byrne O’Connor"),
    "DE": ("de", "Anna Julia Ute Katrin", "Jonas Tim Jörg Leo", "Fischer Müller Schröder Weiß Hofer Berger"),
    "FR": ("fr", "Chloé Élodie Marie Inès", "Luc Marc Hugo François", "Moreau Delacroix Dubois Lefèvre"),
    "IT": ("it", "Giulia Carla Elena Chiara", "Ugo Marco Luca Matteo", "Rossi Ferrari Bianchi Conti"),
    "ES": ("es", "Lucía Ana Carmen Sofía", "Luis Javier Álvaro Diego", "Ortega García Muñoz Ibáñez"),
    "PT": ("pt", "Inês Ana Beatriz Joana", "Rui João Tiago Nuno", "Costa Santos Gonçalves Araújo"),
    "SE": ("sv", "Ida Nora Elin Åsa", "Per Lars Sven Björn", "Lindqvist Holm Berg Sjöström"),
    "PL": ("pl", "Agnieszka Zofia Ewa Magda", "Paweł Łukasz Piotr Jan", "Nowak Wiśniewska Zieliński Wójcik"),
    "CZ": ("cs", "Jana Petra Tereza Eva", "Tomáš Jiří Ondřej Petr", "Novák Dvořák Černý Šimek"),
    "HU": ("hu", "Zsófia Ilona Éva Kata", "Pál Gábor László István", "Varga Szabó Kőszegi Nagy"),
    "TR": ("tr", "Ayşe Zeynep Elif Defne", "Deniz Mehmet Çağlar Emre", "Kaya Yılmaz Şahin Özdoğan"),
    "NG": ("en", "Tola Amara Ngozi Ifeoma", "Chidi Emeka Femi Obinna", "Okafor Adeyemi Eze Balogun"),
    "IN": ("en", "Priya Anjali Kavita Meera", "Arjun Rohan Vikram Sanjay", "Raghunathan Sharma Iyer Patel"),
    "RU": ("ru", "Daria Olga Natalia Irina", "Ivan Sergei Dmitri Alexei", "Ivanov Petrov Smirnov Volkov"),
    "AE": ("ar", "Sara Fatima Layla Noor", "Ahmed Omar Khalid Yusuf", "Ahmed Al-Mansoori Haddad Saleh"),
    "VN": ("vi", "Lan Hương Linh Mai", "Minh Tuấn Dũng Hải", "Nguyễn Trần Lê Phạm"),
}  # fmt: skip
JAPANESE = (
    "田中:Tanaka 佐藤:Sato 伊藤:Ito 中村:Nakamura 小林:Kobayashi 山本:Yamamoto",
    "洋子:Yoko 愛子:Aiko 健二:Kenji 亮:Ryo",
)
KOREAN = ("김:Kim 이:Lee 박:Park 최:Choi 정:Jung", "서연:Seo-yeon 민준:Min-jun 지우:Ji-woo 도현:Do-hyun")
FEMALE_IN_ASIA = {"Yoko", "Aiko", "Seo-yeon", "Ji-woo"}
# Districts and counties that are older than every guest.
AREAS = tuple("330122 330127 310101 310104 110101 110105 120101 350121 422822 430121 430321 510121 610323".split())
YOUNGEST, OLDEST = 21, 78


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a document; `key` tells two people of one name apart."""

    key: int
    surname: str
    given: str
    name_zh: str
    sex: str
    nationality: str
    language: str
    telephone: str
    born_on: date | None
    document: DocumentKind
    number: str


class People:
    """The same people in the same order for the same seed. `today` sets their age."""

    def __init__(self, seed: int, today: date) -> None:
        self.draw, self.today, self.count = Random(seed), today, 0

    def somebody(self) -> Person:
        """A guest as the house has them: two thirds from China, the rest from everywhere."""
        chance = self.draw.random()
        if chance < 0.66:
            return self.chinese()
        if chance < 0.74:
            return self._east_asian()
        return self.foreigner()

    def chinese(self, surname: str = "", given: str = "", name_zh: str = "", sex: str = "", age: int = 0) -> Person:
        sex = sex or self.draw.choice("FM")
        if not surname:
            place = min(int(self.draw.expovariate(1 / 18)), len(SURNAMES) - 1)
            zh, surname = SURNAMES[place]
            given_zh, given = self.draw.choice(GIVEN_F if sex == "F" else GIVEN_M)
            name_zh = zh + given_zh
        born = self._birthday(age)
        mobile = f"+86 13{self.draw.randrange(10)} {self.draw.randrange(10**8):08d}"
        number = self._resident_id(born, sex)
        return self._person(surname, given, name_zh, sex, "CN", "zh", mobile, born, DocumentKind.RESIDENT_ID, number)

    def foreigner(
        self, surname: str = "", given: str = "", nation: str = "", name_zh: str = "", sex: str = ""
    ) -> Person:
        known = nation if nation in ABROAD else self.draw.choice(sorted(ABROAD))
        language, women, men, surnames = ABROAD[known]
        sex = sex or self.draw.choice("FM")
        surname = surname or self.draw.choice(surnames.split())
        given = given or self.draw.choice((women if sex == "F" else men).split())
        passport = f"{self.draw.choice('ABCEGKLNPXZ')}{self.draw.randrange(10**7, 10**8)}"
        return self._person(
            surname, given, name_zh, sex, nation or known, language, "", self._birthday(), DocumentKind.PASSPORT,
            passport,
        )  # fmt: skip

    def _east_asian(self) -> Person:
        nation, (families, names) = self.draw.choice((("JP", JAPANESE), ("KR", KOREAN)))
        family, surname = self.draw.choice(families.split()).split(":")
        first, given = self.draw.choice(names.split()).split(":")
        sex = "F" if given in FEMALE_IN_ASIA else "M"
        passport = f"{'TR' if nation == 'JP' else 'M'}{self.draw.randrange(10**6, 10**7)}"
        language = "ja" if nation == "JP" else "ko"
        return self._person(
            surname, given, family + first, sex, nation, language, "", self._birthday(), DocumentKind.PASSPORT, passport
        )

    def _person(self, *values: object) -> Person:
        self.count += 1
        return Person(self.count, *values)  # type: ignore[arg-type]

    def _birthday(self, age: int = 0) -> date:
        years = age or min(OLDEST, max(YOUNGEST, int(self.draw.gauss(43, 13))))
        return self.today - timedelta(days=years * 365 + years // 4 + self.draw.randrange(1, 364))

    def _resident_id(self, born: date, sex: str) -> str:
        """18 digits with the check digit; the 17th is odd for men."""
        serial = self.draw.randrange(50) * 2 + (1 if sex == "M" else 0)
        body = f"{self.draw.choice(AREAS)}{born:%Y%m%d}{self.draw.randrange(10)}{serial:02d}"
        return body + ric.calc_check_digit(body + "0")
