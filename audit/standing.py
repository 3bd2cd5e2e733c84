"""Whether a database still is what provisioning made: owners, grants, roles, triggers, functions, constraints.

What it was made as is written down in ``rights.txt`` (``kernel.log.rights``); what it is the server's catalogue says.
Invariant: what is another is named once, by the thing it concerns. A role with power over the whole server is expected
only where it came with the server, or is named as an administrator.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from audit.findings import Findings
from audit.live import Live
from kernel.log import rights
from kernel.log.rights import Right

_BY_FIRST_WORD: Final = ("trigger", "constraint", "rule", "policy")
_TABLE: Final = "owner table"
_GUARDS: Final = ("trigger", "event trigger", "rule", "policy", "row security")
_REFUSING: Final = ("log.refuse_change()", "feed.refuse_change()", "vault.refuse_change()")
# 10 is the role the server was made with.
_POWERFUL: Final = """
select current_database(), rolname,
       concat_ws(' ', case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
                 case when rolreplication then 'replication' end, case when rolbypassrls then 'bypassrls' end,
                 (select string_agg('member of ' || g.rolname, ' ' order by g.rolname)
                    from pg_auth_members m join pg_roles g on g.oid = m.roleid
                   where m.member = r.oid and (g.rolname ~ '^pg_(write|read|execute)_' or g.rolsuper
                         or g.rolcreaterole or g.rolreplication or g.rolbypassrls)))
  from pg_roles r where oid <> 10 and rolname !~ '^pg_'
"""
SERVER: Final = "server"
"""The name under which roles of the whole server are named."""


def check_server(source: Live, databases: Collection[str], findings: Findings, administrators: Collection[str]) -> None:
    """Say which roles have power over the whole server of ``databases``, each once. Raises Unreadable.

    What a role of one of these databases may do is among the rights of that database.
    """
    known = set(administrators)
    for database in databases:
        for name, role, power in _rows(source, database, _POWERFUL):
            system = str(name).removesuffix(database)
            if power and role not in known and not role.startswith(tuple(f"{system}{one}_" for one in databases)):
                known.add(role)
                sentence = f"may on the whole server what its name does not say ({power}), and is no administrator"
                findings.add("right_differs", SERVER, None, sentence, f"role {role}")
        source.release(database)


def check_standing(source: Live, database: str, findings: Findings, service: str = "") -> None:
    """Say what is otherwise in ``database``, under the name of ``service`` where that is another.

    Of one that provisioning does not make, as a test's, nothing is said. Raises Unreadable.
    """
    if not rights.file(database).exists():
        return
    made, found = rights.expected(database), rights.found(lambda sql: _rows(source, database, sql))
    source.release(database)
    whole = _tables(made) ^ _tables(found)  # what one of them has alone is named as a whole
    for about in sorted({_about(right) for right in made ^ found}):
        kind, name, _ = about
        if kind != _TABLE and whole & {name, name.rpartition(".")[0]}:
            continue
        code = "guard_off" if kind in _GUARDS or name in _REFUSING else "right_differs"
        now, was = (sorted(right.what for right in part if _about(right) == about) for part in (found, made))
        there, due = "; ".join(now) or "nothing", "; ".join(was) or "nothing"
        sentence = f"there is {there[:300]} where provisioning made {due[:300]}"
        findings.add(code, service or database, None, sentence, " ".join(filter(None, about)))


def _tables(rights_of: Collection[Right]) -> set[str]:
    return {name for kind, name, _ in rights_of if kind == _TABLE}


def _rows(source: Live, database: str, sql: str) -> list[tuple[Any, ...]]:
    with source.answering(database), source.session(database).cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def _about(right: Right) -> tuple[str, str, str]:
    """What a line is about: two lines about the same are one thing that was changed."""
    kind, name, what = right
    if kind in _BY_FIRST_WORD:
        return kind, name, what.split(" ")[0]
    if kind.startswith("grant") or kind in ("setting", "event trigger") or (kind == "role" and "member of" in what):
        return kind, name, what
    return kind, name, ""
