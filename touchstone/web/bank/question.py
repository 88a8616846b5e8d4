"""试题: what is on record about one question, what can be done with it now, and, opened with a reason, what does it say?"""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from touchstone.files.queries import of_case
from touchstone.kernel.moves import MoveRefused
from touchstone.ledger.queries import history
from touchstone.measurement.interchange.question import Question, letter
from touchstone.measurement.interchange.rich import Rich, to_html
from touchstone.parameters.queries import in_force
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.questions.reviewing import ITEMS
from touchstone.policy.questions.similarity import ALIKE_FROM
from touchstone.questions import operations, permissions, queries
from touchstone.questions.operations import Opened
from touchstone.questions.queries import QuestionRow
from touchstone.questions.states import QUESTION_MOVES, QuestionState
from touchstone.web.bank.content_form import AUTHORED
from touchstone.web.bank.door import crumbs, own_question
from touchstone.web.bank.words import KIND_LABELS, PART_CHOICES, SECRECY_CHOICES, STATES
from touchstone.web.doors import Request, either_door, own_side, told
from touchstone.web.downloads import send_attachment
from touchstone.web.events import told_lines
from touchstone.web.forms import Form
from touchstone.web.refusing import told_in

OPEN_FOR = timedelta(hours=1)
"""How long the pictures of a question that was opened are shown to who opened it."""


class ReasonForm(Form):
    """Why a question is opened."""

    reason = forms.CharField(label="调阅事由", max_length=200, help_text="例如：复核答案。事由随调阅记录永久保存。")


