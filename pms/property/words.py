"""The names people read for seasons, beds, views and other choices of the property."""

from __future__ import annotations

from pms.property.models import ClosureKind, Housekeeping, RateKind, SeasonKind
from pms.property.models_welcome import Gift
from pms.say import Say, say

SEASONS: dict[SeasonKind, Say] = {
    SeasonKind.PEAK: say("Peak season"),
    SeasonKind.NORMAL: say("Normal season"),
    SeasonKind.LOW: say("Low season"),
}
RATE_KINDS: dict[RateKind, Say] = {
    RateKind.RACK: say("Rack rate"),
    RateKind.CORPORATE: say("Corporate contract"),
    RateKind.GROUP: say("Group rate"),
    RateKind.PROMOTION: say("Promotion"),
    RateKind.PACKAGE: say("Package"),
}
CLOSURE_KINDS: dict[ClosureKind, Say] = {
    ClosureKind.OUT_OF_ORDER: say("Out of order"),
    ClosureKind.OUT_OF_SERVICE: say("Out of service"),
}
COMES_BACK_AS: dict[Housekeeping, Say] = {
    Housekeeping.DIRTY: say("Dirty"),
    Housekeeping.CLEAN: say("Clean"),
    Housekeeping.INSPECTED: say("Inspected"),
}
BEDS: dict[str, Say] = {"king": say("King bed"), "twin": say("Twin beds")}
VIEWS: dict[str, Say] = {
    "": say("No view"),
    "city": say("City view"),
    "lake": say("Lake view"),
    "garden": say("Garden view"),
    "court": say("Courtyard view"),
}
BATHS: dict[str, Say] = {"shower": say("Shower"), "tub": say("Bath tub"), "both": say("Tub and shower")}
PAPER_LANGUAGES: dict[str, Say] = {"both": say("English and Chinese"), "en": say("English"), "zh": say("Chinese")}
WEEKDAYS: dict[int, Say] = {
    -1: say("Every day"),
    0: say("Mon"),
    1: say("Tue"),
    2: say("Wed"),
    3: say("Thu"),
    4: say("Fri"),
    5: say("Sat"),
    6: say("Sun"),
}
GIFTS: dict[Gift, Say] = {
    Gift.FLOWERS: say("Flowers"),
    Gift.FRUIT: say("Fruit"),
    Gift.CAKE: say("Cake"),
    Gift.CAR: say("Car"),
    Gift.OTHER: say("Other"),
}
WELCOMED: dict[int, Say] = {
    0: say("Returning guests"),
    1: say("VIPs, V1"),
    2: say("VIPs, V2"),
    3: say("VIPs, V3"),
}
