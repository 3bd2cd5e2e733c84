"""Training around a posting: before it by the host city, at its start by the host county, on the way by departments.

Sources: 辽组通字〔2018〕23号 五.5 (PE-011); 晋组通字〔2015〕41号 五.3 (PE-038), 六.1 (PE-045).
Invariant: nobody is trained for the post before the province mobilised; induction and skills are told apart.
"""

from __future__ import annotations

from datetime import date

from kernel.grounds import not_before, rules_of
from kernel.messages import Command, Event, Few, Key, Line, Order
from programmes.duty import Duty, Records
from programmes.readers import care
from programmes.roles import CITIES, COUNTIES, PROVINCE
from programmes.texts import impersonal
from services.personnel.care.record import OnPosting, admit
from services.personnel.care.refusals import TOPICS_MISSING
from services.personnel.postings.posting import Posting


class MobilisationHeld(Event, title="思想动员"):
    """The province spoke to the cadres of the programme; ``meeting`` names the occasion."""

    rule = "duty.pre_post_mobilisation"

    programme: Key
    meeting: Line


class PrePostTrainingDone(OnPosting, title="任前业务培训"):
    """The cadre attended ``session`` of the host city, on every topic the notice names."""

    rule = "duty.pre_post_training"

    session: Line
    topics: tuple[Key, ...]


class InductionTrained(OnPosting, title="任职培训"):
    """The cadre attended the host county's induction."""

    rule = "duty.induction"

    session: Line


class SkillTrained(OnPosting, title="政策和技能培训"):
    """The cadre was trained by a line department, apart from the induction."""

    rule = "duty.skill_training"

    session: Line
    organiser: Line


class HoldMobilisation(Command, title="登记思想动员", roles=PROVINCE, concerns=("programme",)):
    """Record that the province mobilised the cadres of a programme."""

    programme: Key
    meeting: Line


class RecordPrePostTraining(Command, title="登记任前业务培训", roles=CITIES, concerns=("postings",)):
    """Record who attended a session before the post, and on which topics."""

    postings: tuple[Key, ...]
    session: Line
    topics: Few[Key]


class TrainBeforePost(Order):
    """One who attended, told when the province mobilised (None: not yet)."""

    session: Line
    topics: tuple[Key, ...]
    mobilised_on: date | None


class RecordInduction(Command, title="登记任职培训", roles=COUNTIES, concerns=("postings",)):
    """Record who attended the county's induction."""

    postings: tuple[Key, ...]
    session: Line


class Induct(Order):
    """One who attended."""

    session: Line


class RecordSkillTraining(Command, title="登记政策和技能培训", roles=care.HOSTS, concerns=("postings",)):
    """Record who attended a training of a line department."""

    postings: tuple[Key, ...]
    session: Line
    organiser: Line


class TrainSkill(Order):
    """One who attended."""

    session: Line
    organiser: Line


MOBILISATION = Duty("pre_post_mobilisation", "思想动员", MobilisationHeld, "programme", care.PRE_POST_MOBILISATION)
PRE_POST = Duty("pre_post_training", "任前业务培训", PrePostTrainingDone, "posting", care.PRE_POST_TRAINING)
INDUCTION = Duty("induction", "任职培训", InductionTrained, "posting", care.INDUCTION)
SKILLS = Duty("skill_training", "政策和技能培训", SkillTrained, "posting", care.SKILL_TRAINING, repeats=True)


def mobilise(done: Records, command: HoldMobilisation) -> list[MobilisationHeld]:
    """The mobilisation, once a programme (PE-011). Rejected as ``Duty.check``, and for a number in the text."""
    MOBILISATION.check(command, done, rules_of(command))
    return [MobilisationHeld.carrying(command, meeting=impersonal(command.meeting, "meeting"))]


def before_post(state: Posting, command: TrainBeforePost) -> list[PrePostTrainingDone]:
    """The attendance of one cadre (PE-011).

    Raises:
        Rejected: ``topics_missing`` where the session left out a topic or took another, ``duty_out_of_order`` before
            the mobilisation, ``date_before_ground``, and as ``admit``.
    """
    topics = rules_of(command).value(care.TOPICS)
    if sorted(command.topics) != sorted(topics):
        raise TOPICS_MISSING(topics=topics, given=command.topics or "无")
    before = {} if command.mobilised_on is None else {MOBILISATION.name: (command.mobilised_on,)}
    admit(PRE_POST, state, command, since="placed", before=before)
    not_before(command, command.mobilised_on, MOBILISATION.title, PRE_POST.path)
    return [PrePostTrainingDone.carrying(command, state.placed, session=impersonal(command.session, "session"))]


def induct(state: Posting, command: Induct) -> list[InductionTrained]:
    """The induction of one cadre, once (PE-038). Rejected as ``admit``."""
    admit(INDUCTION, state, command)
    return [InductionTrained.carrying(command, state.placed, session=impersonal(command.session, "session"))]


def train(state: Posting, command: TrainSkill) -> list[SkillTrained]:
    """A training by a department; the notice names two and leaves the list open (PE-045). Rejected as ``admit``."""
    admit(SKILLS, state, command)
    said = {"session": impersonal(command.session, "session"), "organiser": impersonal(command.organiser, "organiser")}
    return [SkillTrained.carrying(command, state.placed, **said)]
