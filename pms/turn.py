"""Whose turn it is to write: the thread that runs may go on, but nobody waits for ever.

A lock of `threading` is mostly taken again by the thread that has just let it go, so that the hundred short units of
work of a night audit would starve the desk. Handing it over each time would cost a change of threads per booking.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from time import monotonic

OVERTAKEN = 0.05  # seconds in which others may go first


@dataclass(eq=False)
class _Waiting:
    since: float
    woken: threading.Event = field(default_factory=threading.Event)
    has_it: bool = False


class Turn:
    """Taken by one at a time, not twice by the same. For threads of one process."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._queue: deque[_Waiting] = deque()

    def take(self, timeout: float) -> bool:
        """Wait for the turn, at most `timeout` seconds. Returns whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            me = _Waiting(monotonic())
            self._queue.append(me)
        while me.woken.wait(me.since + timeout - monotonic()):
            with self._guard:
                if self._try(me):
                    return True
                me.woken.clear()
        with self._guard:
            if self._try(me):
                return True
            self._queue.remove(me)
            return False

    def pass_on(self) -> None:
        """Let it go: to the first in the queue if that has waited long enough, else to whoever comes first."""
        with self._guard:
            self._taken = False
            if self._queue:
                first = self._queue[0]
                if monotonic() - first.since > OVERTAKEN:
                    self._queue.popleft()
                    self._taken = first.has_it = True
                first.woken.set()

    def _try(self, me: _Waiting) -> bool:
        if me.has_it:
            return True
        if self._taken:
            return False
        self._taken = True
        self._queue.remove(me)
        return True
