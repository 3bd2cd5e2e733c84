"""The bench of the auditor's verification: all checks with both roots, beside a plain read of the same log."""

from __future__ import annotations

from itertools import batched
