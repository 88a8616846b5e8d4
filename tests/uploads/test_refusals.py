"""证书数据的拒绝: wrong state, wrong role, foreign district, another body, nobody logged in: refused, and nothing changed."""

from collections.abc import Callable

from tests.exams.stage import Stage
from tests.refusing import all_refused_and_nothing_changed
from tests.uploads.sending import LATER, SENT, rows_of, sent_in, workbook
from touchstone.accounts.actor import PLATFORM, VISITOR, Actor
from touchstone.uploads import operations as o
from touchstone.uploads.models import Batch

Act = tuple[str, Callable[[], object]]
Attempt = tuple[str, Callable[[], object], str]


def by_body(batch: Batch, actor: Actor) -> list[Act]:
    """Everything a body does with a batch."""
    told = {"education": "中专"}
    return [
        ("上传", lambda: o.receive(name="x.xlsx", content=workbook([]), by=actor, at=SENT)),
        ("提交", lambda: o.submit(number=batch.number, by=actor, at=SENT)),
        ("撤回", lambda: o.revert(number=batch.number, reason="错", by=actor, at=SENT)),
        ("撤下", lambda: o.take_row_back(number=batch.number, row=2, reason="错", by=actor, at=SENT)),
        ("更正", lambda: o.correct(number=batch.number, row=2, told=told, reason="错", by=actor, at=SENT)),
        ("接口", lambda: o.receive_rows(body=batch.body, rows=[told], by=actor, at=SENT)),
    ]


def by_office(batch: Batch, actor: Actor) -> list[Act]:
    """Everything an office does with a batch under review."""
    return [
        ("查看", lambda: o.look_at(number=batch.number, rows=[2], by=actor, at=LATER)),
        ("指出", lambda: o.object_to(number=batch.number, row=2, words_="错", by=actor, at=LATER)),
        ("退回", lambda: o.return_for_correction(number=batch.number, reason="错", by=actor, at=LATER)),
        ("接收", lambda: o.accept(number=batch.number, by=actor, at=LATER)),
        ("不予接收", lambda: o.refuse(number=batch.number, reason="错", by=actor, at=LATER)),
    ]


def named(who: str, acts: list[Act], says: str = "") -> list[Attempt]:
    """Name what is tried by who tries it, and say what the refusal must say."""
    return [(f"{who}·{name}", act, says) for name, act in acts]


def test_who_may_not(stage: Stage) -> None:
    """备案经办人、别家机构、别的区、市职鉴中心、行业主管、未登录的，都不能办。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    tried: list[Attempt] = []
    for who, actor in (("备案经办人", cast.lin), ("区经办", cast.zhou), ("未登录", VISITOR)):
        tried += named(who, by_body(batch, actor))
    tried += named("别家机构", by_body(batch, cast.shi)[1:])
    all_refused_and_nothing_changed(tried, "uploads", "certificates")
    o.submit(number=batch.number, by=cast.sun, at=SENT)
    tried = []
    for who, actor in (("机构", cast.sun), ("别的区", cast.lv), ("市中心", cast.tao), ("行业主管", cast.jiang), ("未登录", VISITOR)):
        tried += named(who, by_office(batch, actor))
    tried += named("经办人", by_office(batch, cast.zhou)[4:], "审批负责人")
    all_refused_and_nothing_changed(tried, "uploads", "certificates")


def test_the_wrong_moment_and_missing_words(stage: Stage) -> None:
    """状态不对、没有理由的，都不能办。"""
    cast = stage.cast
    batch = sent_in(cast, rows_of(stage))
    tried = [
        *named("未提交", by_office(batch, cast.zhou)[:3], "不在审核之中"),
        ("未提交·接收", lambda: o.accept(number=batch.number, by=cast.zhou, at=LATER), "不能接收"),
        ("未提交·不予接收", lambda: o.refuse(number=batch.number, reason="错", by=cast.wu, at=LATER), "不在审核之中"),
        ("没有理由", lambda: o.revert(number=batch.number, reason=" ", by=cast.sun, at=SENT), "撤回须写明理由"),
        ("没有这一批", lambda: o.submit(number="ZS2026999999", by=cast.sun, at=SENT), "没有编号为"),
        ("没有这一行", lambda: o.take_row_back(number=batch.number, row=99, reason="错", by=cast.sun, at=SENT), "第99行"),
        ("更正没有理由", lambda: o.correct(number=batch.number, row=2, told={}, reason="", by=cast.sun, at=SENT), "更正须写明理由"),
    ]
    all_refused_and_nothing_changed(tried, "uploads", "certificates")
    o.submit(number=batch.number, by=cast.sun, at=SENT)
    tried = [
        ("再提交", lambda: o.submit(number=batch.number, by=cast.sun, at=SENT), "不能提交审核"),
        ("审核中更正", lambda: o.correct(number=batch.number, row=2, told={}, reason="错", by=cast.sun, at=SENT), "不能更正"),
        ("没有指出就退回", lambda: o.return_for_correction(number=batch.number, reason="", by=cast.zhou, at=LATER), "还没有指出有误的行"),
        ("指出没有原因", lambda: o.object_to(number=batch.number, row=2, words_="", by=cast.zhou, at=LATER), "错在哪里"),
        ("不予接收没有理由", lambda: o.refuse(number=batch.number, reason="", by=cast.wu, at=LATER), "须写明理由"),
    ]
    all_refused_and_nothing_changed(tried, "uploads", "certificates")


def test_the_worker_alone_goes_through_and_hands_over(stage: Stage) -> None:
    """核对、成批、上报由平台办理，别人不能代办。"""
    cast = stage.cast
    batch = o.receive(name="a.xlsx", content=workbook(rows_of(stage)), by=cast.sun, at=SENT)
    for actor in (cast.sun, cast.zhou, VISITOR):
        tried: list[Attempt] = [
            ("核对", lambda actor=actor: o.process(number=batch.number, by=actor, at=SENT), "平台自动办理"),  # type: ignore[misc]
            ("成批", lambda actor=actor: o.receive_issued(plan_number=stage.plan.number, by=actor, at=SENT), "平台自动办理"),  # type: ignore[misc]
            ("上报", lambda actor=actor: o.make_parcel(by=actor, at=SENT), "平台自动办理"),  # type: ignore[misc]
        ]
        all_refused_and_nothing_changed(tried, "uploads", "certificates")
    assert o.process(number=batch.number, by=PLATFORM, at=SENT).state == "checked"
