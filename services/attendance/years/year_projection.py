"""Read models of years: what was assessed, by the share and by the number of days, and the last forecast."""

from __future__ import annotations

from collections.abc import Iterable

from kernel.messages import Recorded
from kernel.projection import Op, Table
from services.attendance.years.year import AnnualAttendanceAssessed, YearDaysAssessed, YearForecast

YEARS = Table(
    "assessed_years",
    {"posting": "text", "year": "int"},
    {
        "target": "text",
        "days": "int",
        "working_days": "int",
        "required": "int",
        "met": "bool",
        "whole_year": "bool",
        "assumed": "bool",
        "assessed_on": "date",
        "days_worked": "int",
    },
)
YEAR_DAYS = Table(
    "assessed_year_days",
    {"posting": "text", "year": "int"},
    {
        "target": "text",
        **dict.fromkeys(("days", "required"), "int"),
        **dict.fromkeys(("met", "whole_year", "assumed"), "bool"),
        "assessed_on": "date",
    },
)
FORECASTS = Table(
    "year_forecasts",
    {"posting": "text", "year": "int", "counts": "text"},
    {
        "target": "text",
        **dict.fromkeys(("days", "required", "needed", "left_over"), "int"),
        "outlook": "text",
        "unsealed": "text",
        "assumed": "bool",
        "forecast_on": "date",
    },
)
TABLES = (YEARS, YEAR_DAYS, FORECASTS)


def writes(recorded: Recorded) -> Iterable[Op]:
    """The rows of an event."""
    event, on = recorded.event, recorded.occurred_on
    match event:
        case AnnualAttendanceAssessed():
            yield YEARS.of(event, whole_year=event.whole, assessed_on=on)
        case YearDaysAssessed():
            yield YEAR_DAYS.of(event, whole_year=event.whole, assessed_on=on)
        case YearForecast():
            yield FORECASTS.of(event, left_over=event.left, unsealed="、".join(event.unsealed), forecast_on=on)
