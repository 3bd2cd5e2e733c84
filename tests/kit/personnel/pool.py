"""The pool of reserves on a real log: persons of 青神县 with cards, taken from the announcement as far as wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kernel.messages import Actor
from programmes.areas import registered
from services.personnel.wiring import SERVICE
from tests.kit.desk import Desk, organ
from tests.kit.personnel import cast

QS2017, COUNTY = "QS2017", "511425"
TOWNSHIP = "511425102"


def villages(township: str) -> list[str]:
    """The villages of a township that are no communities."""
    return [one.code for one in registered("51").within(township, "village") if "社区" not in one.name]


VILLAGES = villages(TOWNSHIP)
HOME, NEXT = VILLAGES[:2]
ELSEWHERE = villages("511425108")[0]
COMMUNITY = "511425001001"
OFFICE, COMMITTEE = organ("county_org", COUNTY), organ("township", TOWNSHIP)
BRANCH = organ("village", HOME)
GROUPS = {"village_cadres": 5, "party_representatives": 12, "resident_representatives": 20}
MARKS = ["政治素质好", "干事能力强", "发展潜力大", "群众口碑好"]


def card(n: int, **changes: Any) -> dict[str, Any]:
    """The card of the n-th synthetic person."""
    return {
        "name": f"合成人员{n:04d}",
        **{key: cast.form(n)[key] for key in ("sex", "birth_month")},
        "photo": f"sha256:{n:064x}",
        "ethnicity": "汉族",
        "native_place": "四川青神",
        "birthplace": "四川青神",
        "party_join_month": "",
        "work_start_month": "2002-08",
        "health": "健康",
        "occupation": "种植",
        "skills": "农机",
        "education": "高中",
        "school_and_major": "青神某中学",
        "id_number": cast.id_number(n),
        "phone": cast.mobile(n),
        "identity_pool": "村民小组长",
        "remark": "",
    } | changes


class Pool:
    """Personnel of the province 51, told of the rules; the steps of a reserve by name."""

    def __init__(self, open_desk: Callable[..., Desk]) -> None:
        self.desk = open_desk(SERVICE, province="51")
        self.desk.hear_profiles(QS2017, on="2017-09-22")

    def announce(self, on: str = "2017-09-25", township: str = TOWNSHIP) -> None:
        """The township announces the selection."""
        about = {"programme": QS2017, "township": township, "notice": "公告〔2017〕1号"}
        self.desk.receipt(organ("township", township), "AnnounceReserveSelection", on, **about)

    def asked(self, n: int, village: str = HOME, home: str = "", **more: Any) -> dict[str, Any]:
        """A recommendation of the n-th person."""
        about = {"programme": QS2017, "village": village, "home": home or village, "channel": "self"}
        return {**about, "card": card(n), "synthetic": True, **more}

    def recommend(self, n: int, on: str = "2017-09-26", **more: Any) -> str:
        """The n-th person is recommended; the key of the reserve."""
        asked = self.asked(n, **more)
        self.desk.receipt(organ("township", asked["village"][:9]), "RecommendReserve", on, **asked)
        return f"{QS2017}.{self.desk.stored('ReserveRecommended')[-1]['person']}"

    def steps(self, village: str = HOME, home: str = "") -> list[tuple[str, str, dict[str, Any]]]:
        """(command, day, what it says) of the selection after the recommendation, the last one activates."""
        place = {"stage": "targets_public", "place": village}
        second = {"stage": "reserves_public", "place": home or village}
        return [
            ("CheckReserveQualification", "2017-09-26", {}),
            ("AttestReserveMarks", "2017-09-26", {"marks": MARKS}),
            ("RecordMassEvaluation", "2017-09-27", {"present": GROUPS, "approve": 30, "oppose": 2, "abstain": 1}),
            ("SelectReserve", "2017-09-28", {"ground": "村“两委”班子配备计划"}),
            ("OpenPublicity", "2017-09-29", place),
            ("RecordReserveInspection", "2017-10-09", {"report": "考察报告〔2017〕1号"}),
            ("ClosePublicity", "2017-10-11", place),
            ("DetermineReserve", "2017-10-11", {"meeting": "党委会〔2017〕9号"}),
            ("OpenPublicity", "2017-10-12", second),
            ("ClosePublicity", "2017-10-18", second),
            ("ActivateReserve", "2017-10-18", {}),
        ]

    def until(self, reserve: str, last: str, village: str = HOME, home: str = "", nth: int = 1) -> None:
        """Take the selection's steps as far as the ``nth`` command ``last``."""
        for name, on, said in self.steps(village, home):
            self.desk.receipt(organ("township", village[:9]), name, on, reserve=reserve, **said)
            nth -= name == last
            if not nth:
                return

    def active(self, n: int, village: str = HOME, **more: Any) -> str:
        """The n-th person as an active reserve."""
        reserve = self.recommend(n, village=village, **more)
        self.until(reserve, "ActivateReserve", village, more.get("home", ""))
        return reserve

    def take(self, by: Actor, name: str, on: str, reserve: str, /, **said: Any) -> dict[str, int]:
        """A command about a reserve, taken."""
        return self.desk.command(by, name, on, reserve=reserve, **said)

    def refused(self, by: Actor, name: str, on: str, reserve: str, /, **said: Any) -> dict[str, Any]:
        """A command about a reserve, refused."""
        return self.desk.refused(by, name, on, reserve=reserve, **said)

    def row(self, reserve: str) -> dict[str, Any]:
        """How the reserve stands."""
        (row,) = self.desk.query(OFFICE, "reserves", programme=QS2017, person=reserve.partition(".")[2])
        return row
