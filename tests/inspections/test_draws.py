"""抽取测试: are rosters frozen before anybody can know the numbers, is everything drawn again the same, and does nobody know too early?"""

import json
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction

from tests.cast import Cast
from tests.exams.stage import moment
from tests.inspections.stage import MORNING_AFTER, NAMED, SECRET, SOURCES, VISITS_FROM, Stage, filed_body
from tests.refusing import refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR
from touchstone.bodies.models import Body, StaffMember
from touchstone.cli.draw import command
from touchstone.inspections import queries
from touchstone.inspections.facts import terms_of
from touchstone.inspections.models import Draw, OnRoster, Task, TaskInspector
from touchstone.inspections.operations import (
    announce,
    attest_chance,
    declare_recusal,
    discard_draw,
    draw_and_match,
    end_recusal,
    enter_chance,
    freeze_again,
    redraw,
    reveal,
)
from touchstone.inspections.states import DrawState
from touchstone.jobs.inspections import reveal_what_is_known
from touchstone.ledger.models import Entry
from touchstone.logs.models import Outbox
from touchstone.policy.inspections import Ground
from touchstone.tasks.queries import waiting_for
from touchstone.trust.draw_records import draw_again
from touchstone.trust.draw_teams import team_record


def public(number: str) -> list[dict[str, object]]:
    """Give what went out to the public logs about a draw, in order."""
    lines = [json.loads(bytes(one.entry)) for one in Outbox.objects.filter(kind__startswith="draw.").order_by("pk")]
    return [one for one in lines if one["draw"] == number]


def test_from_frozen_rosters_to_a_record_that_anybody_draws_again(cast: Cast, tmp_path: Path) -> None:
    """冻结、公告、录入、复核、抽取、揭晓；揭晓后的记录在命令行重新抽取一致，公开日志的公告与记录相符；改动一处就不一致。"""
    stage = Stage(cast).revealed()
    assert stage.draw.quotas == {"enterprise-none": 2}, "12家的30%，一年两次"
    assert Task.objects.count() == 2 and TaskInspector.objects.count() == 4
    record = queries.record_of(stage.draw)
    assert record is not None and draw_again(record)["differs"] == []
    told = public(stage.draw.number)
    assert [one["kind"] for one in told] == ["draw.announced", "draw.seeded", "draw.result", "draw.revealed"]
    assert record["announced"].items() <= told[0].items(), "事前公告的指纹就是记录里的"
    assert told[0]["commitment"] == record["commitment"] and told[3]["secret"] == record["secret"]

    written = tmp_path / "record.json"
    written.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    done = CliRunner().invoke(command, ["verify", str(written)])
    assert done.exit_code == 0 and "与记录一致" in done.output
    others = [one for one in (json.loads(line)["id"] for line in record["roster"]) if one not in record["selected"]["enterprise-none"]]
    for name, change in {
        "assignment": dict.fromkeys(record["assignment"], "P000000"),
        "selected": {"enterprise-none": others[:2]},
        "announced": {**record["announced"], "roster": 13},
        "inspectors": record["inspectors"][1:],
        "sources": [["双色球 2026-03-10", "01 02 03 04 05 06+07"], *record["sources"][1:]],
    }.items():
        written.write_text(json.dumps({**record, name: change}, ensure_ascii=False), encoding="utf-8")
        assert CliRunner().invoke(command, ["verify", str(written)]).exit_code == 1, name


def test_the_same_numbers_draw_the_same_and_others_draw_otherwise(cast: Cast) -> None:
    """同样的名单和号码抽出同样的结果：再抽一次也一样；换一个保密数，结果不同。"""
    stage = Stage(cast).attested()
    terms, sources = terms_of(stage.draw, 2), [(name, value) for name, value in stage.draw.values]
    first, second = (team_record(terms, sources, SECRET) for _ in range(2))
    assert first == second
    others = [team_record(terms, sources, bytes([n]) * 32)["selected"] for n in range(8)]
    assert any(one != first["selected"] for one in others)


def test_rosters_are_frozen_once_announced(cast: Cast) -> None:
    """公告以前可以重新冻结，新备案的机构进入名单；公告以后名单不再变，新备案的机构和新增的检查人员等下一次。"""
    stage = Stage(cast).frozen()
    filed_body(30, cast.at)
    freeze_again(number=stage.draw.number, by=cast.wang, at=cast.at)
    assert stage.draw.roster.count() == 13
    announce(number=stage.draw.number, sources=SOURCES, secret=SECRET, by=cast.wang, at=cast.at)
    filed_body(31, cast.at)
    refused_and_nothing_changed(
        lambda: freeze_again(number=stage.draw.number, by=cast.wang, at=cast.at), "不能重新冻结名单", "inspections"
    )
    enter_chance(number=stage.draw.number, outcomes=NAMED, by=cast.wang, at=MORNING_AFTER)
    attest_chance(number=stage.draw.number, outcomes=NAMED, by=cast.wu, at=MORNING_AFTER)
    draw_and_match(number=stage.draw.number, by=cast.wang, at=MORNING_AFTER)
    assert stage.draw.roster.count() == 13 and not OnRoster.objects.filter(body__number__endswith="31", draw=stage.draw).exists()


