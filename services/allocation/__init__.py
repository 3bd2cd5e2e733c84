"""Allocation: who sends how many, where to, and who stands on which place.

Owns notices, programme profiles, divisions, sending units with their help ties, office holders, batches (scope, plan,
tiers, quotas), targets with their placements and reviews, unit-village bindings, ledgers fed back to cities, the poor
counties and the swap pairs of 2002.

Publishes NoticeIssued, NoticeSent, NoticeDelivered, ProfilePublished, AreasRegistered, GroupScopeDefined,
BatchPlanPublished, TierSplitProposed, TierSplitFixed, ChannelQuotaSet, ChannelKindQuotaSet, UnitRegistered,
HelpTiesRecorded, UnitQuotaSet, ChannelPlacesDivided, UnitQuotaDeviated, VillageKindsRecorded, HostConsulted,
VillageAssigned, WorkTeamFormed, VillageFundsRecorded, VillageSourced, VillageLeft, CountyShortfallChanged,
UnitCountyQuotaSet, LocalQuotaSet, TargetOpened, OfficeHolderRecorded, NomineeListed, NomineeFailed, ReplacementNoted,
PlacementProposed, PlacementReviewOpened, PlacementConfirmed, PlacementReturned, BatchOverdue, ReserveCounted,
ReserveShortfall, CountyBodyRecorded, BindingCreated, BindingReleased, LedgerFedBack, LedgerAcknowledged,
TargetFilled, TargetVacated, SuccessorDue, CoverageGapFound, PoorCountySetDefined, SwapPairDefined, SwapPartnerNamed,
SwapPlaceFilled, SwapListFixed, SecondmentPostAgreed, SwapConfirmed, SwapUnbalanced, SwapRestored, SwapEnded.

Publishes of plans TargetNeedsRecorded, PlacementLocked, PlacementUnlocked, RuleWaived, PlacementPlanned,
PlacementPlanPart; its planner works the jobs that lead to them.

Publishes of pairs besides SwapPartyRecorded, SecondmentReportNoted, CompositionNoted;
of their later rounds SwapQuotaEntered, SwapBatchOpened, SwapPairsAdmitted, SwapWishRecorded, SwapWishWithdrawn,
SwapPairingAdopted;
of townships WorkGroupJoined, WorkGroupLeft, WeakVillageMissing, WeakVillageTaken, VillageDelistingNoted;
of villages SuccessorReleased, VillageTargetNoted;
of filed ledgers LedgerFilingNoted, LedgerAmended.

Reacts to personnel: InitialCheckPassed (a nominee is listed), InitialCheckFailed and NomineeReplaced (a unit's pool),
CadreOnPost (a target is filled, a county owes less), CadreRecalled, CadreWithdrawn, PostAdjusted, TermEnded (it is
vacant, the bound unit owes a successor, the county owes more), SwapLegNominated, SecondmentWithdrawn,
SecondmentReported (balance of a pair), ReserveActivated, ReserveAppointed, ReserveRemoved (a village's reserves),
LedgerFiled (later postings amend it); to evaluation: VillageDelisted, VillageTargetReached (a binding is released).

Knows persons by their ids only. The streams: notice/<number>, programme/<P>, areas/<province or city>, unit/<unit>,
batch/<P>, demand/<P>.<county>, funds/<P>.<county>, county-quotas/<P>, local-quota/<P>.<area>, office/<area>.<post>,
nominees/<P>.<unit>, pool/<P>.<unit>, target/<P>.<code>, review/<P>.<channel>, binding/<P>.<unit>.<code>,
ledger/<P>.<city>, reserve-number/<P>.<village>, county-body/<P>.<county>, filed-ledger/<P>.<city>, poor-counties/<P>,
pair/<P>.<no>, swap-list/<P>[.<batch>].

Streams of lists, later rounds and townships: swap-composition/<P>.<city>, swap-batches/<P>, swap-wishes/<P>.<batch>,
work-group/<P>.<township>, village-target/<P>.<code>.
"""
