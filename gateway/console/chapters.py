"""The pages of the console: what each is about, and the questions of the services that stand on it, in their order.

Invariant: every question named here is one of its service's; a test holds it. Whoever may ask none of a page's
questions is not led there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Question = tuple[str, str]
"""Service and name."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page: its address without the slash, its title, its questions; ``acts``: the rooms whose acts belong here;
    ``pages``: address and title of pages of its own, and the service, its kind of thing and the name that one must be
    admitted to."""

    key: str
    title: str
    questions: tuple[Question, ...]
    acts: tuple[str, ...] = ()
    pages: tuple[tuple[str, str, tuple[str, str, str]], ...] = ()


def _of(service: str, names: str) -> tuple[Question, ...]:
    return tuple((service, name) for name in names.split())


CHAPTERS: Final = (
    Chapter(
        "roster",
        "选派台账",
        (
            *_of("personnel", "ledger postings"),
            *_of("allocation", "ledger"),
            *_of("personnel", "city_ledger ledger_statistics ledger_check ledgers ledger_rows submitted_rows"),
            *_of("personnel", "structure returns replacements archive posted_promotions care_records"),
        ),
        ("personnel.ledger", "personnel.postings", "personnel.care"),
        (("/find", "按姓名查找", ("personnel", "queries", "cadres_named")),),
    ),
    Chapter(
        "attendance",
        "考勤",
        _of(
            "attendance",
            "sheets leaves absences leaves_unfiled official_duty registers days shortfalls no_data sealed_months"
            " assessed_years checks inspections visits work_logs days_without_log diary_entries sham_postings"
            " allowances",
        ),
        ("attendance.register", "attendance.leave", "attendance.sheets"),
    ),
    Chapter(
        "recall",
        "考核与召回",
        (
            *_of("evaluation", "triggers cases clocks recalls sanctions ideas delistings"),
            *_of("personnel", "recall_cases recalls replacements"),
            *_of("evaluation", "schemes ballots scores ratings annual_grades term_inspections scores_missing"),
            *_of("evaluation", "quarter_reviews summaries summaries_missing dossier work_plans progress_reports"),
        ),
        ("evaluation.clocks", "evaluation.conduct", "evaluation.grades", "evaluation.ballots"),
    ),
    Chapter(
        "quotas",
        "方案与名额",
        _of(
            "allocation",
            "batches groups channels unit_quotas county_quotas county_needs city_plans arranged_groups local_quotas"
            " demand demanded_villages coverage profiles rules batch_amendments reserve_numbers village_funds",
        ),
        ("allocation.quotas", "allocation.demand"),
    ),
    Chapter(
        "placement",
        "安置",
        _of(
            "allocation",
            "plans plan_rows plan_left unit_reasons placement_terms nominees targets gaps placements nearness bindings"
            " target_needs jobs",
        ),
        ("allocation.placement", "allocation.targets", "allocation.planning"),
        (("/solve", "编制方案", ("allocation", "jobs", "placement_plan")),),
    ),
    Chapter(
        "publicity",
        "公示",
        (*_of("allocation", "plans publicity_list"), *_of("personnel", "reserve_publicities candidacies")),
        ("personnel.candidacy", "personnel.reserves"),
    ),
    Chapter(
        "swap",
        "对口互派",
        (
            *_of("allocation", "pairs swap_totals swap_plan_actual swap_lists swap_places swap_batches swap_wishes"),
            *_of("allocation", "swap_pairings swap_pairing support_measures support_lacking poor_counties"),
            *_of("personnel", "legs submissions swap_exceptions swap_breaches posts_to_remove"),
            *_of("evaluation", "secondments host_statements assessments_due"),
        ),
        ("allocation.swap", "personnel.legs", "evaluation.assessment"),
    ),
    Chapter(
        "reserves",
        "后备干部",
        (
            *_of("personnel", "reserves reserve_roster reserve_library reserve_publicities reserve_recommendations"),
            *_of("personnel", "joint_meetings reserve_records reserve_vacancies reserve_reports reserves_untrained"),
            *_of("allocation", "reserve_numbers reserve_progress"),
            *_of("evaluation", "reserve_reviews reserve_rounds breach_cases"),
        ),
        ("personnel.reserves", "personnel.reserve_care", "evaluation.reserves", "allocation.reserve"),
    ),
    Chapter(
        "honours",
        "表彰",
        _of("evaluation", "commendations honours commendation_quota media_items promotions"),
        ("evaluation.honours",),
    ),
    Chapter(
        "papers",
        "文书",
        (
            *_of("allocation", "notices deliveries missing_annexes calendar_notices"),
            *_of("personnel", "papers paper_marks personal_archive nominations submitted_rows"),
        ),
        ("allocation.registers", "personnel.papers", "personnel.nomination"),
        (("/upload", "上传名册", ("personnel", "commands", "ImportNominees")),),
    ),
    Chapter(
        "oversight",
        "审计",
        (
            *_of("personnel", "access_log register_looks erasures legal_holds open_identities"),
            *_of("allocation", "refused_on_days days_passed organs office_holders stand_ins"),
            *_of("attendance", "faults months_entered late_days"),
        ),
        ("personnel.privacy",),
    ),
)
OF: Final[Mapping[Question, Chapter]] = {
    question: chapter for chapter in reversed(CHAPTERS) for question in chapter.questions
}
"""Question → the first page on which it stands."""
