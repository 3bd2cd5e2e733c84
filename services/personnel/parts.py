"""The parts of personnel, and the plans of its commands."""

from __future__ import annotations

from typing import Any

from kernel.part import Part
from kernel.profiles import PROGRAMME
from kernel.service import Plan
from programmes.noted_calendar import CALENDAR
from programmes.offices import OFFICE
from services.personnel import duties, reserve_parts
from services.personnel.archive import archive_plans
from services.personnel.archive.archive import ARCHIVED
from services.personnel.candidacy import application, candidacy, candidacy_plans, further, qualification, route
from services.personnel.candidacy.refusals import CANDIDACY_UNKNOWN
from services.personnel.care import assigned, care, care_plans, record
from services.personnel.care.committee import COMMITTEE
from services.personnel.care.team import TEAM
from services.personnel.ledger import filing, ledger_plans, rows
from services.personnel.ledger.book import Book
from services.personnel.ledger.book import evolve as keep
from services.personnel.ledger.submission import SUBMITTED
from services.personnel.ledger.villages import VILLAGES
from services.personnel.legs import archive, breach, leg, leg_plans, pairing, secondment
from services.personnel.legs.refusals import LEG_UNKNOWN
from services.personnel.legs.submission import SUBMISSION
from services.personnel.nomination import check, nomination, nomination_plans, roster, roster_plans
from services.personnel.nomination.channel import CHANNEL
from services.personnel.papers import copies, marks, opinion, paper, paper_plans
from services.personnel.persons import (
    correction,
    correction_plans,
    identity_plans,
    managed_plans,
    person,
    photo,
    photo_plans,
)
from services.personnel.persons.managed import MANAGED
from services.personnel.persons.unit import UNIT
from services.personnel.postings import (
    appointment,
    changeover,
    changeover_plans,
    extension,
    handover,
    moved,
    placement_withdrawal,
    posting,
    posting_plans,
    promotion,
    recall,
    withdrawal,
)
from services.personnel.postings.refusals import POSTING_NOT_NOTED
from services.personnel.postings.team_place import TEAM_PLACE
from services.personnel.privacy import privacy_plans
from services.personnel.privacy.privacy import PRIVACY
from services.personnel.scopes import programme_and_target, programme_of

ROSTER = Part(
    "roster/{programme}.{unit}",
    None,
    scope=programme_of,
    decides=(roster.note_quota, nomination.nominate, check.check, check.communicate, check.request),
    evolve=roster.evolve,
)
"""One unit's places and nominees in a batch."""

PERSON = Part(
    "person/{person}",
    None,
    decides=(person.decide, person.identify, person.settle, correction.correct, correction.pass_number, photo.keep),
    evolve=person.evolve,
)
"""One registered person."""

PAPER = Part(
    "paper/{programme}.{document}",
    None,
    scope=programme_of,
    decides=(marks.record, marks.revise, marks.seal, marks.sign, opinion.opine, opinion.stamp, copies.file),
    evolve=paper.evolve,
)
"""One paper: a form by its nomination, any other by its own number."""

POSTING = Part(
    "posting/{posting}",
    None,
    scope=programme_and_target,
    absent=POSTING_NOT_NOTED,
    decides=(
        handover.note_placement,
        placement_withdrawal.note_withdrawal,
        moved.move,
        moved.change_sender,
        handover.hand_over,
        appointment.appoint,
        appointment.take_up,
        recall.note_case,
        recall.recall,
        recall.take_back,
        withdrawal.withdraw,
        withdrawal.adjust,
        withdrawal.note_consequence,
        promotion.note_result,
        promotion.promote,
        *care.DECIDES,
        extension.request,
        extension.consent,
        extension.grant,
        extension.end_term,
        changeover.plan,
        changeover.appoint_next,
        changeover.sign,
        changeover.relieve,
        changeover.lapse,
    ),
    evolve=record.recording(care.EVENTS, posting.evolve),
)
"""One cadre on one target."""

