"""A clock that is wrong, for every Python process that finds this first on its path.

PAIZHU_SKEW names a file with the seconds to add. Everything that dates (``time.time``, ``time.time_ns`` and through
them ``date.today``) is moved; ``time.monotonic``, by which waiting is measured, is not: so it is with a real clock that
somebody sets.
"""

import os
import time

_file = os.environ["PAIZHU_SKEW"]
_time, _time_ns, _monotonic = time.time, time.time_ns, time.monotonic
_seconds, _read_at = 0, -1.0


def _skew() -> int:
    global _seconds, _read_at
    now = _monotonic()
    if now - _read_at > 0.2:
        _read_at = now
        with open(_file, encoding="ascii") as file:
            _seconds = int(file.read() or 0)
    return _seconds


time.time = lambda: _time() + _skew()
time.time_ns = lambda: _time_ns() + _skew() * 1_000_000_000