@either_door
def question(request: Request, number: str) -> HttpResponseBase:
    """This page will show a question's record; a post with a reason opens what it says, on this page and this once."""
    found = own_question(request, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    opened = None
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            asked = request.POST.get("version", "")
            version = int(asked) if asked.isascii() and asked.isdecimal() else None
            reason = form.cleaned_data["reason"]
            opened = operations.open_contents(number=number, reason=reason, version=version, by=request.actor, at=request.now)
    context = record(request, found) | {"opened": shown(request, opened) if opened else None, "open_form": form}
    return render(request, "bank/question.html", context)


def record(request: Request, found: QuestionRow) -> dict[str, Any]:
    """This function will give what every page of a question shows of it; nothing of what it says."""
    state, tone = STATES[found.state]
    blind = is_blind(request, found)
    percent = in_force(ALIKE_FROM, request.today).value
    fields = [
        ("依据", str(found.standard)),
        ("等级和科目", f"{Level(found.level).label} {dict(PART_CHOICES).get(found.part, found.part)}"),
        ("鉴定点", found.element),
        ("题型", KIND_LABELS.get(found.kind, found.kind)),
        ("预估难度", found.difficulty),
        ("密级", dict(SECRECY_CHOICES).get(found.secrecy, "")),
        ("现行版本", f"第{found.current}版"),
        ("命题人", "审题期间不显示" if blind else found.written_by.person.name if found.written_by and found.written_by.person else ""),
        ("供题单位", found.contributed_by.name if found.contributed_by else found.bank.office.name),
        ("使用次数", found.uses),
    ]
    return {
        "question": found,
        "bank": found.bank,
        "state": state,
        "tone": tone,
        "kind": KIND_LABELS.get(found.kind, found.kind),
        "fields": fields,
        "crumbs": crumbs(request, found.bank, ("试题", own_side(request, "questions")), (found.number, "")),
        "why_not_open": operations.why_not_open(request.actor, found, request.now),
        "versions": queries.versions_of(found),
        "reviews": [_review(one, request) for one in queries.reviews_shown(found, request.actor)],
        "waiting": queries.reviews_waiting(found) if found.state == QuestionState.IN_REVIEW else 0,
        "alike": queries.alike(found.grams, queries.comparable_banks(found.bank), percent=percent, but=found.pk),
        "percent": percent,
        "openings": queries.openings_of(found)[:10] if permissions.can(request.actor, "see_openings", found.bank) else None,
        "timeline": [] if blind else _timeline(found),
        "acts": _acts(request, found),
    }


def _timeline(found: QuestionRow) -> list[dict[str, Any]]:
    lines = history(found.number).exclude(event="question.opened")  # those stand in the record of openings
    return told_lines(lines)


def is_blind(request: Request, found: QuestionRow) -> bool:
    """This function will say whether the visitor is judging a question and must not know whose it is."""
    return queries.my_reviews(request.actor).filter(pk=found.pk).exists()


def _review(review: Any, request: Request) -> dict[str, Any]:
    titles = {item.key: item.title for item in ITEMS.on(request.today).value}
    marks = [(titles.get(key, key), mark["outcome"] == "yes", mark.get("word", "")) for key, mark in review.marks.items()]
    return {"review": review, "marks": marks, "own": review.reviewer_id == request.actor.user_id}


def _acts(request: Request, found: QuestionRow) -> list[dict[str, Any]]:
    """What can be done now: an address, or a confirmation with words."""
    state, actor = QuestionState(found.state), request.actor
    able = {act: permissions.can(actor, act, found.bank) for act in ("write", "appoint", "keep", "contribute")}
    asked = is_blind(request, found)
    appointed = state is QuestionState.IN_REVIEW and not queries.reviews_waiting(found)
    open_moves = {move.verb for move in QUESTION_MOVES.open_from(state)}
    lines: list[tuple[bool, dict[str, Any]]] = [
        (asked, {"label": "审题", "url": own_side(request, "question_review", found.number), "tone": "primary"}),
        (
            able["write"] and state in operations.OPEN_TO_CHANGE and found.kind in AUTHORED,
            {"label": "修改", "url": own_side(request, "question_edit", found.number)},
        ),
        (able["write"] and "submit" in open_moves, _act("submit", "送审", "送审以后不能修改，直到审题人提出意见。", tone="primary")),
        (able["appoint"] and appointed, {"label": "指定审题人", "url": own_side(request, "question_appoint", found.number), "tone": "primary"}),
        (able["keep"] and "approve" in open_moves, _act("approve", "入库", "入库以后可以用于组卷。", tone="primary")),
        (able["keep"] and state is QuestionState.REVIEWED, _act("send_back", "退回修改", "退回命题人修改，修改后重新审题。", reason="退回理由")),
        (able["write"] and "revise" in open_moves, _act("revise", "修订", "转为待修改，修改后重新审题才能入库。", reason="修订理由")),
        (
            able["contribute"] and state is QuestionState.APPROVED and found.bank.body_id is not None,
            _act("contribute", "推荐给市级题库", "市级题库另行审题；入库后供全市机构使用，供题单位记为本机构。", reason="推荐说明"),
        ),
        (able["keep"] and "retire" in open_moves, _act("retire", "停用", "停用以后不再用于组卷，内容和历史保留。", reason="停用理由", tone="danger")),
    ]
    return [line for shown, line in lines if shown]


def _act(key: str, label: str, sentence: str, *, reason: str = "", tone: str = "") -> dict[str, Any]:
    return {"key": key, "label": label, "sentence": sentence, "reason": reason, "tone": tone}


def shown(request: Request, opened: Opened) -> dict[str, Any]:
    """This function will give what a question says as a page shows it: safe HTML, pictures by their address."""
    content = opened.content
    files = {one.name: own_side(request, "question_file", opened.question.number, one.number) for one in of_case(opened.question.number)}

    def html(text: Rich) -> SafeString:
        return mark_safe(to_html(text, lambda name: files.get(name, "")))  # noqa: S308 (`to_html` gives safe HTML)

    return {
        "version": opened.version,
        "content": content,
        "stem": html(content.stem),
        "materials": html(content.materials),
        "options": [(letter(place), html(one.content), one.key in content.key) for place, one in enumerate(content.options)]
        if _by_options(content)
        else [],
        "order": [(place, html(_option(content, key))) for place, key in enumerate(content.key, 1)] if content.kind == "order" else [],
        "pairs": [_pair(content, entry, html) for entry in content.key] if content.kind in {"match", "gap_match"} else [],
        "blanks": [(one.key, "；".join(dict.fromkeys([one.answer, *(w.of for w in one.weights.entries)]))) for one in content.slots]
        if content.kind in {"text_entry", "inline_choice"}
        else [],
        "criteria": [(one.group, html(one.content), one.points, one.rule) for one in content.criteria],
        "steps": any(one.group for one in content.criteria),
        "parts": [shown(request, Opened(opened.question, opened.version, "", one.question)) for one in content.parts],
    }


def _by_options(content: Question) -> bool:
    return content.kind in {"choice", "multiple", "true_false"}


def _option(content: Question, key: str) -> Rich:
    return next((one.content for one in content.options if one.key == key), ())


def _pair(content: Question, entry: str, html: Any) -> tuple[SafeString, SafeString]:
    option, slot = entry.split(" ")
    prompt = next((one.prompt for one in content.slots if one.key == slot), ())
    return html(_option(content, option)), html(prompt) or slot  # type: ignore[return-value]


@require_POST
@either_door
def question_act(request: Request, number: str) -> HttpResponseBase:
    """This page will do one thing with a question: send, approve, send back, revise, give to the city bank, retire."""
    found = own_question(request, number)
    act, reason = request.POST.get("act", ""), request.POST.get("reason", "")
    given: dict[str, Any] = {"number": number, "by": request.actor, "at": request.now}
    with told(request):
        match act:
            case "submit":
                operations.submit_question(**given)
                messages.success(request, "已送审，由题库管理员指定或抽取审题人。")
            case "approve":
                operations.approve_question(**given)
                messages.success(request, "已入库。")
            case "send_back":
                operations.ask_to_revise(reason=reason, **given)
                messages.success(request, "已退回命题人修改。")
            case "revise":
                operations.revise_question(reason=reason, **given)
                messages.success(request, "已转为待修改。")
            case "contribute":
                made = operations.contribute_question(reason=reason, **given)
                messages.success(request, f"已推荐给市级题库，编号{made.number}，由市职鉴中心审题。")
            case "retire":
                operations.retire_question(reason=reason, **given)
                messages.success(request, "已停用。")
            case _:
                raise MoveRefused("没有这项办理。", None, "请从试题页面选择。")
    return redirect(own_side(request, "question", found.number))


@either_door
def question_file(request: Request, number: str, file: str) -> HttpResponseBase:
    """This page will send a picture of a question to who has opened the question within the hour."""
    found = own_question(request, number)
    operations.check_may_open(request.actor, found, request.now)
    kept = of_case(number).filter(number=file).first()
    if kept is None or not queries.opened_lately(found, request.actor, request.now - OPEN_FOR):
        raise Http404
    return send_attachment(kept)
