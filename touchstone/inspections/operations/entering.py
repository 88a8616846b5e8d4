"""公共随机数: one officer puts the numbers down after the event, another puts them down again, unseen; only when both agree do they count."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.inspections import permissions
from touchstone.inspections.models import Draw
from touchstone.inspections.operations._public import line_of_chance
from touchstone.inspections.operations.freezing import locked
from touchstone.inspections.states import DRAW_MOVES, DrawState
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must, records
from touchstone.ledger.operations import record
from touchstone.policy.inspections import LAW, Source, attested_by_another, outcome_written
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


@transaction.atomic
def enter_chance(*, number: str, outcomes: Mapping[str, str], by: Actor, at: datetime) -> Draw:
    """This function will put down the outcome of each announced source (by its name). Done again, it takes the place of what was there.

    :raises Refusal: before the event, without an outcome, or for one that cannot be.
    """
    draw = locked(number)
    permissions.check_may(by, "enter", draw)
    state = DRAW_MOVES.check("enter", DrawState(draw.state))
    last = max(datetime.fromisoformat(one["at"]) for one in draw.sources)
    if at < last:
        raise Refusal(f"还没有到开奖时间（{last:%Y年%-m月%-d日 %H:%M}）。", LAW, "请在开奖结果公布以后录入。")
    draw.values, draw.entered_at, draw.entered_by_id = _written(draw, outcomes), at, by.user_id
    draw.move_to(state)
    record("inspection_draw.entered", number, by=by, at=at, detail={"values": draw.values})
    close_tasks(case=number, by=by, at=at, outcome="已录入")
    title = f"复核公共随机数：{draw.plan.year}年度双随机抽取{draw.number}"
    for role in (Role.SUPERVISOR, Role.DIRECTOR):
        open_task(case=number, matter="attest_chance", title=title, office_id=draw.plan.office_id, role=role, by=by, at=at)
    return draw


@transaction.atomic
def attest_chance(*, number: str, outcomes: Mapping[str, str], by: Actor, at: datetime) -> Draw:
    """This function will have another officer put the same outcomes down; from then on they are public and never change.

    :raises Refusal: for the same person, or where the two differ.
    """
    draw = locked(number)
    permissions.check_may(by, "attest", draw)
    state = DRAW_MOVES.check("attest", DrawState(draw.state))
    same = _written(draw, outcomes) == [list(one) for one in draw.values]
    found = attested_by_another(draw.entered_by_id, by.user_id, same)
    must(found, "请由另一人对照开奖公告重新填写；录入有误的，由录入人重新录入。")
    draw.attested_at, draw.attested_by_id, draw.findings = at, by.user_id, [*draw.findings, *records([found])]
    draw.move_to(state)
    detail = {"values": draw.values, "findings": records([found])}
    record("inspection_draw.attested", number, by=by, at=at, detail=detail, public=line_of_chance(draw))
    close_tasks(case=number, by=by, at=at, outcome="已复核")
    title = f"抽取：{draw.plan.year}年度双随机抽取{draw.number}"
    open_task(case=number, matter="draw_inspections", title=title, office_id=draw.plan.office_id, role=Role.SUPERVISOR, by=by, at=at)
    return draw


def _written(draw: Draw, outcomes: Mapping[str, str]) -> Sequence[list[str]]:
    """The outcomes in the order and form in which they enter the seed. :raises Refusal: where one is missing or cannot be."""
    found = []
    for one in draw.sources:
        text = outcomes.get(one["name"], "").strip()
        if not text:
            raise Refusal(f"没有填写{one['name']}的结果。", LAW, "请按开奖公告填写每个来源。")
        try:
            found.append([one["name"], outcome_written(Source(one["source"]), text)])
        except ValueError as error:
            raise Refusal(str(error), LAW, "请对照开奖公告填写。") from error
    return found
