"""What is refused of a file of the appointment form, before any service is asked."""

from __future__ import annotations

from kernel.errors import BadInput
from kernel.refusal import Refusal

APPOINTMENT_UNREADABLE = Refusal(
    "appointment_unreadable",
    "文件不是可读的任免审批表：{why}。",
    error=BadInput,
    field="body",
    accepted="任免表编辑器存成的 .lrmx 或 .lrm 文件",
)
APPOINTMENT_PHOTO = Refusal(
    "appointment_photo",
    "任免审批表里的照片读不出。",
    error=BadInput,
    field="body",
    accepted="JPEG 或 PNG 照片，或不带照片",
)
