"""A moment as it is said at the counter: `16:00`, `+1`, `fri 9:30`, `26/11 18:00`, `明天18点`."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pms.errors import Refused
from pms.say import say
from pms.web.days import parse_day

END_OF_DAY = time(23, 59)
DAY = timedelta(days=1)
CLOCK = re.compile(r"(?P<day>.*?)\s*(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|点(?P<past>\d{1,2}|半)?分?)")


def parse_due(text: str, now: datetime) -> datetime:
    """The moment meant by `text`, seen from `now` on the hotel's clock and in its zone.

    A time alone is its next one; a day alone lasts until its end. Raises `Refused` with how to write it.
    """
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return _at(_day(text, now.date()), END_OF_DAY, now)
    at = _time(found, text)
    if found["day"]:
        return _at(_day(found["day"], now.date()), at, now)
    today = _at(now.date(), at, now)
    return today if today > now else _at(now.date() + DAY, at, now)


def _day(text: str, today: date) -> date:
    if not text.strip():
        raise Refused(say("Please write down when it is collected."), field="due")
    return parse_day(text, today)


def _time(found: re.Match[str], text: str) -> time:
    minute = 30 if found["past"] == "半" else int(found["minute"] or found["past"] or 0)
    try:
        return time(int(found["hour"]), minute)
    except ValueError:
        raise Refused(
            say("{text} is not a time. Write 16:00, +1, fri 9:30 or 26/11 18:00.", text=text.strip())
        ) from None


def _at(day: date, at: time, now: datetime) -> datetime:
    return datetime.combine(day, at, tzinfo=now.tzinfo)
