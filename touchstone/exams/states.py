"""认定状态: in which states can a plan and a candidate be, whose turn is it, and what leads where?"""

from enum import StrEnum

from touchstone.kernel.moves import Moves, Side, move
from touchstone.policy.documents import notice
from touchstone.policy.exams.parts import Part
from touchstone.policy.roles import Role

__all__ = [
    "ARCHIVE_MOVES",
    "ARCHIVE_WAITING_ON",
    "MOVES",
    "WAITING_ON",
    "ArchiveState",
    "CandidateState",
    "EnquiryState",
    "Fate",
    "Part",
    "PaymentState",
    "PlanAdmission",
    "PlanState",
    "RemarkWay",
    "Result",
    "ReviewOutcome",
    "ScoreSource",
    "SittingPhase",
    "SubmittedBy",
]


class PlanState(StrEnum):
    """A plan's way from draft to certificates."""

    DRAFTED = "drafted"
    REPORTED = "reported"
    REVIEWED = "reviewed"
    ARRANGED = "arranged"
    HELD = "held"
    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    CERTIFIED = "certified"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return _PLAN_LABELS[self]


_PLAN_LABELS = {
    PlanState.DRAFTED: "编制中",
    PlanState.REPORTED: "报名中",
    PlanState.REVIEWED: "资格已审",
    PlanState.ARRANGED: "考务已编排",
    PlanState.HELD: "已考试",
    PlanState.ANNOUNCED: "成绩公示中",
    PlanState.CONFIRMED: "公示已结束",
    PlanState.CERTIFIED: "已发证",
    PlanState.CANCELLED: "已取消",
}

WAITING_ON = {
    PlanState.DRAFTED: Side.BODY,
    PlanState.REPORTED: Side.BODY,
    PlanState.REVIEWED: Side.BODY,
    PlanState.ARRANGED: Side.BODY,
    PlanState.HELD: Side.BODY,
    PlanState.ANNOUNCED: Side.CLOCK,
    PlanState.CONFIRMED: Side.BODY,
    PlanState.CERTIFIED: Side.NOBODY,
    PlanState.CANCELLED: Side.NOBODY,
}

_PLANNER = {Role.BODY_PLANNER, Role.BODY_LEADER}
_RECORD, _END = notice("三(二)4"), notice("三(四)3")

MOVES = Moves(
    move("report_plan", {PlanState.DRAFTED}, PlanState.REPORTED, by=_PLANNER, title="上报计划", clause=_RECORD),
    move("close_review", {PlanState.REPORTED}, PlanState.REVIEWED, by=_PLANNER, title="完成资格审核", clause=_RECORD),
    move("reopen_review", {PlanState.REVIEWED}, PlanState.REPORTED, by=_PLANNER, title="重新开放报名", clause=_RECORD),
    move("arrange", {PlanState.REVIEWED}, PlanState.ARRANGED, by=_PLANNER, title="确认考务编排", clause=_RECORD),
    move("rearrange", {PlanState.ARRANGED}, PlanState.REVIEWED, by=_PLANNER, title="重新编排", clause=_RECORD),
    move("close_sittings", {PlanState.ARRANGED}, PlanState.HELD, by=_PLANNER, title="确认考试结束", clause=_RECORD),
    move("hold_directly", {PlanState.REVIEWED}, PlanState.HELD, by=_PLANNER, title="确认直接认定", clause=_RECORD),
    move("announce_results", {PlanState.HELD}, PlanState.ANNOUNCED, by=Role.BODY_LEADER, title="公示成绩", clause=_RECORD),
    move("withdraw_results", {PlanState.ANNOUNCED}, PlanState.HELD, by=_PLANNER, title="中止公示更正成绩", clause=_RECORD),
    move("confirm_results", {PlanState.ANNOUNCED}, PlanState.CONFIRMED, by=Role.PLATFORM, title="公示期满", clause=_RECORD),
    move(
        "issue_certificates",
        {PlanState.CONFIRMED, PlanState.CERTIFIED},
        PlanState.CERTIFIED,
        by=Role.BODY_LEADER,
        title="核发证书",
        clause=notice("一"),
    ),
    move(
        "cancel_plan",
        {PlanState.DRAFTED, PlanState.REPORTED, PlanState.REVIEWED, PlanState.ARRANGED},
        PlanState.CANCELLED,
        by=_PLANNER,
        title="取消计划",
        clause=_RECORD,
    ),
    move("restore_draft", {PlanState.CANCELLED}, PlanState.DRAFTED, by=Role.PLATFORM, title="因撤销终止恢复计划", clause=_END),
    move("restore_reported", {PlanState.CANCELLED}, PlanState.REPORTED, by=Role.PLATFORM, title="因撤销终止恢复计划", clause=_END),
    move(
        "restore_reviewed",
        {PlanState.CANCELLED, PlanState.ARRANGED},
        PlanState.REVIEWED,
        by=Role.PLATFORM,
        title="因撤销终止恢复计划",
        clause=_END,
    ),
)


class PlanAdmission(StrEnum):
    """By which conditions a plan admits: those of its level, or the end of an apprenticeship (转正定级), which knows no ladder."""

    BY_LEVEL = "by_level"
    APPRENTICES = "apprentices"

    @property
    def label(self) -> str:
        return {"by_level": "按等级申报条件", "apprentices": "学徒工转正定级"}[self.value]


