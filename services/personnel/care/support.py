"""Who looks after a cadre, where he lives, and what his unit ties to the village.

Sources: 晋组通字〔2015〕41号 五.4 (PE-040); the Jinzhou measures 一.1 (PE-100), 三.1 (PE-103 to PE-105).
Invariant: the parties, their verbs and the kinds are those of the notice; a party that nobody stands for stays open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.grounds import rules_of
from kernel.messages import Area, Command, Few, Key, Line, Text
from kernel.rules import Rules
from programmes.duty import Duty
from programmes.readers import care
from programmes.roles import COUNTIES, TOWNSHIPS, called
from programmes.texts import impersonal
from services.personnel.care.record import OnPosting, admit
from services.personnel.care.refusals import BUNDLE_UNKNOWN, MANAGER_UNKNOWN, MENTOR_TWICE, RESIDENCE_UNKNOWN
from services.personnel.postings.posting import Posting

COUNTY, TOWNSHIP = 6, 9
_ROLES = {"township_committee": "township"}


@dataclass(frozen=True, slots=True)
class Manager:
    """The organ that stands for a managing party."""

    party: Key
    organ: Line


@dataclass(frozen=True, slots=True)
class Managing:
    """The same with the verb of the notice, "" where it prints none."""

    party: Key
    organ: Line
    verb: str


class ManagersNamed(OnPosting, title="明确管理责任"):
    """Who manages the cadre from ``occurred_on``; ``empty`` are the parties of the notice that nobody stands for."""

    rule = "management.roles"

    managers: tuple[Managing, ...]
    empty: tuple[Key, ...]

    @property
    def lacking(self) -> str:
        """The parties that nobody stands for."""
        return f"缺{'、'.join(called(_ROLES.get(party, party)) for party in self.empty)}" if self.empty else ""


class MentorAssigned(OnPosting, title="结对帮扶"):
    """A member of the township's leadership stands by the cadre: the ``number``-th of ``wanted``."""

    rule = "mentor.per_cadre"

    mentor: Key
    number: int
    wanted: int

    @property
    def lacking(self) -> str:
        """How many are missing yet."""
        return f"尚缺 {self.wanted - self.number} 名" if self.number < self.wanted else ""


class ResidenceRecorded(OnPosting, title="驻村居住登记"):
    """The cadre lives in ``area``. ``lives_in``: on the spot, as are rooms shared by the cadres of villages around."""

    rule = "residence.kinds"

    kind: Line
    area: Area
    address: Line
    lives_in: bool


class BundleItemRecorded(OnPosting, title="捆绑事项"):
    """Something the unit ties to the cadre's village: a responsibility, a project, money."""

    rule = "bundle.kinds"

    kind: Key
    text: Text


class NameManagers(Command, title="明确管理责任", roles=COUNTIES, concerns=("posting",)):
    """Name who manages a cadre; what was named before holds no more."""

    posting: Key
    managers: Few[Manager]


class AssignMentor(Command, title="结对帮扶", roles=TOWNSHIPS, concerns=("posting",)):
    """Pair a member of the township's leadership, by person id, with a cadre."""

    posting: Key
    mentor: Key


class RecordResidence(Command, title="驻村居住登记", roles=care.HOSTS, concerns=("posting",)):
    """Record where a cadre lives."""

    posting: Key
    kind: Line
    area: Area
    address: Line


class RecordBundleItem(Command, title="捆绑事项登记", roles=care.SENDERS, concerns=("posting",)):
    """Record what the unit ties to the cadre's village."""

    posting: Key
    kind: Key
    text: Text


MANAGED = Duty("managers", "明确管理责任", ManagersNamed, "posting", care.MANAGED, repeats=True)
MENTORED = Duty("mentor", "结对帮扶", MentorAssigned, "posting", care.MENTORED, repeats=True)
RESIDENCE = Duty("residence", "驻村居住登记", ResidenceRecorded, "posting", care.RESIDENCE, repeats=True)
BUNDLE = Duty("bundle", "捆绑事项登记", BundleItemRecorded, "posting", care.BUNDLE, repeats=True)


def name_managers(state: Posting, command: NameManagers) -> list[ManagersNamed]:
    """The managing parties: three with one common task (PE-040), or four with a verb each (PE-100).

    Raises:
        Rejected: ``manager_unknown`` for a party the notice does not name or one named twice, and as ``admit``.
    """
    admit(MANAGED, state, command, since="placed")
    parties = verbs(rules_of(command))
    named = [manager.party for manager in command.managers]
    for party in named:
        if party not in parties or named.count(party) > 1:
            raise MANAGER_UNKNOWN(party=party, parties=parties)
    return [
        ManagersNamed.carrying(
            command,
            state.placed,
            posting=command.posting,
            managers=tuple(
                Managing(one.party, impersonal(one.organ, "managers"), parties[one.party]) for one in command.managers
            ),
            empty=tuple(party for party in parties if party not in named),
        )
    ]


def verbs(rules: Rules) -> Mapping[str, str]:
    """The parties of the notice, each with its verb, "" where none is printed."""
    found = rules.value(care.MANAGERS)
    return found if isinstance(found, Mapping) else dict.fromkeys(found, "")


def assign_mentor(state: Posting, command: AssignMentor) -> list[MentorAssigned]:
    """One more of the township's leadership (PE-104). Rejected: ``mentor_twice``, and as ``admit``."""
    admit(MENTORED, state, command)
    before = {event.mentor for event in state.records.get(MENTORED.name, ()) if isinstance(event, MentorAssigned)}
    if command.mentor in before or command.mentor == state.placed.person:
        raise MENTOR_TWICE(mentor=command.mentor)
    number, wanted = len(before) + 1, rules_of(command).value(care.MENTORS)
    return [MentorAssigned.carrying(command, state.placed, posting=command.posting, number=number, wanted=wanted)]


def record_residence(state: Posting, command: RecordResidence) -> list[ResidenceRecorded]:
    """Where the cadre lives, and whether that is on the spot (PE-103).

    On the spot is the cadre's own village or the seat of its township; rooms shared by the cadres of neighbouring
    villages are, wherever in the county they lie. Rejected: ``residence_unknown``, and as ``admit``.
    """
    admit(RESIDENCE, state, command)
    rules, target = rules_of(command), state.placed.target
    kinds = rules.value(care.RESIDENCES)
    if command.kind not in kinds:
        raise RESIDENCE_UNKNOWN(kinds=kinds)
    if command.kind == rules.value(care.SHARED):
        lives_in = command.area[:COUNTY] == target[:COUNTY] and len(command.area) > COUNTY
    else:
        lives_in = command.area in (target, target[:TOWNSHIP]) or command.area.startswith(target)
    address = impersonal(command.address, "address")
    return [
        ResidenceRecorded.carrying(
            command, state.placed, posting=command.posting, kind=command.kind, address=address, lives_in=lives_in
        )
    ]


def record_bundle(state: Posting, command: RecordBundleItem) -> list[BundleItemRecorded]:
    """A responsibility, project or money of the unit (PE-105). Rejected: ``bundle_unknown``, and as ``admit``."""
    admit(BUNDLE, state, command)
    kinds = rules_of(command).value(care.BUNDLES)
    if command.kind not in kinds:
        raise BUNDLE_UNKNOWN(kinds=kinds)
    text = impersonal(command.text, "text")
    return [BundleItemRecorded.carrying(command, state.placed, posting=command.posting, kind=command.kind, text=text)]
