"""试题统计页: what did the use of a paper show of each question, in plain words; and how do the answers come in?"""

from functools import cached_property
from typing import Any

import django_filters
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from touchstone.accounts.actor import NotAllowed
from touchstone.files.operations import LARGEST
from touchstone.jobs.exam_papers import defer_reckoning
from touchstone.parameters.queries import in_force
from touchstone.policy.documents import notice
from touchstone.policy.questions.figures import Flag
from touchstone.policy.questions.papers import CALIBRATE_AT, FIGURES_AT
from touchstone.questions import operations
from touchstone.questions.queries import BankRow
from touchstone.questions.queries import papers as queries
from touchstone.questions.queries import question as one_question
from touchstone.questions.queries.figures import FLAGS, FigureRow, flagged, flags_on
from touchstone.questions.states import PaperState
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.downloads import XLSX, send
from touchstone.web.papers.door import crumbs, inside, keeps, paper_of
from touchstone.web.papers.words import KIND_CHOICES
from touchstone.web.tables import Column, Empty, NumberColumn, Table, list_page


class FigureTable(Table):
    """Questions with what their use showed."""

    question = Column("试题", accessor="question__number", attrs={"td": {"class": "ts-nowrap"}})
    kind = Column("题型", accessor="question__kind")
    element = Column("鉴定点", accessor="question__element")
    answered = NumberColumn("作答人数")
    difficulty = Column("难度（得分率）", attrs={"td": {"class": "ts-number"}, "th": {"class": "ts-number"}})
    discrimination = Column("区分度", default="—", attrs={"td": {"class": "ts-number"}, "th": {"class": "ts-number"}})
    options = Column("选项（选择比例）", orderable=False)
    model = Column("标定参数", orderable=False, empty_values=())
    flags = Column("提示", orderable=False, empty_values=())

    folded = ("element",)

    def render_question(self, value: str) -> SafeString:
        url, own = own_side(self.request, "question", value), own_side(self.request, "question_figures", value)
        return format_html('<a href="{}">{}</a> <a class="ts-hint" href="{}">历次</a>', url, value, own)

    def value_question(self, value: str) -> str:
        return value

    def render_kind(self, value: str) -> str:
        return dict(KIND_CHOICES).get(value, value)

    value_kind = render_kind

    def render_difficulty(self, value: float) -> str:
        return f"{value:.2f}"

    render_discrimination = render_difficulty

    @cached_property
    def readable(self) -> frozenset[int]:
        """The questions whose answer the visitor may know."""
        return operations.openable(self.request.actor, [one.question for one in self.data.data], self.request.now)

    def render_options(self, record: FigureRow, value: dict[str, Any]) -> SafeString | str:
        said = _options(value, record.question_id in self.readable)
        return format_html_join("", "<span class=\"ts-nowrap\">{}</span> ", ((one,) for one in said)) or "—"

    def value_options(self, record: FigureRow, value: dict[str, Any]) -> str:
        return " ".join(_options(value, record.question_id in self.readable))

    def render_model(self, record: FigureRow) -> str:
        return _model(record.model)

    def value_model(self, record: FigureRow) -> str:
        return _model(record.model)

    def render_flags(self, record: FigureRow) -> SafeString | str:
        return badges(flags_on(record, self.request.today))

    def value_flags(self, record: FigureRow) -> str:
        return "；".join(f"{one.label}：{one.sentence}" for one in flags_on(record, self.request.today))


def badges(found: tuple[Flag, ...]) -> SafeString | str:
    """Show flags with what they mean."""
    line = '<div><span class="ts-state ts-tone-{}">{}</span> <small>{}</small></div>'
    return format_html_join("", line, ((one.tone, one.label, one.sentence) for one in found)) or "—"


_SAID = {"true": "对", "false": "错"}


def _options(value: dict[str, Any], readable: bool) -> list[str]:
    """Each option with its share; which is right only for whom the answer may be opened."""
    return [
        f"{_SAID.get(one['key'], one['key'])}{'✓' if readable and one['right'] else ''} {one['share'] * 100:.0f}%" for one in value.get("rows", [])
    ]


def _model(value: dict[str, Any]) -> str:
    if not value:
        return "未标定"
    moved = f"，漂移{value['moved']:+.2f}" if "moved" in value else ""
    return f"a={value['slope']:.2f}，b={value['difficulty']:.2f}±{value['error']:.2f}{moved}"


