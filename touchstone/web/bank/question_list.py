"""试题列表: which questions lie in my bank, in which state? Rows only: what one says is never on a list."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import uuid4

import django_filters
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString

from touchstone.policy.eligibility.levels import Level
from touchstone.policy.roles import Role
from touchstone.questions import operations, permissions, queries
from touchstone.questions.states import QuestionState
from touchstone.web.bank.door import crumbs, own_bank, tabs
from touchstone.web.bank.exporting import CHOSEN
from touchstone.web.bank.words import KIND_CHOICES, KIND_LABELS, PART_CHOICES, SECRECY_CHOICES, STATE_CHOICES, STATES
from touchstone.web.doors import Request, either_door, own_side
from touchstone.web.levels import LEVEL_CHOICES
from touchstone.web.tables import BatchAction, Column, DayColumn, Empty, NameColumn, NumberColumn, StateColumn, Table, chosen_rows, list_page

if TYPE_CHECKING:
    from touchstone.questions.models import QuestionSet
    from touchstone.questions.queries import QuestionRow

OUTCOMES, MOST = "question_outcomes", 500
_PARTS, _SECRECY = dict(PART_CHOICES), dict(SECRECY_CHOICES)


class QuestionTable(Table):
    """Questions as rows."""

    number = Column("编号", attrs={"td": {"class": "ts-nowrap"}})
    occupation = Column("职业")
    level = Column("等级")
    part = Column("科目")
    kind = Column("题型")
    element = Column("鉴定点")
    state = StateColumn(STATES, "状态")
    difficulty = Column("预估难度")
    secrecy = Column("密级")
    stale_because = Column("过时")
    author = NameColumn("命题人", accessor="written_by__person__name")
    contributed_by = Column("供题单位")
    uses = NumberColumn("使用次数")
    written_at = DayColumn("编写")
    folded: Sequence[str] = ("difficulty", "secrecy", "contributed_by", "uses")

    def render_number(self, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', own_side(self.request, "question", value), value)

    def value_number(self, value: str) -> str:
        return value

    def render_author(self, value: str, record: "QuestionRow") -> str:
        open_to_all = record.state != QuestionState.IN_REVIEW or self.request.actor.has(Role.BANK_KEEPER)
        return value if open_to_all else "审题期间不显示"

    value_author = render_author

    def render_level(self, value: int) -> str:
        return Level(value).label

    def render_part(self, value: str) -> str:
        return _PARTS.get(value, value)

    def render_kind(self, value: str) -> str:
        return KIND_LABELS.get(value, value)

    def render_secrecy(self, value: int) -> str:
        return _SECRECY.get(value, str(value))

    value_level, value_part, value_kind, value_secrecy = render_level, render_part, render_kind, render_secrecy


class QuestionFilter(django_filters.FilterSet):
    """Narrowing the list of questions; `text` finds those that hold these words, without showing them."""

    number = django_filters.CharFilter(label="编号", lookup_expr="startswith")
    text = django_filters.CharFilter(label="题中文字（两字以上）", method="holding")
    standard = django_filters.CharFilter(label="标准编号或名称", method="of_standard")
    level = django_filters.ChoiceFilter(label="等级", choices=LEVEL_CHOICES)
    part = django_filters.ChoiceFilter(label="科目", choices=PART_CHOICES)
    kind = django_filters.ChoiceFilter(label="题型", choices=KIND_CHOICES)
    element = django_filters.CharFilter(label="鉴定点", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(label="状态", choices=STATE_CHOICES)
    secrecy = django_filters.ChoiceFilter(label="密级", choices=SECRECY_CHOICES)
    stale = django_filters.BooleanFilter(label="过时", method="is_stale")

    def holding(self, found: "QuestionSet", name: str, value: str) -> "QuestionSet":
        return queries.holding_words(found, value)

    def of_standard(self, found: "QuestionSet", name: str, value: str) -> "QuestionSet":
        return found.filter(Q(standard__number=value) | Q(standard__title__icontains=value))

    def is_stale(self, found: "QuestionSet", name: str, value: bool) -> "QuestionSet":
        return found.exclude(stale_because="") if value else found.filter(stale_because="")


@either_door
def questions(request: Request) -> HttpResponseBase:
    """This page will list the questions of the visitor's own bank."""
    bank = own_bank(request)
    can_write, can_keep = permissions.can(request.actor, "write", bank), permissions.can(request.actor, "keep", bank)
    new = own_side(request, "question_new")
    empty = Empty("还没有试题", "按标准的鉴定点编写，经两人审题后入库。", "编写试题" if can_write else "", new if can_write else "")
    batch = [BatchAction("approve", "入库", "primary"), BatchAction("export", "导出"), BatchAction("retire", "停用", "danger")] if can_keep else []
    extra = {"bank": bank, "crumbs": crumbs(request, bank, ("试题", "")), "tabs": tabs(request, bank, "questions")}
    return list_page(
        request, queryset=queries.questions(request.actor, bank), table=QuestionTable, filterset=QuestionFilter, title="试题", unit="题", empty=empty,
        template="bank/list.html", batch=batch, batch_url=own_side(request, "questions_act"),
        extra=extra | {"new_url": new if can_write else "", "new_label": "编写试题", "subtitle": "列表不含试题内容；查看内容须写明事由。"},
    )  # fmt: skip


@either_door
def my_reviews(request: Request) -> HttpResponseBase:
    """This page will list the questions the visitor is asked to judge."""
    bank = own_bank(request)
    empty = Empty("没有待审的试题", "题库管理员指定或者抽取您审题以后，会列在这里。")
    return list_page(
        request, queryset=queries.my_reviews(request.actor), table=QuestionTable, title="待我审题", unit="题", empty=empty,
        template="bank/list.html", exportable=False,
        extra={"bank": bank, "crumbs": crumbs(request, bank, ("待我审题", "")), "tabs": tabs(request, bank, "my_reviews")},
    )  # fmt: skip


@either_door
def questions_act(request: Request) -> HttpResponseBase:
    """This page will approve or retire chosen questions once confirmed, and show an outcome for each."""
    bank = own_bank(request)
    permissions.check_may(request.actor, "keep", bank)
    back = own_side(request, "questions")
    context = {"bank": bank, "crumbs": crumbs(request, bank, ("试题", back), ("批量办理", "")), "back_url": back, "title": "批量办理"}
    if request.method != "POST":
        return render(request, "bank/outcomes.html", context | {"outcomes": request.session.pop(OUTCOMES, None)})
    chosen = chosen_rows(request, queryset=queries.questions(request.actor, bank), filterset=QuestionFilter)
    rows = list(chosen[: MOST + 1])
    if not rows or len(rows) > MOST:
        messages.error(request, "没有选择试题。" if not rows else f"一次最多办理{MOST}题，请缩小查询范围。")
        return redirect(back)
    action = request.POST.get("action", "")
    if action == "export":
        request.session[CHOSEN] = [row.number for row in rows]
        return redirect(own_side(request, "question_export_new"))
    if "confirmed" not in request.POST:
        return render(request, "bank/confirm_rows.html", context | {"rows": rows, "action": action, "request_key": uuid4()})
    numbers, reason = [row.number for row in rows], request.POST.get("reason", "")
    if action == "approve":
        outcomes = operations.approve_questions(numbers=numbers, by=request.actor, at=request.now)
    else:
        outcomes = operations.retire_questions(numbers=numbers, reason=reason, by=request.actor, at=request.now)
    request.session[OUTCOMES] = [asdict(one) for one in outcomes]
    return redirect(own_side(request, "questions_act"))
