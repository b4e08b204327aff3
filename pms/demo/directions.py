"""What the concierge of the demo hotel is asked for every day."""

from __future__ import annotations

from datetime import datetime, timedelta

from pms.access import Role
from pms.db import work
from pms.demo.play import Play
from pms.guest_services import directions
from pms.guest_services.directions import NewDirection

DIRECTIONS = (
    NewDirection(
        title_en="Lingyin Temple", title_zh="灵隐寺",
        text_en="By bus 7 from the stop at the lake, direction Lingyin, 12 stops, to the terminus. The gate is five "
        "minutes on foot. Two tickets are needed: one for the park, one for the temple.",
        text_zh="在湖滨站乘 7 路公交车往灵隐方向，12 站到终点站下车，步行 5 分钟到景区门口。"
        "飞来峰景区与灵隐寺分别购票。",
        address_zh="杭州市西湖区法云弄 1 号", telephone="+86 571 5550 1660",
        hours_en="06:30–18:00, last entry 17:30", hours_zh="6:30—18:00，17:30 停止入内",
        way_en="8 km, 25 minutes by taxi, about CNY 30", way_zh="8 公里，出租车约 25 分钟，约 30 元",
    ),
    NewDirection(
        title_en="Hangzhou East Railway Station", title_zh="杭州东站",
        text_en="Metro line 1 from Longxiangqiao, direction Xiaoshan Airport, 7 stops. High-speed trains close their "
        "gates five minutes before departure; allow 30 minutes for the security check. Bring your passport.",
        text_zh="在龙翔桥站乘地铁 1 号线往萧山国际机场方向，7 站。"
        "高铁开车前 5 分钟停止检票，安检请预留 30 分钟，请带好身份证件。",
        address_zh="杭州市上城区天城路 1 号 东站出发层", telephone="12306",
        hours_en="05:30–24:00", hours_zh="5:30—24:00",
        way_en="9 km, 30 minutes by taxi, about CNY 35", way_zh="9 公里，出租车约 30 分钟，约 35 元",
    ),
    NewDirection(
        title_en="Xiaoshan International Airport", title_zh="萧山国际机场",
        text_en="A taxi should be ordered at the concierge an hour ahead. The airport bus leaves from Wulinmen every "
        "30 minutes and takes an hour. International flights leave from terminal 4: be there three hours before.",
        text_zh="出租车请提前一小时在礼宾部预订。机场大巴由武林门发车，每 30 分钟一班，约一小时到达。"
        "国际航班在 T4 航站楼，请提前三小时到达。",
        address_zh="杭州市萧山区 萧山国际机场 T4 航站楼", telephone="+86 571 96299",
        way_en="30 km, 45–60 minutes by taxi, about CNY 110", way_zh="30 公里，出租车 45—60 分钟，约 110 元",
    ),
    NewDirection(
        title_en="Hospital with English-speaking doctors", title_zh="有英语医生的医院",
        text_en="Ask for the international clinic on the first floor of building 3. Bring passport and insurance card; "
        "treatment is paid at once by card or cash. In an emergency dial 120, or 0 for our operator.",
        text_zh="国际门诊在 3 号楼 1 层。请带护照和保险卡，费用当场刷卡或付现金。急救请拨 120，或拨 0 找酒店总机。",
        address_zh="杭州市上城区庆春东路 3 号 邵逸夫医院 3 号楼", telephone="+86 571 5550 1994",
        hours_en="Clinic 08:00–17:00, emergencies day and night", hours_zh="门诊 8:00—17:00，急诊昼夜",
        way_en="5 km, 20 minutes by taxi, about CNY 20", way_zh="5 公里，出租车约 20 分钟，约 20 元",
    ),
    NewDirection(
        title_en="Hefang Street, old town", title_zh="河坊街",
        text_en="On foot along the lake to the south, left into Kaixuan Road, then straight on to the drum tower. Tea, "
        "silk and scissors; prices in the market hall may be discussed, in the old pharmacies not.",
        text_zh="沿湖向南步行，左转后直行至鼓楼。茶叶、丝绸、剪刀；市集可以还价，老药铺不还价。",
        address_zh="杭州市上城区河坊街 鼓楼路口", hours_en="09:00–22:00", hours_zh="9:00—22:00",
        way_en="2 km, 25 minutes on foot, taxi about CNY 13", way_zh="2 公里，步行约 25 分钟，出租车约 13 元",
    ),
    NewDirection(
        title_en="Paying by telephone without a Chinese bank account", title_zh="没有国内银行卡怎么用手机支付",
        text_en="Alipay and WeChat both take foreign cards: install the app, choose Add card and photograph your "
        "passport. Fares under CNY 200 cost nothing more. Cash is taken everywhere too; the cashier changes money.",
        text_zh="支付宝和微信都可以绑定境外银行卡：安装应用，选择添加银行卡，拍摄护照。"
        "200 元以下不收手续费。各处也收现金，收银处可兑换外币。",
    ),
)  # fmt: skip


def keep_directions(play: Play, now: datetime) -> None:
    with work():
        for new in DIRECTIONS:
            directions.add_direction(new, by=play.by(Role.CONCIERGE), now=now - timedelta(days=20))