class FigureFilter(django_filters.FilterSet):
    """Narrowing the figures."""

    question = django_filters.CharFilter(label="试题编号", field_name="question__number", lookup_expr="startswith")
    kind = django_filters.ChoiceFilter(label="题型", field_name="question__kind", choices=KIND_CHOICES)
    flag = django_filters.ChoiceFilter(label="提示", choices=FLAGS, method="with_flag")

    def with_flag(self, found: Any, name: str, value: str) -> Any:
        return flagged(found, value, self.request.today)


@either_door
def paper_figures(request: Request, number: str) -> HttpResponseBase:
    """This page will take the answers to a used paper, and show what they say of each question and of the paper."""
    found = paper_of(request, number)
    _check_inside(request, found.bank)
    if request.method == "POST":
        return _receive(request, number)
    runs = list(queries.imports_of(found)[:5])
    last = next((one for one in runs if one.finished_at), None)
    extra = {
        "paper": found,
        "crumbs": crumbs(request, (number, own_side(request, "paper", number)), ("试题统计", "")),
        "runs": runs,
        "waiting": any(not one.finished_at and not one.failed_because for one in runs),
        "progress_url": own_side(request, "paper_figures_progress", number),
        "last": last,
        "forms": list(last.report["forms"].items()) if last else [],
        "may": keeps(request, found.bank) and found.state == PaperState.USED,
        "largest": LARGEST,
        "least": in_force(FIGURES_AT, request.today).value,
        "enough": in_force(CALIBRATE_AT, request.today).value,
    }
    return list_page(
        request,
        queryset=queries.figures_of(found),
        table=FigureTable,
        filterset=FigureFilter,
        title=f"试题统计 {number}",
        unit="题",
        empty=Empty("还没有统计", "考试结束、登记使用以后，上传作答结果表；统计只用真实作答计算。"),
        template="papers/figures.html",
        extra=extra,
    )


def _check_inside(request: Request, bank: BankRow) -> None:
    if not inside(request, bank):
        raise NotAllowed("试题统计由本题库的命题人、审题人、题库管理员和试卷保管员查看。", notice("三(二)3"), "别的题库只能查看数量和覆盖情况。")


def _receive(request: Request, number: str) -> HttpResponseBase:
    file = request.FILES.get("workbook")
    with told(request), transaction.atomic():
        content = file.read() if file is not None and (file.size or 0) <= LARGEST else b""
        name = (file.name or "") if file is not None else ""
        made = operations.receive_answers(number=number, name=name, content=content, by=request.actor, at=request.now)
        defer_reckoning(made.number)
        messages.success(request, "已收到，正在计算；完成以后本页会显示结果。")
    return redirect(own_side(request, "paper_figures", number))


@either_door
def paper_figures_progress(request: Request, number: str) -> HttpResponseBase:
    """This fragment will show that answers are being reckoned; when it is done, the whole page is asked for."""
    found = paper_of(request, number)
    waiting = any(not one.finished_at and not one.failed_because for one in queries.imports_of(found)[:5])
    context = {"waiting": waiting, "progress_url": own_side(request, "paper_figures_progress", number)}
    response = render(request, "papers/figures_progress.html", context)
    if not waiting:
        response["HX-Refresh"] = "true"
    return response


@either_door
def paper_answers_template(request: Request, number: str) -> HttpResponseBase:
    """This page will send the empty workbook for the answers."""
    found = paper_of(request, number)
    _check_inside(request, found.bank)
    return send(operations.answers_template(found), XLSX, f"作答结果表{number}.xlsx")


@either_door
def question_figures(request: Request, number: str) -> HttpResponseBase:
    """This page will show every figure of one question, paper by paper: is it getting easier?"""
    found = one_question(number, request.actor)
    _check_inside(request, found.bank)
    readable = found.pk in operations.openable(request.actor, [found], request.now)
    figures = queries.figures_of_question(found.pk)[:50]
    rows = [(row, _options(row.options, readable), _model(row.model), flags_on(row, request.today)) for row in figures]
    context = {
        "question": found,
        "rows": rows,
        "question_url": own_side(request, "question", number),
        "crumbs": crumbs(request, (f"试题{number}历次统计", "")),
    }
    return render(request, "papers/question_figures.html", context)
