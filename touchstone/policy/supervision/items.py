"""督导检查事项清单: what is looked at, how, by which clause, how much does it weigh, and which acts may be found by it?

`通知 三(三)2` gives four fields of supervision (包括但不限于). The items and their weights are ours, after sheets in use elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet, unproven
from touchstone.policy.documents import notice, our_default
from touchstone.policy.roles import BodyKind
from touchstone.policy.supervision.checks import CHECKS, Check

SINCE = date(2024, 5, 1)
OURS = our_default("督导检查事项清单")
_POLICY, _TRUTH, _LEADS, _UNFILED = (notice(f"三(三)2({n})") for n in (1, 2, 3, 4))
WAYS_LAID_DOWN = notice("三(三)3")


class Way(StrEnum):
    """A way of checking, as the notice lists them."""

    RANDOM_DRAW = "random_draw"
    ON_SITE = "on_site"
    COMPARISON = "comparison"
    REMOTE = "remote"
    RECORDS = "records"

    @property
    def label(self) -> str:
        return {
            "random_draw": "双随机、一公开",
            "on_site": "现场检查",
            "comparison": "数据比对",
            "remote": "远程监控",
            "records": "调取资料",
        }[self.value]


class Answer(StrEnum):
    """What an inspector finds at one question."""

    YES = "yes"
    NO = "no"
    NOT_HERE = "not_here"

    @property
    def label(self) -> str:
        return {"yes": "符合", "no": "不符合", "not_here": "不适用"}[self.value]


@dataclass(frozen=True)
class Item:
    """One item of the public list: what is looked at, by which clause, in which ways, at which kinds of body, and whether it is drawn for."""

    key: str
    title: str
    content: str
    clause: Clause
    ways: tuple[Way, ...]
    kinds: tuple[BodyKind, ...] = tuple(BodyKind)
    drawn: bool = True

    @property
    def kinds_label(self) -> str:
        if not self.kinds:
            return "未经备案的单位"
        return "全部评价机构" if set(self.kinds) == set(BodyKind) else "、".join(kind.label for kind in self.kinds)

    @property
    def ways_label(self) -> str:
        return "、".join(way.label for way in self.ways)

    @property
    def label(self) -> str:
        return f"{self.title}（{self.ways_label}；{self.clause.short}）"


_SITE, _PAPER, _DATA, _SCREEN = Way.ON_SITE, Way.RECORDS, Way.COMPARISON, Way.REMOTE
_PAID = (BodyKind.SOCIAL, BodyKind.SCHOOL)
_ITEMS = (
    Item("filing", "与备案的一致性", "职业、等级、考核点是否在备案范围之内，是否自己组织", _TRUTH, (_SITE, _DATA)),
    Item("system", "质量管理体系", "制度、内部督导、问题回溯和责任追究是否落实", _POLICY, (_SITE, _PAPER)),
    Item("eligibility", "申报条件审核", "报名和资格审核是否真实", _TRUTH, (_PAPER, _DATA)),
    Item("sitting", "考试组织实施", "考试过程是否公平公正", _TRUTH, (_SITE, _SCREEN)),
    Item("staff", "考评和督导人员", "资格、人数、回避和轮换", _TRUTH, (_SITE, _DATA)),
    Item("venue", "考场和设备", "场地、设备和监控是否保持备案时的条件", _TRUTH, (_SITE, _SCREEN)),
    Item("papers", "试题和试卷", "依据、覆盖和保密", _POLICY, (_SITE, _PAPER)),
    Item("scores", "成绩和证书数据", "评分、公示、发证和上报的数据是否一致", _TRUTH, (_DATA, _PAPER)),
    Item("archive", "评价档案", "档案和录像是否齐全、能否调取", _TRUTH, (_SITE, _PAPER, _SCREEN)),
    Item("fees", "收费和服务", "收费、宣传、异议和投诉的办理", _TRUTH, (_SITE, _PAPER), _PAID),
    Item("leads", "投诉举报、媒体报道线索", "线索反映的事实", _LEADS, (_SITE, _DATA, _PAPER), drawn=False),
    Item("unfiled", "未经备案的评价活动", "有无备案，证书用语和标志", _UNFILED, (_SITE, _PAPER), (), drawn=False),
)
ITEMS: Dated[Mapping[str, Item]] = Dated(
    "督导检查事项清单",
    Value(
        SINCE,
        {one.key: one for one in _ITEMS},
        OURS,
    ),
    key="supervision.items",
)
NEEDS_NOTE = our_default("检查记录")


def items_drawn(day: date) -> tuple[Item, ...]:
    """This function will give the items that bodies are drawn for, in the order of the list."""
    return tuple(one for one in ITEMS.on(day).value.values() if one.drawn)


def checklist(item: str, day: date) -> tuple[Check, ...]:
    """This function will give the questions of one item in force on `day`, in order."""
    return tuple(one for one in CHECKS.on(day).value if one.item == item)


def score_of(answers: Mapping[str, Answer], day: date) -> float | None:
    """This function will give the points of a visit out of 100, by the weight of what was answered; None where nothing applied."""
    weighed = [(one.weight, answers[one.key]) for one in CHECKS.on(day).value if answers.get(one.key) in {Answer.YES, Answer.NO}]
    whole = sum(weight for weight, _ in weighed)
    return round(100 * sum(weight for weight, answer in weighed if answer is Answer.YES) / whole, 1) if whole else None


def acts_hinted(answers: Mapping[str, Answer], day: date) -> dict[str, tuple[str, ...]]:
    """This function will give, for every question answered with no, the acts it may amount to; which it is, if any, is a person's finding."""
    return {one.key: one.acts for one in CHECKS.on(day).value if answers.get(one.key) is Answer.NO}


@rule("检查事项在公布的清单之内")
def item_is_listed(item: str, way: Way, kind: BodyKind | None, day: date) -> Finding:
    """Whether an item is on the public list, meant for this kind of body (None: nobody filed), and may be checked in this way."""
    found = ITEMS.on(day).value.get(item)
    if found is None:
        return unmet("所选事项不在督导检查事项清单之内，不得检查", OURS)
    if kind is not None and kind not in found.kinds:
        return unmet(f"“{found.title}”不适用于{kind.label}", OURS)
    if way is Way.RANDOM_DRAW and not found.drawn:
        return unmet(f"“{found.title}”依线索检查，不随机抽取", found.clause)
    if way is not Way.RANDOM_DRAW and way not in found.ways:
        return unmet(f"“{found.title}”可以采用的方式是{'、'.join(one.label for one in found.ways)}", WAYS_LAID_DOWN)
    return met(f"“{found.title}”，{way.label}", found.clause)


@rule("检查项目逐项有结论，不符合的有说明")
def every_check_is_answered(item: str, answers: Mapping[str, Answer], notes: Mapping[str, str], day: date) -> Finding:
    """Whether every question of an item has an answer, and what does not comply is described; nobody seals a record with gaps."""
    checks = checklist(item, day)
    open_ones = [one.question for one in checks if one.key not in answers]
    if open_ones:
        return unproven(f"还有{len(open_ones)}项没有结论：{open_ones[0]}", NEEDS_NOTE, ask_for="其余检查项目的结论")
    silent = [one.question for one in checks if answers[one.key] is Answer.NO and not notes.get(one.key, "").strip()]
    if silent:
        return unproven(f"{len(silent)}项不符合而没有写明情况：{silent[0]}", NEEDS_NOTE, ask_for="不符合项目的事实说明")
    return met(f"{len(checks)}项均有结论", NEEDS_NOTE)
