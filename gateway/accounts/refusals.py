"""What is refused to whoever wants to come in; what was wrong of name, password and code nobody is told."""

from __future__ import annotations

from kernel.errors import BadInput, Busy, TooOften, Unauthenticated
from kernel.refusal import Refusal

SIGN_IN_FAILED = Refusal(
    "sign_in_failed",
    "账号、口令或动态口令不正确，或账号已停用。",
    error=Unauthenticated,
    field="name",
    accepted="有效的账号、口令和当前的动态口令",
)
SIGN_IN_FOREIGN = Refusal(
    "sign_in_foreign",
    "这次登录不是从本浏览器开始的，或已过十分钟。",
    error=Unauthenticated,
    field="state",
    accepted="回到登录页重新开始",
)
ISSUER_AWAY = Refusal(
    "issuer_away",
    "统一身份认证暂时不能连接。",
    error=Busy,
    field="issuer",
    accepted="稍后再试，或用本系统的账号登录",
)
SIGN_IN_TOO_OFTEN = Refusal(
    "sign_in_too_often",
    "登录未成功的次数过多，请在 {seconds} 秒后再试。",
    error=TooOften,
    field="name",
    accepted="{seconds} 秒后再登录；忘记口令的，请安全管理员重置",
)
SESSION_ENDED = Refusal(
    "session_ended",
    "登录已结束，请重新登录。",
    error=Unauthenticated,
    field="Authorization",
    accepted="重新登录",
)
POST_NOT_HELD = Refusal(
    "post_not_held",
    "今天没有登记该账号持有人任职或代理职务，不能办理。",
    error=Unauthenticated,
    field="Authorization",
    accepted="上级机关登记任职或代理后再登录",
)
ROLES_OVERLAP = Refusal(
    "roles_overlap",
    "系统、安全、审计三类管理账号的持有人不得同时任有办理业务的职务。",
    error=Unauthenticated,
    field="Authorization",
    accepted="离任后的管理账号，或另一人的账号",
)
REGISTER_AWAY = Refusal(
    "register_away",
    "任职登记暂时不能查询，不能确认所任职务。",
    error=Busy,
    field="Authorization",
    accepted="稍后再试",
)
ACCOUNTS_AWAY = Refusal(
    "accounts_away",
    "账号暂时不能查询，不能登录。",
    error=Busy,
    field="Authorization",
    accepted="稍后再试",
)
PASSWORD_WEAK = Refusal(
    "password_weak", "{why}。", error=BadInput, field="password", accepted="12 至 128 个字符、不常见的口令"
)
CODE_WRONG = Refusal("code_wrong", "动态口令不正确。", error=BadInput, field="code", accepted="认证器上当前的 6 位数字")
