"""Personnel: the persons of every programme and what becomes of them.

Owns persons (the only personal data of the system, sealed), channel schemes, nominations with their forms and checks,
postings from hand-over to return, legs of swap pairs with their submissions, archive items and promotions.

Publishes PersonRegistered, PersonEnteredAgain, CadreNominated, FormSubmitted, InitialCheckPassed, InitialCheckFailed,
NomineeReplaced, HandoverItemDone, CadreOnPost, CadreRecalled, ReplacementDue, ReturnedToUnit, SwapLegNominated,
NominationSubmitted, SecondmentReported, AppointmentRecorded, SecondmentWithdrawn, TermEnded, FiledInArchive,
CadrePromoted, FallbackOpened, ReserveRecommended, JointMeetingHeld.

Reacts to allocation (ProfilePublished, UnitRegistered, UnitQuotaSet, PlacementConfirmed, SecondmentPostAgreed) and to
evaluation (InterviewHeld, SecondmentReportReviewed), each time by noting the fact in its own log first.
"""
