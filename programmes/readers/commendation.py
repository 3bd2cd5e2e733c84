"""The end of a swap: statements of the hosts, summaries, and who is commended, by which steps and up to how many."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from kernel.reader import Reader
from programmes.readers.procedure import Sees, Steps, of_acts
from programmes.readers.words import NO_TWICE, City, Count, Name, Names, Number, Row, adds_up

Cooperating = Annotated[tuple[Literal["host_city_org", "host_county_org"], ...], Meta(min_length=1)]
Recipients = Annotated[
    tuple[Literal["province_org", "sending_city_org", "receiving_city_org"], ...], Meta(min_length=1)
]


class Collectives(Row, frozen=True):
    """Places for collectives."""

    total: Count
    cities: Count
    counties: Count


COOPERATES = Reader[Cooperating]("swap.assessment.cooperates", "接收方配合考核", NO_TWICE)

SUMMARY_DEADLINE = Reader[date]("summary.deadline", "集体与个人总结")
SUMMARY_COPIES = Reader[Number]("summary.copies", "集体与个人总结")
SUMMARY_RECIPIENTS = Reader[Recipients]("summary.recipients", "集体与个人总结", NO_TWICE)
SUMMARY_CITIES = Reader[Annotated[tuple[City, ...], Meta(min_length=1)]](
    "summary.cities", "集体与个人总结、先进市评定", NO_TWICE
)
SUMMARY_COUNTIES = Reader[Count]("summary.counties", "集体与个人总结")

COMMENDATION = Reader[Steps](
    "procedure.commendation",
    "先进集体和优秀个人表彰",
    *of_acts(
        *("select", "consult", "propose", "file", "choose", "grant"),
        sees=Sees("sending host province", "kind"),
        documents=("file",),
    ),
)
COLLECTIVES = Reader[Collectives]("commendation.collectives", "表彰名额", adds_up("total", "cities", "counties"))
PERSONS = Reader[Count]("commendation.persons", "表彰名额")
COLLECTIVE_CRITERIA = Reader[Names]("commendation.collective_criteria", "先进集体评选条件", NO_TWICE)
PERSON_CRITERIA = Reader[Names]("commendation.person_criteria", "优秀个人评选条件", NO_TWICE)
FORM_DEADLINE = Reader[date]("commendation.deadline", "先进集体和优秀个人登记表")
FORM_RECIPIENT = Reader[Name]("commendation.recipient", "先进集体和优秀个人登记表")
GRANTED_FROM = Reader[date]("commendation.granted_from", "表彰时间")
GRANTED_UNTIL = Reader[date]("commendation.granted_until", "表彰时间")
