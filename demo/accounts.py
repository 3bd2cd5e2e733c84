"""Accounts of every role for whoever tries the system out: a holder for each post, recorded as an organ would, and an
account with a first password for each.

They are made after the last figure was read. Passwords are drawn, stand in ``accounts.txt`` beside the data (0600) and
nowhere else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from cli.sign_in import kept
from demo.offices import Offices
from deploy.local.system import System
from kernel.calendar import CHINA
from kernel.text import digits
from programmes.roles import called

_POSTS: Final = (
    ("province", "21", "org_head", "省委组织部部长"),
    ("city", "2107", "org_head", "锦州市委组织部部长"),
    ("county", "210727", "org_head", "义县县委组织部部长"),
    ("township", "210727101", "party_secretary", "乡镇党委书记"),
    ("village", "210727101208", "party_secretary", "村党组织书记"),
)
_OF_UNITS: Final = (("unit", "party_secretary", "派出单位党委（党组）书记"), ("channel", "org_head", "工委组织部部长"))
_OWN: Final = ("system_admin", "security_admin", "auditor")
FILE: Final = "accounts.txt"


def leave(gateway: Offices, world: Any, system: System, data: Path) -> Table:
    """Make them; gives name, first password and post of each, to be printed."""
    today = datetime.now(CHINA).date()
    on = today.isoformat()
    province = replace(world.province(), person="demo-recorder")
    made: list[tuple[str, str, str]] = []

    def holder(organ: str, post: str, name: str) -> dict[str, str]:
        return {"organ": organ, "post": post, "person": f"demo-{name}", "since": on}

    divisions = [holder(organ, post, name) for name, organ, post, _ in _POSTS]
    gateway.command(province, "RecordOfficeHolder", {"holders": divisions}, on)
    unit = next(row for row in gateway.query(province, "allocation", "units") if not digits(row["channel"]))
    organs = {"unit": unit["unit"], "channel": unit["channel"]}
    offices = [holder(organs[name], post, name) for name, post, _ in _OF_UNITS]
    gateway.command(province, "RecordUnitOfficers", {"holders": offices}, on)
    with kept(system) as (keeping, _):
        for name, said in [*((name, said) for name, _, _, said in _POSTS), *((n, said) for n, _, said in _OF_UNITS)]:
            made.append((name, keeping.add(name, f"demo-{name}", today), said))
        for role in _OWN:
            name = role.replace("_", "-")
            first = keeping.add(name, f"demo-{name}", today, role=role, place=system.province)
            made.append((name, first, called(role)))
    path = data / FILE
    path.touch(mode=0o600)
    path.write_text("".join(f"{name} {first} {said}\n" for name, first, said in made), encoding="utf-8")
    table = Table("账号 account", "首次口令 first password", "职务 post", title="登录 sign in")
    for row in made:
        table.add_row(*row)
    table.caption = f"{path}: the first sign-in sets an own password and an authenticator"
    return table
