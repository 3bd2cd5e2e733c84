"""What privacy refuses with."""

from __future__ import annotations

from kernel.errors import Unknown
from kernel.refusal import Refusal

APPROVAL_MISSING = Refusal(
    "approval_missing",
    "销毁申请尚未经另一人批准。",
    field="person",
    accepted="另一名安全管理员批准",
    notice="主席令第九十一号",
    clause="第四十七条",
)
ERASURE_APPROVED = Refusal(
    "erasure_approved",
    "该申请已获批准。",
    field="person",
    accepted="由申请人导出后销毁",
    notice="主席令第九十一号",
    clause="第四十七条",
)
ERASURE_NOT_REQUESTED = Refusal(
    "erasure_not_requested",
    "没有销毁该人员个人信息的申请。",
    field="person",
    accepted="先提出申请",
    notice="主席令第九十一号",
    clause="第四十七条",
)
ERASURE_REQUESTED = Refusal(
    "erasure_requested",
    "您已提出销毁申请。",
    field="person",
    accepted="由另一名安全管理员批准",
    notice="主席令第九十一号",
    clause="第四十七条",
)
EXPORT_MISSING = Refusal(
    "export_missing",
    "销毁前须先导出并移交本人信息。",
    field="person",
    accepted="先读取 personal_data",
    notice="主席令第九十一号",
    clause="第四十五条",
)
EXPORT_OUTDATED = Refusal(
    "export_outdated",
    "移交之后该人员又有新的信息，移交的已不是全部。",
    field="export",
    accepted="重新读取 personal_data，以最近一次移交的文件为准",
    notice="主席令第九十一号",
    clause="第四十五条",
)
EXPORT_UNKNOWN = Refusal(
    "export_unknown",
    "该摘要不是本系统最近一次移交的文件的摘要。",
    field="export",
    accepted="最近一次读取 personal_data 所得文件的 SHA-256",
    notice="主席令第九十一号",
    clause="第四十五条",
)
IDENTITY_UNSETTLED = Refusal(
    "identity_unsettled",
    "另有以该公民身份号码录入的人选尚待核定，移交的未必是全部。",
    field="person",
    accepted="先由组织部门核定身份",
    notice="主席令第九十一号",
    clause="第四十五条",
)
HOLD_LIFT_NOT_REQUESTED = Refusal(
    "hold_lift_not_requested",
    "尚未有人申请解除该项保存要求。",
    field="hold",
    accepted="先由另一名安全管理员申请解除",
    notice="主席令第九十一号",
    clause="第四十七条",
)
HOLD_LIFT_REQUESTED = Refusal(
    "hold_lift_requested",
    "您已申请解除该项保存要求。",
    field="hold",
    accepted="由另一名安全管理员解除",
    notice="主席令第九十一号",
    clause="第四十七条",
)
HOLD_PLACED_BEFORE = Refusal(
    "hold_placed_before",
    "该项保存要求已登记。",
    field="hold",
    accepted="新的编号",
    notice="主席令第九十一号",
    clause="第四十七条",
)
HOLD_UNKNOWN = Refusal(
    "hold_unknown",
    "没有这项保存要求。",
    kind="unknown",
    field="hold",
    accepted="{holds}",
    notice="主席令第九十一号",
    clause="第四十七条",
)
LEGAL_HOLD = Refusal(
    "legal_hold",
    "依法须保存（{holds}），不能销毁。",
    field="person",
    accepted="先解除保存要求",
    notice="主席令第九十一号",
    clause="第四十七条",
)
NOT_THE_REQUESTER = Refusal(
    "not_the_requester",
    "导出和销毁由申请人办理。",
    kind="forbidden",
    field="person",
    accepted="申请人",
    notice="主席令第九十一号",
    clause="第四十七条",
)
PERSON_ERASED = Refusal(
    "person_erased", "该人员的个人信息已销毁。", kind="unknown", field="person", accepted="未销毁的人员"
)
SECOND_PERSON_REQUIRED = Refusal(
    "second_person_required",
    "申请人不能批准本人的申请。",
    kind="forbidden",
    field="person",
    accepted="另一名安全管理员",
    notice="主席令第九十一号",
    clause="第四十七条",
)
PERSON_UNREADABLE = Refusal(
    "person_unreadable",
    "没有这名人员，或其个人信息已销毁。",
    error=Unknown,
    field="person",
    accepted="个人信息尚在的人员",
)
