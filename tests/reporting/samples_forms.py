"""Records of the forms, as the guests of the evening would have them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pms.cashier.queries_forms import Bill, BillLine
from pms.cashier.rules import KIND_NAMES
from pms.front_desk.queries_forms import ChangeSlip, RegistrationCard
from pms.front_desk.queries_group_papers import GroupPaper, GroupVouchers, KeyLine, ProgrammeRow, TypeCount, VoucherLine
from pms.front_desk.queries_special import VipForm
from pms.guest_services.queries_forms import DirectionCard, LuggageTag, MessageSlip
from pms.reporting.texts import Bilingual
from pms.reservations.change_slip import SUBJECTS
from pms.reservations.history import Named, Slip, SlipLine
from pms.reservations.queries_arrangements import PickUpSign
from pms.reservations.queries_letters import LetterPaper, RoomOfLetter
from pms.reservations.words import GUARANTEES
from pms.say import say
from tests.reporting.samples import DAY, at
from tests.reporting.samples_lists import police_register

UNTIL = DAY + timedelta(days=2)

TOUR = GroupPaper(
    "WLT-21", "West Lake Tour", "西湖之旅", "Qianjiang", "Guo Feng 郭峰", "+86 138 0000 0000", DAY, UNTIL, "16:20",
    "Dinner 18:30 Lotus Hall, wake-up 06:30 · 莲厅晚餐，6:30 叫醒",
    [
        KeyLine(11, "1107", "STT", "Luo Dan 罗丹; Shen Yi 沈怡", 2, DAY, UNTIL),
        KeyLine(12, "1203", "STT", "He Ping 何平", 1, DAY, UNTIL),
        KeyLine(0, "", "STT", "Lin Tao 林涛", 1, DAY, UNTIL),
    ],
    [TypeCount("STT", DAY, UNTIL, 3, 4)],
    [
        ProgrammeRow(DAY, "18:30", "dinner", "Lotus Hall 莲厅", 4),
        ProgrammeRow(UNTIL, "06:30", "wake_up", "", None),
        ProgrammeRow(UNTIL, "08:00", "luggage_out", "", None),
    ],
    True, 4, "Guo Feng 郭峰", at(16),
    [say("{name} ({kinds}; {left} left)", name="Guo Feng", kinds=KIND_NAMES["food"], left="800.00")],
)  # fmt: skip
FORMS: dict[str, Any] = {
    "registration_card": RegistrationCard(
        "04746", "Novák, Tomáš", "M", date(1984, 2, 29), "CZ", "passport", "•••••4567", "L 30", "Business", "+420 1",
        "Borealis Marine", "1204", "Standard king", "标准大床", "BAR", 78000, DAY, UNTIL, 1, 0, 100000, 0,
    ),
    "change_slip": ChangeSlip(
        at(15, 5), "Liu Zhe 刘喆", "1509", "1702", "SK", "DK", "Air conditioning 空调坏", True, "Agreed by telephone",
        20000, UNTIL, "Lin Yue",
    ),
    "message_slip": MessageSlip(
        "M0031", "O'Brien, Siobhán", "1711", "Mr Chen", "+86 138 0000 0000", "call_back",
        "The meeting is moved to nine; please bring the drawings of the second floor. 会议改到九点，请带二楼图纸。",
        at(16, 12), "Lin Yue", at(16, 12) + timedelta(days=1),
    ),
    "direction_card": DirectionCard(
        Bilingual("Lingyin Temple", "灵隐寺"),
        Bilingual("Bus 7 from the lake, 12 stops.", "湖滨站乘 7 路公交车，12 站。"),
        "杭州市西湖区法云弄 1 号", "+86 571 5550 1660", Bilingual("06:30–18:00", "6:30—18:00"),
        Bilingual("8 km, 25 minutes, about CNY 30", "8 公里，约 25 分钟，约 30 元"), "澜庭大酒店",
        "浙江省杭州市西湖区湖滨路 88 号", "+86 571 5550 8888",
    ),
    "luggage_tag": LuggageTag(
        "L0102", "L0102-7K3Q", 2, "Black suitcase, rucksack 黑箱", "B3", "Kim Seo-yeon 김서연", "+82 10", "1602", "",
        at(9), "He Li", at(18),
    ),
    "confirmation_letter": LetterPaper(
        1, "LT-26-04747", "Erdoğan, Şule", "Tianmu Software 天目软件", "Li Mei", "none", 18, 14, 12,
        (RoomOfLetter(DAY, UNTIL, "Standard king", "标准大床", "Bed and breakfast", "含早价", 2, (78000, 78000), 2),),
        at(9), "He Li", "Zhou Min",
    ),
    "booking_changes": Slip(
        "LT-26-04747", "Erdoğan, Şule", Named("Tianmu Software", "天目软件"), "Li Mei", 2, DAY, UNTIL,
        (
            SlipLine(at(9), Named("He Li", "何丽"), "1/2", SUBJECTS["persons"], "1", "2", ""),
            SlipLine(at(15, 5), Named("Lin Yue", "林悦"), "", SUBJECTS["guarantee"], GUARANTEES["none"],
                     GUARANTEES["company"], "Call of Ms Li"),
        ),
    ),
    "pick_up_sign": PickUpSign("Mr Tomáš Novák", "", "MU 5101, Hall B", DAY, "18:30"),
    "bill": Bill(
        "F00012", "Erdoğan, Şule", "Tianmu Software 天目软件", "1206", DAY, UNTIL, "04747",
        [
            BillLine(DAY, KIND_NAMES["room"], "", 78000, None),
            BillLine(DAY, KIND_NAMES["food"], "R-118", 12600, None),
            BillLine(DAY, say("Reversed: {reason}", reason="wrong room"), "", -12600, None),
            BillLine(DAY + timedelta(days=1), KIND_NAMES["room"], "", 78000, None),
            BillLine(UNTIL, KIND_NAMES["payment"], "A-77", None, 156000),
        ],
        0,
    ),
    "group_confirmation": TOUR,
    "key_list": TOUR,
    "meal_vouchers": GroupVouchers(
        "WLT-21", "West Lake Tour", "西湖之旅", "Lotus Hall 莲厅", "7:00", "Li Na",
        [VoucherLine(UNTIL, "1107", "Luo Dan 罗丹; Shen Yi 沈怡", 2), VoucherLine(UNTIL, "1203", "He Ping 何平", 1)],
    ),
    "vip_request": VipForm(
        "04747", "Wang Jianguo 王建国", "Director 厅长", 1, "Trade Office 省商务厅", "2102", DAY, UNTIL, "09:30", True,
        2, "Flowers, fruit, wine 鲜花、水果、酒", "General manager at the door 总经理门口迎接", "", "Wu Fang", at(9),
        "approved", "Chen Yu", at(10), "", "Chen Yu", at(14, 5),
    ),
    "police_list": (police_register(), None),
}  # fmt: skip