def test_nobody_enters_or_draws_before_the_announcement(cast: Cast) -> None:
    """没有公告不能录入，没有开奖不能录入，没有复核不能抽取；数据库也不让号码早于公告。"""
    stage = Stage(cast).frozen()
    number = stage.draw.number
    tries = {
        "不能录入随机数": lambda: enter_chance(number=number, outcomes=NAMED, by=cast.wang, at=MORNING_AFTER),
        "不能复核随机数": lambda: attest_chance(number=number, outcomes=NAMED, by=cast.wu, at=MORNING_AFTER),
        "不能抽取": lambda: draw_and_match(number=number, by=cast.wang, at=MORNING_AFTER),
    }
    for says, attempt in tries.items():
        refused_and_nothing_changed(attempt, says, "inspections")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(number=number).update(values=[["双色球", "1"]], entered_at=cast.at, announced_at=MORNING_AFTER)
    announce(number=number, sources=SOURCES, secret=SECRET, by=cast.wang, at=cast.at)
    early = MORNING_AFTER - timedelta(hours=13)
    refused_and_nothing_changed(lambda: enter_chance(number=number, outcomes=NAMED, by=cast.wang, at=early), "还没有到开奖时间", "inspections")
    refused_and_nothing_changed(tries["不能抽取"], "不能抽取", "inspections")


def test_the_announcement_comes_before_the_numbers(cast: Cast) -> None:
    """开奖已过、来源不足、检查人员不足、开奖晚于检查、没写在哪里公布，都不能公告。"""
    stage = Stage(cast).frozen()

    def announced(sources=SOURCES, at=cast.at):
        return lambda: announce(number=stage.draw.number, sources=sources, secret=SECRET, by=cast.wang, at=at)

    moved = [type(one)(one.source, moment(VISITS_FROM, 21), one.where) for one in SOURCES]
    unsaid = [type(one)(one.source, one.draws_at, " ") for one in SOURCES]
    refused_and_nothing_changed(announced(at=MORNING_AFTER), "不足2小时", "inspections")
    refused_and_nothing_changed(announced(SOURCES[:2]), "只有48位随机", "inspections")
    refused_and_nothing_changed(announced([SOURCES[0]] * 3), "只能用一次", "inspections")
    refused_and_nothing_changed(announced(moved), "早于检查开始日", "inspections")
    refused_and_nothing_changed(announced(unsaid), "在哪里公布", "inspections")
    refused_and_nothing_changed(announced([]), "没有写明公共随机数的来源", "inspections")


def test_another_officer_puts_the_same_numbers_down(cast: Cast) -> None:
    """复核须由另一人重新填写，不一致不算；录入有误可以重新录入，前后都在存证里。"""
    stage = Stage(cast).announced()
    number, wrong = stage.draw.number, {**NAMED, "七星彩 2026-03-10": "3 5 0 9 1 7 11"}
    enter_chance(number=number, outcomes=wrong, by=cast.wang, at=MORNING_AFTER)
    attest = lambda who, outcomes: attest_chance(number=number, outcomes=outcomes, by=who, at=MORNING_AFTER)  # noqa: E731
    refused_and_nothing_changed(lambda: attest(cast.wang, wrong), "同一人", "inspections")
    refused_and_nothing_changed(lambda: attest(cast.wu, NAMED), "不一致", "inspections")
    refused_and_nothing_changed(lambda: attest(cast.wu, {**NAMED, "七星彩 2026-03-10": ""}), "没有填写", "inspections")
    refused_and_nothing_changed(lambda: attest(cast.wu, {**NAMED, "七星彩 2026-03-10": "7"}), "7个数字", "inspections")
    enter_chance(number=number, outcomes=NAMED, by=cast.wang, at=MORNING_AFTER)
    assert attest(cast.wu, NAMED).state == DrawState.ATTESTED
    assert Entry.objects.filter(subject=number, event="inspection_draw.entered").count() == 2