class CandidateState(StrEnum):
    """A candidate's way through one plan."""

    REGISTERED = "registered"
    ELIGIBLE = "eligible"
    UNPROVEN = "unproven"
    INELIGIBLE = "ineligible"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "registered": "待审核",
            "eligible": "符合条件",
            "unproven": "待补充证明",
            "ineligible": "不符合条件",
            "withdrawn": "已退出",
        }[self.value]


class Result(StrEnum):
    """What an evaluation came to for one candidate."""

    PASSED = "passed"
    FAILED = "failed"
    ABSENT = "absent"

    @property
    def label(self) -> str:
        return {"passed": "合格", "failed": "不合格", "absent": "缺考"}[self.value]


class ScoreSource(StrEnum):
    """Where a score comes from."""

    ENTERED = "entered"
    TWICE = "twice"
    ASSESSORS = "assessors"

    @property
    def label(self) -> str:
        return {"entered": "机构登记", "twice": "双人录入", "assessors": "考评人员评分"}[self.value]


class ReviewOutcome(StrEnum):
    """What a second look at a score came to: waiting, the same, another mark; and then an error put right, or the reviewer's own."""

    WAITING = "waiting"
    AGREES = "agrees"
    DIFFERS = "differs"
    CORRECTED = "corrected"
    MISREAD = "misread"

    @property
    def label(self) -> str:
        return {"waiting": "待复核", "agrees": "一致", "differs": "不一致，待核实", "corrected": "有误，已更正", "misread": "原成绩无误"}[self.value]


class RemarkWay(StrEnum):
    """How a re-mark is done: by the assessors who marked, by a further marker of the script, or by a second look at the paper."""

    ASSESSORS = "assessors"
    SCRIPT = "script"
    PAPER = "paper"

    @property
    def label(self) -> str:
        return {"assessors": "考评人员复核评分", "script": "另一名评卷人重新评卷", "paper": "核对原始卷面和登分记录"}[self.value]


class SittingPhase(StrEnum):
    """A sitting's day: planned, opened by its internal supervisor, closed."""

    PLANNED = "planned"
    OPENED = "opened"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return {"planned": "未开考", "opened": "进行中", "closed": "已结束"}[self.value]


class PaymentState(StrEnum):
    """A fee's way from owed to paid, and back where it is given back."""

    DUE = "due"
    WAITING = "waiting"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"
    KEPT = "kept"
    LAPSED = "lapsed"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        return {
            "due": "待缴费",
            "waiting": "支付中",
            "paid": "已缴费",
            "refund_due": "待退费",
            "refunded": "已退费",
            "kept": "不退费",
            "lapsed": "不用再缴",
            "waived": "已免缴",
        }[self.value]


class EnquiryState(StrEnum):
    """Where a question to an outside register stands: three different things, none of which keeps anything back."""

    WAITING = "waiting"
    ANSWERED = "answered"
    UNAVAILABLE = "unavailable"

    @property
    def label(self) -> str:
        return {"waiting": "等待答复", "answered": "已答复", "unavailable": "暂时查不到"}[self.value]


class Fate(StrEnum):
    """What becomes of a plan that is under way when its filing ends."""

    FINISHES = "finishes"
    TO_REPLACE = "to_replace"
    REPLACED = "replaced"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return {
            "finishes": "继续完成",
            "to_replace": "待转由其他机构评价",
            "replaced": "已转由其他机构评价",
            "cancelled": "尚无报名，取消",
        }[self.value]


class SubmittedBy(StrEnum):
    """How a script at the computer came to its end."""

    CANDIDATE = "candidate"
    CLOCK = "clock"

    @property
    def label(self) -> str:
        return {"candidate": "考生交卷", "clock": "到时自动交卷"}[self.value]


class ArchiveState(StrEnum):
    """An archive's way: owed since the certificates, being bound, bound, sealed for good."""

    OWED = "owed"
    COMPILING = "compiling"
    COMPILED = "compiled"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        return {"owed": "待汇编", "compiling": "汇编中", "compiled": "待封存", "sealed": "已封存"}[self.value]


ARCHIVE_WAITING_ON = {
    ArchiveState.OWED: Side.BODY,
    ArchiveState.COMPILING: Side.CLOCK,
    ArchiveState.COMPILED: Side.BODY,
    ArchiveState.SEALED: Side.NOBODY,
}
ARCHIVE_MOVES = Moves(
    move(
        "compile_archive", {ArchiveState.OWED, ArchiveState.COMPILED}, ArchiveState.COMPILING, by=_PLANNER, title="汇编档案", clause=_RECORD
    ),
    move("finish_volumes", {ArchiveState.COMPILING}, ArchiveState.COMPILED, by=Role.PLATFORM, title="五卷汇编完成", clause=_RECORD),
    move("give_up_volumes", {ArchiveState.COMPILING}, ArchiveState.OWED, by=Role.PLATFORM, title="汇编没有完成", clause=_RECORD),
    move("seal_archive", {ArchiveState.COMPILED}, ArchiveState.SEALED, by=Role.BODY_LEADER, title="封存档案", clause=_RECORD),
)
