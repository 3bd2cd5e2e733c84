"""Evaluation: what is held against a cadre's work, and what follows from it.

Owns      recall clocks, their triggers and cases; development ideas and income channels; the delisting of villages;
          the assessment of secondments.
Publishes DevelopmentIdeaAccepted, IncomeChannelAccepted, VillageDelisted, RecallTriggerRaised, RecallTriggerCleared,
          InterviewHeld, RecallRecordFiled, SecondmentAssessed, SecondmentReportReviewed.
Reacts to allocation.ProfilePublished (the rules), personnel.CadreOnPost (a clock starts), personnel.CadreRecalled,
          CadreWithdrawn and TermEnded (it stops), personnel.SecondmentReported (an assessment will be due).

Streams: ``programme/<programme>``, ``waiting/<programme>``, ``clock/<posting>``, ``village/<programme>.<village>``,
``secondment/<leg>``. Invariant: the machine only raises; every measure is decided by an organ, in the printed order,
and an assumed rule never starts a sanction.
"""
