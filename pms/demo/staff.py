"""Who works in the demo hotel: one login for each role, all with the password that the command prints."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from pms.access import ROLE_NAMES, Role
from pms.accounts import actions
from pms.accounts.models import User
from pms.departments import Department
from pms.say import Say

PASSWORD = "three-lakes-and-a-pavilion"  # of a demo on one's own machine; no house outside the demo has it


class Colleague(NamedTuple):
    login: str
    name: str
    name_zh: str
    role: Role
    department: Department

    @property
    def job(self) -> Say:
        return ROLE_NAMES[self.role]


STAFF = (
    Colleague("lina", "Li Na", "李娜", Role.FRONT_DESK_AGENT, Department.FRONT_DESK),
    Colleague("zhangwei", "Zhang Wei", "张伟", Role.SHIFT_LEADER, Department.FRONT_DESK),
    Colleague("chenyu", "Chen Yu", "陈宇", Role.ASSISTANT_MANAGER, Department.ASSISTANT_MANAGER),
    Colleague("sunhao", "Sun Hao", "孙昊", Role.NIGHT_AUDITOR, Department.FRONT_DESK),
    Colleague("zhoumin", "Zhou Min", "周敏", Role.RESERVATION_CLERK, Department.RESERVATIONS),
    Colleague("wufang", "Wu Fang", "吴芳", Role.RESERVATION_SUPERVISOR, Department.RESERVATIONS),
    Colleague("maliang", "Ma Liang", "马良", Role.CONCIERGE, Department.CONCIERGE),
    Colleague("huangyan", "Huang Yan", "黄燕", Role.HOUSEKEEPING, Department.HOUSEKEEPING),
    Colleague("linfei", "Lin Fei", "林菲", Role.CASHIER, Department.CASHIER),
    Colleague("qiangang", "Qian Gang", "钱刚", Role.DEPARTMENT_STAFF, Department.ENGINEERING),
    Colleague("xulan", "Xu Lan", "徐岚", Role.MANAGER, Department.ASSISTANT_MANAGER),
    Colleague("admin", "Gao Ming", "高明", Role.ADMIN, Department.FRONT_DESK),
)

# Who works beside them, so that the roster is one.
COLLEAGUES = (
    Colleague("zhaolei", "Zhao Lei", "赵磊", Role.FRONT_DESK_AGENT, Department.FRONT_DESK),
    Colleague("hejing", "He Jing", "何静", Role.FRONT_DESK_AGENT, Department.FRONT_DESK),
    Colleague("tangyu", "Tang Yu", "唐宇", Role.FRONT_DESK_AGENT, Department.FRONT_DESK),
    Colleague("pengtao", "Peng Tao", "彭涛", Role.NIGHT_AUDITOR, Department.FRONT_DESK),
    Colleague("luobin", "Luo Bin", "罗斌", Role.CONCIERGE, Department.CONCIERGE),
    Colleague("denghong", "Deng Hong", "邓红", Role.HOUSEKEEPING, Department.HOUSEKEEPING),
)
# Monday to Sunday, and at which counter.
PLANS: dict[str, tuple[str, str]] = {
    "lina": ("EEEEE--", "A"),
    "zhangwei": ("EE--EEE", ""),
    "zhaolei": ("LLLLL--", "A"),
    "hejing": ("--LLLLL", "VIP"),
    "tangyu": ("LL---EE", "B"),
    "sunhao": ("NNNNN--", ""),
    "pengtao": ("-----NN", ""),
    "chenyu": ("LLLLL--", ""),
    "xulan": ("EEEEE--", ""),
    "zhoumin": ("EEEEE--", ""),
    "wufang": ("--EEEEE", ""),
    "maliang": ("EEEEE--", ""),
    "luobin": ("LLL--EE", ""),
    "huangyan": ("EEEEE--", ""),
    "denghong": ("--LLLEE", ""),
    "linfei": ("EEEEE--", ""),
    "qiangang": ("EEEEE--", ""),
}


def hire(now: datetime) -> dict[Role, User]:
    """Everybody; by role those whose logins are shown."""
    for person in COLLEAGUES:
        _add(person, now)
    return {person.role: _add(person, now) for person in STAFF}


def _add(person: Colleague, now: datetime) -> User:
    return actions.add_user(
        person.login,
        person.name,
        person.role,
        password=PASSWORD,
        name_zh=person.name_zh,
        department=person.department,
        by=None,
        now=now,
    )
