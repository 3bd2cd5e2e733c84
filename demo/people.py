"""Generated persons. Every one is synthetic: names by a seeded generator, id numbers that pass their checksum."""

from __future__ import annotations

from datetime import date
from typing import Any

from faker import Faker
from stdnum.cn import ric

SEED = 201823
_ETHNICITIES = ("汉族", "满族", "蒙古族", "回族", "朝鲜族", "锡伯族")
_RELATIONS = ("配偶", "子女", "父亲", "母亲")


class People:
    """Gives persons one after the other, the same for the same seed."""

    def __init__(self, seed: int = SEED) -> None:
        self._faker = Faker("zh_CN")
        self._faker.seed_instance(seed)
        self._count = 0
        self._taken: set[str] = set()

    def next(self, *, born: tuple[int, int] = (1970, 1990)) -> dict[str, Any]:
        """The next person: the personal fields of the registration form, id number, mobile; ``synthetic`` is true."""
        fake, n = self._faker, self._count
        self._count += 1
        sex = fake.random_element(("男", "女"))
        birth = date(fake.random_int(*born), fake.random_int(1, 12), fake.random_int(1, 28))
        month = f"{birth.year}-{birth.month:02d}"
        return {
            "name": fake.name_male() if sex == "男" else fake.name_female(),
            "sex": sex,
            "birth_month": month,
            "photo": f"sha256:{fake.sha256()}",
            "ethnicity": _ETHNICITIES[n % 12 if n % 12 < len(_ETHNICITIES) else 0],
            "native_place": f"{fake.province()}{fake.city_name()}市",
            "birthplace": f"{fake.province()}{fake.city_name()}市",
            "party_join_month": f"{birth.year + 24}-07",
            "work_start_month": f"{birth.year + 22}-08",
            "health": "健康",
            "education_full_time": "大学本科",
            "school_major_full_time": f"{fake.city_name()}大学 行政管理",
            "education_in_service": "",
            "school_major_in_service": "",
            "career": f"{birth.year + 22}.08 至今 合成履历{n + 1:04d}",
            "rewards_and_punishments": "无",
            "annual_assessment_results": "2015 称职；2016 称职；2017 优秀",
            "family": [
                {
                    "relation": _RELATIONS[n % 2],
                    "name": fake.name(),
                    "age": fake.random_int(8, 60),
                    "political_status": "群众",
                    "unit_and_post": fake.company(),
                }
            ],
            "id_number": self._fresh(birth, n, sex),
            "mobile": f"139{(n * 7919 + 10007) % 100_000_000:08d}",
            "birth": birth,
            "synthetic": True,
        }

    def _fresh(self, birth: date, n: int, sex: str) -> str:
        number = self._id_number(birth, n, sex)
        while number in self._taken:
            n += 1
            number = self._id_number(birth, n, sex)
        self._taken.add(number)
        return number

    def _id_number(self, birth: date, n: int, sex: str) -> str:
        # One division for all: a number is judged by its date and its check digit.
        sequence = (n % 450) * 2 + (1 if sex == "男" else 2)
        front = f"210321{birth:%Y%m%d}{sequence:03d}"
        return front + str(ric.calc_check_digit(front + "0"))


def spoiled(id_number: str) -> str:
    """The id number with a wrong check digit."""
    return id_number[:-1] + ("0" if id_number[-1] != "0" else "1")
