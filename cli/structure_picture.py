"""The structure of the corps as a picture: a block of bars for each dimension, SVG written by hand.

Invariant: the same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.sax.saxutils import escape

from kernel.text import digits
from programmes.key_words import WORDS as KEY_WORDS

TITLES: Final[Mapping[str, str]] = {
    "age": "年龄",
    "sex": "性别",
    "level": "单位层级",
    "unit_kind": "单位所属领域",
    "education": "学历",
    "pool": "人选来源",
}
WORDS: Final[Mapping[str, str]] = {
    **KEY_WORDS, "province": "省", "city": "市", "county": "县", "enterprise": "企业",
}  # fmt: skip
"""The words of keys; a level of units is said in one character."""
BAND: Final = 5
"""Years of age that share a bar."""
_LEFT, _WIDE, _ROW, _TOP, _HEAD = 170, 420, 24, 64, 34
_STYLE: Final = (
    "text{font-family:'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;fill:#222;"
    "font-size:12.5px}.head{font-size:17px;font-weight:600}.block{font-size:14px;font-weight:600}.bar{fill:#2f5d8a}"
)


def picture(figures: Mapping[str, Any]) -> str:
    """The SVG of the figures that ``structure`` answers."""
    blocks = [(name, _bars(name, figures[name])) for name in TITLES]
    height = _TOP + sum(_HEAD + len(bars) * _ROW for _, bars in blocks) + 20
    width = _LEFT + _WIDE + 110
    head = f"{figures['programme']} 队伍结构，{figures['as_of']} 在岗 {figures['serving']} 人"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f' role="img"><title>{escape(head)}</title><style>{_STYLE}</style>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text class="head" x="16" y="30">{escape(head)}</text>',
    ]
    y = _TOP
    for name, bars in blocks:
        lines += list(_block(TITLES[name], bars, y, figures["serving"]))
        y += _HEAD + len(bars) * _ROW
    return "\n".join([*lines, "</svg>", ""])


def _bars(name: str, counted: Mapping[str, int]) -> list[tuple[str, int]]:
    if name != "age":
        return [(WORDS.get(value, value), count) for value, count in sorted(counted.items())]
    bands: dict[tuple[int, str], int] = {}
    for value, count in counted.items():
        low = int(value) // BAND * BAND if digits(value) else -1
        key = (low, f"{low}–{low + BAND - 1} 岁" if low >= 0 else value)
        bands[key] = bands.get(key, 0) + count
    return [(label, count) for (_, label), count in sorted(bands.items())]


def _block(title: str, bars: list[tuple[str, int]], top: int, total: int) -> Iterator[str]:
    yield f'<text class="block" x="16" y="{top + 14}">{escape(title)}</text>'
    for number, (label, count) in enumerate(bars):
        y = top + _HEAD - 10 + number * _ROW
        wide = count * _WIDE // total
        share = f"{count * 1000 // total // 10}.{count * 1000 // total % 10}%"
        yield f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>'
        yield f'<rect class="bar" x="{_LEFT}" y="{y}" width="{max(wide, 1)}" height="16"/>'
        yield f'<text x="{_LEFT + wide + 8}" y="{y + 13}">{count}（{share}）</text>'
