"""Attendance: who was on post on which day, who certified it, and what the month amounts to.

Owns      the registers of postings, the days in them, leave, the monthly sheets with signature and seal.
Publishes AttendanceRegistered, LeaveRequested, LeaveApproved, AttendanceCompiled, AttendanceSigned, AttendanceSealed,
          AttendanceCorrected, MonthlyAttendanceAssessed, AnnualAttendanceAssessed, CertificationFaultFound.
Reacts to allocation.ProfilePublished (the rules), allocation.OfficeHolderRecorded (who may sign),
          personnel.CadreOnPost (a register opens), personnel.CadreRecalled, CadreWithdrawn and TermEnded (it closes).

Streams: ``programme/<programme>``, ``office/<township code>.<post>``, ``register/<posting>``.
Invariant: a month that is not sealed has no figure; it is never read as zero.
"""