CANDIDACY = Part(
    "candidacy/{candidacy}",
    None,
    scope=programme_of,
    absent=CANDIDACY_UNKNOWN,
    decides=(
        application.apply,
        qualification.pass_gates,
        qualification.consent,
        qualification.qualify,
        qualification.reject,
        route.recommend,
        route.replace_failed,
        route.approve,
        route.file,
        route.determine,
        route.determine_successor,
        further.take_further,
    ),
    evolve=candidacy.evolve,
)
"""One person's way from the application to the village."""

LEG = Part(
    "leg/{leg}",
    None,
    scope=programme_of,
    absent=LEG_UNKNOWN,
    decides=(
        pairing.nominate,
        secondment.note_post,
        secondment.report,
        secondment.appoint,
        secondment.withdraw,
        secondment.end_term,
        secondment.take_back,
        archive.note,
        archive.file,
        archive.withdraw,
        archive.promote,
        assigned.assign_leg,
        breach.record,
    ),
    evolve=leg.evolve,
    rests=leg.rests,
)
"""One half of a swap."""

LEDGER = Part(
    "ledger/{programme}.{city}",
    Book(),
    scope=programme_of,
    decides=(rows.enter, rows.send_back, rows.strike, filing.sign, filing.seal, filing.file),
    evolve=keep,
)
"""What the counties of one city wrote into its ledger."""

PARTS: tuple[Part[Any], ...] = (
    PROGRAMME,
    CALENDAR,
    OFFICE,
    UNIT,
    CHANNEL,
    PERSON,
    PAPER,
    ARCHIVED,
    MANAGED,
    PRIVACY,
    ROSTER,
    CANDIDACY,
    POSTING,
    LEG,
    SUBMISSION,
    LEDGER,
    SUBMITTED,
    VILLAGES,
    *reserve_parts.PARTS,
    COMMITTEE,
    TEAM,
    TEAM_PLACE,
    *duties.PARTS,
)
PLANS: tuple[Plan, ...] = (
    nomination_plans.file_channel_scheme,
    nomination_plans.check_nominee,
    nomination_plans.check_nominees,
    identity_plans.settle_identity,
    correction_plans.correct_person,
    photo_plans.attach_photo,
    managed_plans.manage_as_dispatched,
    paper_plans.seal_opinion,
    paper_plans.stamp_form,
    paper_plans.seal_paper,
    paper_plans.sign_paper,
    archive_plans.of_posting,
    archive_plans.of_reserve,
    nomination_plans.record_mobilisation,
    roster_plans.import_nominees,
    roster_plans.nominate_cadre,
    candidacy_plans.file_applications,
    candidacy_plans.qualify_applicant,
    candidacy_plans.recommend_nominees,
    candidacy_plans.approve_nominees,
    candidacy_plans.file_nominees,
    candidacy_plans.take_step,
    posting_plans.record_handover,
    posting_plans.appoint_cadres,
    posting_plans.take_up_posts,
    posting_plans.issue_handbooks,
    posting_plans.close_handbook_issue,
    care_plans.record_pre_post_training,
    care_plans.record_induction,
    care_plans.record_skill_training,
    care_plans.assign_duties,
    posting_plans.remove_posts,
    changeover_plans.plan_changeovers,
    changeover_plans.appoint_successors,
    changeover_plans.sign_handover,
    care_plans.record_committees,
    care_plans.file_election_roll,
    care_plans.join_work_team,
    care_plans.leave_work_team,
    leg_plans.record_return,
    leg_plans.nominate_legs,
    leg_plans.submit_nomination,
    leg_plans.report_for_duty,
    leg_plans.record_appointment,
    leg_plans.end_terms,
    ledger_plans.enter_rows,
    ledger_plans.strike_row,
    ledger_plans.sign_ledger,
    ledger_plans.seal_ledger,
    ledger_plans.file_ledger,
    ledger_plans.submit_ledger,
    *reserve_parts.PLANS,
    privacy_plans.of_person,
    privacy_plans.of_hold,
    privacy_plans.erase,
)