def test_nobody_knows_where_before_the_hour(cast: Cast) -> None:
    """检查日八点以前，检查人员、抽取单位和公众都只看见日期和所在区；到点看见机构；记录在全部揭晓后公开。"""
    stage = Stage(cast).drawn()
    first = Task.objects.order_by("opens_at").first()
    assert first is not None
    sent = TaskInspector.objects.filter(task=first).select_related("person__user").first()
    assert sent is not None
    person = sent.person.user.username
    who, before = getattr(cast, person), first.opens_at - timedelta(minutes=1)
    own = queries.own_visit(first.number, who, before)
    assert (own.visit_on, own.district, own.body, own.people) == (first.visit_on, "310115", None, ())
    assert all(one.body is None and one.stratum == "" for one in queries.visits_of(stage.draw, before))
    assert queries.own_visit(first.number, who, first.opens_at).body == first.body
    owed = {name: {task.case for task in waiting_for(getattr(cast, name)) if task.case.startswith("RW")} for name in ("wang", "inspector0", "wu")}
    for name, cases in owed.items():
        assert cases == {sent.task.number for sent in TaskInspector.objects.filter(person__user__username=name)}, "待办只有本人看见"
    assert queries.record_of(stage.draw) is None
    said = json.dumps([*public(stage.draw.number), *Entry.objects.values_list("detail", flat=True)], ensure_ascii=False)
    after = Entry.objects.filter(event__startswith="inspection_draw.").values_list("detail", flat=True)
    assert first.body.number not in json.dumps(list(after), ensure_ascii=False) and SECRET.hex() not in said
    last = Task.objects.order_by("-opens_at").first()
    assert last is not None and reveal_what_is_known(last.opens_at - timedelta(minutes=1)) == 0
    refused_and_nothing_changed(lambda: reveal(number=stage.draw.number, by=cast.wang, at=last.opens_at), "办理", "inspections")
    assert (reveal_what_is_known(last.opens_at), reveal_what_is_known(last.opens_at)) == (1, 0)


def test_a_visit_has_two_inspectors_who_need_not_recuse(cast: Cast) -> None:
    """申报回避、曾在机构任职的检查人员不派往该机构；一人一天只去一家；回避说明进入冻结的名单。"""
    stage = Stage(cast).planned()
    bodies = list(Body.objects.filter(name__contains="抽查").order_by("number"))
    for body in bodies[:6]:
        declare_recusal(body_number=body.number, ground=Ground.RELATIVE, words="妹妹在该机构", by=cast.inspector0, at=cast.at)
    for body in bodies[6:]:
        StaffMember.objects.create(body=body, person=cast.person("inspector1"), duty="manager", since=date(2020, 1, 1), until=date(2024, 1, 1))
    StaffMember.objects.create(
        body=bodies[0], person=cast.person("inspector2"), duty="manager", since=date(2015, 1, 1), until=date(2020, 1, 1)
    )
    stage.drawn()
    frozen = {line.person.number: line.recused_from for line in queries.inspectors_on(stage.draw)}
    assert set(frozen[cast.person("inspector0").number]) == {body.number for body in bodies[:6]}
    assert set(frozen[cast.person("inspector1").number]) == {body.number for body in bodies[6:]}
    assert frozen[cast.person("inspector2").number] == {}, "离职已满三年"
    for task in Task.objects.all():
        team = [sent.person.number for sent in task.inspectors.select_related("person")]
        assert len(set(team)) == 2 and not any(task.body.number in frozen[name] for name in team)
    with pytest.raises(IntegrityError), transaction.atomic():
        sent = TaskInspector.objects.first()
        other = Task.objects.exclude(pk=sent.task_id).first() if sent else None
        assert sent is not None and other is not None
        TaskInspector.objects.create(task=other, person=sent.person, place=3, visit_on=sent.visit_on)


def test_too_few_inspectors_hold_the_announcement_up(cast: Cast) -> None:
    """除去回避只剩一人可派的，冻结时指出，不能公告；解除回避由负责人办理，不能解除自己的。"""
    stage = Stage(cast, people=1).planned()
    body = Body.objects.filter(name__contains="抽查").first()
    assert body is not None
    told: dict[str, Any] = {"ground": Ground.DECLARED, "words": "", "at": cast.at}
    made = declare_recusal(body_number=body.number, by=cast.wang, **told)
    refused_and_nothing_changed(lambda: declare_recusal(body_number=body.number, by=cast.wang, **told), "已经申报", "inspections")
    refused_and_nothing_changed(lambda: declare_recusal(body_number="BODY-0", by=cast.wang, **told), "没有编号", "inspections")
    stage.frozen()
    assert any("只剩1名" in one["reason"] for one in stage.draw.findings)
    number = stage.draw.number
    refused_and_nothing_changed(
        lambda: announce(number=number, sources=SOURCES, secret=SECRET, by=cast.wang, at=cast.at), "只剩1名", "inspections"
    )
    refused_and_nothing_changed(lambda: end_recusal(key=made.pk, reason="", by=cast.wu, at=cast.at), "理由", "inspections")
    refused_and_nothing_changed(lambda: end_recusal(key=made.pk, reason="已离职", by=cast.wang, at=cast.at), "审批负责人", "inspections")
    end_recusal(key=made.pk, reason="已离职满三年", by=cast.wu, at=cast.at)
    freeze_again(number=number, by=cast.wang, at=cast.at)
    assert announce(number=number, sources=SOURCES, secret=SECRET, by=cast.wang, at=cast.at).state == DrawState.ANNOUNCED


