"""Measures again every speed the README states.

make bench                                                  the demo house and the month that ships with the tests
PMS_BOOKINGS=hotel_bookings_resort.csv.gz make bench        a whole season as well
python -m bench pages papers                                only these
python -m bench placing --quick                             a minute instead of twelve
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import desk, http, measures, one_guest, placing, speed
from bench.measures import Figure

MEASURES: dict[str, Callable[[Path], Iterator[Figure]]] = {
    "demo": measures.making_the_demo,
    "pages": measures.pages,
    "placing": placing.measure,
    "guest": one_guest.measure,
    "preview": measures.placing,
    "desk": desk.measure,
    "http": http.measure,
    "papers": measures.papers,
    "login": measures.login,
    "speed": speed.speed,
    "growth": speed.growth,
    "replay": measures.replay,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(MEASURES)} (all)")
    parser.add_argument("--quick", action="store_true", help="placing: smaller houses, less time")
    asked = parser.parse_args()
    names = asked.names or list(MEASURES)
    unknown = sorted(set(names) - set(MEASURES))
    if unknown:
        parser.error(f"there is no measure {', '.join(unknown)}")
    print(f"{platform.machine()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {platform.system()}")
    with TemporaryDirectory(prefix="innkeep-bench-") as folder:
        for name in names:
            measure = partial(placing.measure, quick=asked.quick) if name == "placing" else MEASURES[name]
            for what, figure in measure(Path(folder)):
                print(f"{name:8} {what:58} {figure}", flush=True)


if __name__ == "__main__":
    main()
