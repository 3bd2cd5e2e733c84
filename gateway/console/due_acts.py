"""By which act an obligation is met: its kind → the command, and the field of it that its subject fills in ("": none).

Invariant: every kind is one of the obligations of the services, and every command one of theirs; tests hold both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ACTS: Final[Mapping[str, tuple[str, str]]] = {
    "notice_acknowledged": ("AcknowledgeNotice", "notice"),
    "mobilisation": ("RecordMobilisation", "unit"),
    "post_removal": ("RemovePosts", "postings"),
    "handbook": ("IssueHandbooks", "postings"),
    "handover": ("RecordHandover", "postings"),
    "term_end": ("EndTerms", ""),
    "replacement": ("NominateCadre", ""),
    "care_pre_post_training": ("RecordPrePostTraining", "postings"),
    "care_induction": ("RecordInduction", "postings"),
    "care_party_relation": ("MovePartyRelation", "posting"),
    "care_insurance": ("RecordInsurance", "posting"),
    "care_checkup": ("RecordCheckup", "posting"),
    "checkup_again": ("RecordCheckup", "posting"),
    "care_managers": ("NameManagers", "posting"),
    "care_mentor": ("AssignMentor", "posting"),
    "ledger_filing": ("FileLedger", "city"),
    "secondment_submission": ("SubmitNomination", "city"),
    "secondment_report": ("ReportForDuty", "legs"),
    "reserve_talk": ("RecordSecretaryTalk", ""),
    "reserve_scheme": ("FileReserveScheme", "township"),
    "reserve_roster": ("SubmitReserveRoster", "township"),
    "reserve_publicity": ("ClosePublicity", ""),
    "month_compiled": ("CompileMonth", "posting"),
    "month_signed": ("SignMonth", "posting"),
    "month_sealed": ("SealMonth", "posting"),
    "leave_decided": ("ApproveLeave", "posting"),
    "leave_filed": ("FileLeave", "posting"),
    "management_rules": ("FileManagementRules", "county"),
    "pattern_check": ("RecordCheck", "posting"),
    "adjustment_decision": ("DecideAdjustment", ""),
    "township_check": ("RecordCheck", "area"),
    "county_check": ("RecordCheck", "area"),
    "county_taken": ("AssignInspectionArea", ""),
    "office_inspection": ("RecordInspection", "area"),
    "county_note": ("WriteManagementNote", "posting"),
    "township_note": ("WriteManagementNote", "posting"),
    "host_statement": ("GiveHostStatement", "leg"),
    "secondment_summary": ("FileSummary", ""),
    "commendation_form": ("FileCommendationForm", ""),
    "year_rating": ("SetRating", "posting"),
    "year_opinion": ("GiveCountyOpinion", "posting"),
    "year_grade": ("SetAnnualGrade", "posting"),
    "term_inspection": ("SignTermInspection", "posting"),
    "reserve_review": ("ReviewReserve", "reserve"),
    "reserve_opinion": ("GiveVillageOpinion", "reserve"),
    "reserve_analysis": ("AnalyseReserves", "area"),
    "township_inspection": ("InspectTownship", "area"),
    "township_appraisal": ("AppraiseTownship", "area"),
    "three_year_plan": ("FilePlan", "posting"),
    "yearly_plan": ("FilePlan", "posting"),
    "progress_report": ("ReportProgress", "posting"),
    "half_year_summary": ("FileHalfYearSummary", "posting"),
    "year_project": ("RegisterProject", "posting"),
    "quarter_review": ("HoldQuarterReview", "county"),
    "secondment_assessed": ("AssessSecondment", "leg"),
}
PERIODS: Final = ("month", "quarter", "half", "year", "leave")
"""The field of an act that tells which of several, filled in by the obligation's period."""