def test_a_redraw_is_a_numbered_public_event(cast: Cast) -> None:
    """作废重抽由负责人写明理由，另起一个编号，前后相连，公开日志写明；旧任务取消；有任务揭晓以后不能重抽。"""
    stage = Stage(cast).drawn()
    number = stage.draw.number
    again = lambda reason, at=MORNING_AFTER, by=cast.wu: redraw(  # noqa: E731
        number=number, reason=reason, visits_from=date(2026, 3, 23), by=by, at=at
    )
    refused_and_nothing_changed(lambda: again(" "), "理由", "inspections")
    refused_and_nothing_changed(lambda: again("名单有误", by=cast.wang), "审批负责人", "inspections")
    refused_and_nothing_changed(lambda: again("名单有误", at=moment(VISITS_FROM, 8)), "已有抽查任务揭晓", "inspections")
    made = again("名单漏列一家机构")
    assert made.replaces is not None and (made.sequence, made.replaces.number, made.state) == (2, number, DrawState.FROZEN)
    assert Draw.objects.get(number=number).state == DrawState.VOIDED
    assert public(number)[-1]["secret"] == SECRET.hex(), "作废的也公布保密数，谁都能看见原来抽中了谁"
    record = queries.record_of(Draw.objects.get(number=number))
    assert record is not None and draw_again(record)["differs"] == []
    assert public(number)[-2] | {"month": ""} == {
        "draw": number, "kind": "draw.voided", "month": "", "reason": "名单漏列一家机构", "then": made.number, "on": "2026-03",
    }  # fmt: skip
    assert all(one.cancelled for one in queries.visits_of(Draw.objects.get(number=number), MORNING_AFTER))
    discard_draw(number=made.number, reason="本月不再抽查", by=cast.wang, at=MORNING_AFTER)
    assert public(made.number)[-1]["then"] == ""


def test_inspectors_that_do_not_suffice_are_told_and_nobody_is_sent(cast: Cast) -> None:
    """公告以后名单不变，检查人员却配不齐的：谁也不派，公开写明缺几个人次，由负责人重抽。"""
    stage = Stage(cast, bodies=4).attested()
    stage.draw.inspectors.update(most=0)
    found = draw_and_match(number=stage.draw.number, by=cast.wang, at=MORNING_AFTER)
    assert (found.state, found.unfilled, Task.objects.count()) == (DrawState.UNFILLED, 2, 0)
    assert public(found.number)[-1]["places"] == 2
    assert redraw(number=found.number, reason="增加检查人员", visits_from=VISITS_FROM, by=cast.wu, at=MORNING_AFTER).sequence == 2


def test_who_may_not_draws_nothing(cast: Cast) -> None:
    """别的区、机构、审批以外的岗位、未登录的，什么也办不了。"""
    stage = Stage(cast).attested()
    number, filed_by = stage.draw.number, {"du": "本单位", "lin": "办理", "zhou": "办理", "han": "本单位", "nobody": "办理"}
    for name, says in filed_by.items():
        who = VISITOR if name == "nobody" else getattr(cast, name)
        told: dict[str, Any] = {"number": number, "by": who, "at": MORNING_AFTER}
        refused_and_nothing_changed(partial(draw_and_match, **told), says, "inspections")
        refused_and_nothing_changed(partial(redraw, reason="重来", visits_from=VISITS_FROM, **told), "。", "inspections")
    assert [queries.draws(getattr(cast, name)).count() for name in ("wang", "wu", "han", "du", "lin", "jiang")] == [1, 1, 1, 0, 0, 0]


def test_a_request_sent_twice_has_one_effect(cast: Cast) -> None:
    """同一请求重复提交，只抽取一次、只公告一次。"""
    stage = Stage(cast).attested()
    draw_and_match(number=stage.draw.number, by=cast.wang.with_key("k1"), at=MORNING_AFTER)
    refused_and_nothing_changed(
        lambda: draw_and_match(number=stage.draw.number, by=cast.wang.with_key("k1"), at=MORNING_AFTER), "不能抽取", "inspections"
    )
    assert Task.objects.count() == 2 and len(public(stage.draw.number)) == 3
