"""A trail as a picture: a lane for each service, time downwards, an arrow from every cause to its effect.

SVG written by hand, no script, no font of its own; it prints and scales. Events of one kind that follow each other in a
lane, none of them tied to another, share a box. What a box says when it is pointed at: facts and clause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from audit.counting import counted
from audit.trail.facts import basis, facts
from audit.trail.trace import Trace, id_text
from audit.trail.words import title

MOST = 400
LANES: Mapping[str, str] = {
    "allocation": "#2f5d8a",
    "personnel": "#8a4b2f",
    "attendance": "#3f7a4d",
    "evaluation": "#6b4a86",
}
_OTHER = "#555555"
_LEFT, _LANE, _GAP, _TOP, _ROW, _BOX = 104, 252, 44, 92, 50, 38
_STYLE = (
    "text{font-family:'Noto Sans CJK SC','Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;fill:#222}"
    ".head{font-size:17px;font-weight:600}.lane{font-size:14px;font-weight:600}.what{font-size:12.5px}"
    ".small{font-size:10.5px;fill:#666}.arrow{fill:none;stroke:#b03a2e;stroke-width:1.4}"
)


class TooLong(Exception):
    """More boxes than a picture can show."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Events that share a box, in order, and the row they stand in."""

    traces: tuple[Trace, ...]
    row: int

    @property
    def service(self) -> str:
        return self.traces[0].id[0]


def picture(subject: str, trail: Sequence[Trace]) -> str:
    """The SVG of an ordered trail.

    Raises:
        TooLong: where it has more than ``MOST`` boxes; what is drawn must be possible to look at.
    """
    boxes = _boxes(trail)
    if len(boxes) > MOST:
        raise TooLong(f"the trail of {subject} has {len(boxes)} boxes, a picture at most {MOST}: take text or JSON")
    present = {box.service for box in boxes}
    lanes = [name for name in LANES if name in present] + sorted(present - set(LANES))
    width = _LEFT + len(lanes) * (_LANE + _GAP)
    height = _TOP + len(boxes) * _ROW + 30
    at = {trace.id: box for box in boxes for trace in box.traces}
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
            f' role="img"><title>{escape(subject)}</title><style>{_STYLE}</style>',
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7"'
            ' orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#b03a2e"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            f'<text class="head" x="16" y="30">{escape(subject)}</text>',
            f'<text class="small" x="16" y="48">{counted(len(trail), "event")}, causes before effects; '
            "an arrow leads from a cause to its effect</text>",
            *_lanes(lanes, height),
            *_days(boxes),
            *(_arrow(lanes, at[trace.cause], at[trace.id]) for trace in trail if trace.cause in at),
            *(part for box in boxes for part in _drawn(lanes, box)),
            "</svg>\n",
        ]
    )


def _boxes(trail: Sequence[Trace]) -> list[_Box]:
    causes = {trace.cause for trace in trail}
    here = {trace.id for trace in trail}
    groups: list[list[Trace]] = []
    for trace in trail:
        tied = trace.cause in here or trace.id in causes
        last = groups[-1][-1] if groups else None
        alike = last is not None and (last.id[0], last.type) == (trace.id[0], trace.type)
        if alike and last is not None and not tied and last.cause not in here and last.id not in causes:
            groups[-1].append(trace)
        else:
            groups.append([trace])
    return [_Box(tuple(group), row) for row, group in enumerate(groups)]


def _x(lanes: Sequence[str], service: str) -> int:
    return _LEFT + lanes.index(service) * (_LANE + _GAP)


def _y(box: _Box) -> int:
    return _TOP + box.row * _ROW


def _lanes(lanes: Sequence[str], height: int) -> Iterator[str]:
    for name in lanes:
        x, colour = _x(lanes, name), LANES.get(name, _OTHER)
        place = f'x="{x - 10}" y="{_TOP - 30}" width="{_LANE + 20}" height="{height - _TOP + 18}"'
        yield f'<rect {place} fill="{colour}" fill-opacity="0.06"/>'
        yield f'<text class="lane" x="{x}" y="{_TOP - 12}" style="fill:{colour}">{escape(name)}</text>'


def _days(boxes: Sequence[_Box]) -> Iterator[str]:
    """The date of fact beside the first box of each run of one day."""
    shown = ""
    for box in boxes:
        day = box.traces[0].occurred_on
        if day != shown:
            yield f'<text class="small" x="16" y="{_y(box) + 23}">{escape(day)}</text>'
        shown = box.traces[-1].occurred_on


def _drawn(lanes: Sequence[str], box: _Box) -> Iterator[str]:
    first, last = box.traces[0], box.traces[-1]
    x, y, colour = _x(lanes, box.service), _y(box), LANES.get(box.service, _OTHER)
    dash = "" if first.relation in ("about", "effect") else ' stroke-dasharray="4 3"'
    yield (
        f'<rect x="{x}" y="{y}" width="{_LANE}" height="{_BOX}" rx="5" fill="#ffffff" stroke="{colour}"{dash}>'
        f"<title>{escape(', '.join(_described(trace) for trace in box.traces[:20]))}</title></rect>"
    )
    span = f", to {last.occurred_on}" if last.occurred_on != first.occurred_on else ""
    many = f" × {len(box.traces)}{span}" if len(box.traces) > 1 else ""
    yield f'<text class="what" x="{x + 9}" y="{y + 16}">{escape(title(first))}{many}</text>'
    yield f'<text class="small" x="{x + 9}" y="{y + 31}">{escape(f"{first.type} {id_text(first.id)}")}</text>'


def _described(trace: Trace) -> str:
    said = "".join(f" {name} {value}" for name, value in facts(trace))
    return f"{id_text(trace.id)} {trace.type} {trace.occurred_on} {trace.stream} {basis(trace)}{said}"


def _arrow(lanes: Sequence[str], cause: _Box, effect: _Box) -> str:
    """From the side of the cause's box that faces the effect to the effect's; within a lane around the left edge."""
    x1, x2, y1, y2 = _x(lanes, cause.service), _x(lanes, effect.service), _y(cause) + _BOX - 8, _y(effect) + _BOX // 2
    if x1 == x2:
        path = f"M{x1},{y1} C{x1 - 26},{y1} {x2 - 26},{y2} {x2 - 1},{y2}"
    elif x1 < x2:
        path = f"M{x1 + _LANE},{y1} C{x1 + _LANE + 34},{y1} {x2 - 34},{y2} {x2 - 1},{y2}"
    else:
        path = f"M{x1},{y1} C{x1 - 34},{y1} {x2 + _LANE + 34},{y2} {x2 + _LANE + 1},{y2}"
    return f'<path class="arrow" d="{path}" marker-end="url(#tip)"/>'
