"""未经备案测试: what was seen is looked up, the public is warned by another, it is handed over and followed, a warning is taken off."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from tests.cast import Cast
from tests.complaints.telling import BAD, FOREIGN, HOME, complained, looked_up
from tests.refusing import all_refused_and_nothing_changed, refused_and_nothing_changed
from touchstone.accounts.actor import VISITOR
from touchstone.complaints import operations as acts
from touchstone.complaints.models import Evaluator
from touchstone.complaints.operations.unfiled import WhatWasSeen
from touchstone.complaints.queries import evaluators, facts_for_unfiled_case, standing_warning, warnings
from touchstone.complaints.states import EvaluatorState, TakenOff
from touchstone.policy.supervision.acts import Authority
from touchstone.policy.supervision.unfiled import Claim
from touchstone.simulation.filing import file_to, people_on
from touchstone.tasks.models import Task


def test_it_is_seen_looked_up_warned_of_and_handed_over(cast: Cast) -> None:
    """周明澜登记、核对，吴志恒公开提示，移送主管和市场监管部门，登记回执和答复；期限七个工作日。"""
    number = looked_up(cast)
    one = Evaluator.objects.get()
    assert (one.state, one.filed, [finding["outcome"] for finding in one.findings]) == ("checked", False, ["unmet", "met", "unmet"])
    assert {task.matter for task in Task.objects.open().filter(case=number)} == {"deal_with_unfiled", "hand_over_unfiled"}
    refused_and_nothing_changed(partial(acts.clear_evaluator, number=number, words="x", by=cast.zhou, at=cast.at), "不能按没有发现", "complaints")
    acts.warn_of(number=number, words="没有备案，请勿参加。", by=cast.wu, at=cast.at)
    assert standing_warning(BAD.name) == Evaluator.objects.get()
    over = partial(acts.hand_over, number=number, recipient="某局", words="请依法处理", by=cast.zhou)
    refused_and_nothing_changed(partial(over, authority=Authority.POLICE, at=cast.at), "不由所选的部门处理", "complaints")
    first = over(authority=Authority.COMPETENT, file=("移送函.pdf", b"%PDF-1.7 x"), at=cast.at)
    second = over(authority=Authority.MARKET, at=cast.at + timedelta(days=20))
    assert [made.findings[0]["outcome"] for made in (first, second)] == ["met", "unmet"]
    refused_and_nothing_changed(partial(over, authority=Authority.MARKET, at=cast.at), "已经移送", "complaints")
    assert not Task.objects.open().filter(case=number).exists()
    receipt = partial(acts.note_receipt, number=number, authority="market", by=cast.zhou, at=cast.at)
    refused_and_nothing_changed(partial(receipt, receipt=""), "没有写回执", "complaints")
    assert receipt(receipt="收〔2026〕1号").received_at == cast.at
    refused_and_nothing_changed(partial(receipt, receipt="2"), "已经登记", "complaints")
    answered = acts.note_answer(number=number, authority="market", words="已责令改正", by=cast.zhou, at=cast.at)
    assert answered.answer == "已责令改正"


@pytest.mark.parametrize(
    ("what", "outcomes"),
    [
        pytest.param(replace(BAD, promises=False), ["unmet", "met", "met"], id="没有备案评等级"),
        pytest.param(replace(BAD, claim=Claim.ABILITY, title="全国收纳师执业证书", promises=False), ["met", "unmet", "met"], id="国家字样"),
        pytest.param(replace(BAD, claim=Claim.ABILITY, title="收纳师能力水平证书", promises=False), ["met", "met", "met"], id="用语干净，合法"),
        pytest.param(replace(BAD, claim=Claim.ABILITY, title="收纳师能力水平证书", emblem=True), ["met", "unmet", "unmet"], id="国徽和包过"),
        pytest.param(replace(BAD, claim=Claim.ABILITY, title="", promises=False), ["met", "unproven", "met"], id="没有证书样本"),
    ],
)
def test_what_the_rules_find(cast: Cast, what: WhatWasSeen, outcomes: list[str]) -> None:
    """以什么名义、证书上什么字，结果不同；没有不符合的可以办结，不能公开提示。"""
    number = acts.enter_evaluator(what=what, by=cast.zhou, at=cast.at).number
    one = acts.look_up(number=number, by=cast.zhou, at=cast.at)
    assert [finding["outcome"] for finding in one.findings] == outcomes
    if "unmet" not in outcomes:
        warn = partial(acts.warn_of, number=number, words="x", by=cast.wu, at=cast.at)
        refused_and_nothing_changed(warn, "没有发现不符合", "complaints")
        assert acts.clear_evaluator(number=number, words="合法，已提醒", by=cast.zhou, at=cast.at).state == EvaluatorState.CLEARED


def test_one_that_is_filed_is_found_filed(cast: Cast) -> None:
    """按名录核对：发现当天已经备案的，没有问题；以前没有、后来备案的，可以以已经备案撤下提示，没有备案的不行。"""
    what = replace(BAD, name=cast.body_a.name, promises=False, title="")
    before = acts.enter_evaluator(what=what, by=cast.zhou, at=cast.at).number
    assert acts.look_up(number=before, by=cast.zhou, at=cast.at).filed is False
    acts.warn_of(number=before, words="没有备案", by=cast.wu, at=cast.at)
    off = partial(acts.take_warning_off, number=before, because=TakenOff.FILED, words="已经备案", by=cast.wu)
    refused_and_nothing_changed(partial(off, at=cast.at), "没有上海甲辰精密机械有限公司的有效备案", "complaints")
    file_to("signed", cast.body_a, people_on("district_enterprise", cast.at.date()), at=cast.at)
    later = cast.at + timedelta(days=60)
    after = acts.enter_evaluator(what=replace(what, seen_on=later.date()), by=cast.zhou, at=later).number
    one = acts.look_up(number=after, by=cast.zhou, at=later)
    assert (one.filed, one.body, one.findings[0]["outcome"]) == (True, cast.body_a, "met")
    taken = off(at=later)
    assert (taken.state, taken.off_because) == ("taken_off", "filed")
    assert warnings().get().pk == taken.pk
    assert standing_warning(cast.body_a.name) is None


def test_who_looked_it_up_does_not_warn(cast: Cast) -> None:
    """核对的负责人自己不能公开提示；别的区、机构、市职鉴中心、未登录的都不能办；不能登记别区的。"""
    number = acts.enter_evaluator(what=BAD, by=cast.wu, at=cast.at).number
    acts.look_up(number=number, by=cast.wu, at=cast.at)
    warn = partial(acts.warn_of, number=number, words="x", at=cast.at)
    tries = [
        ("核对人", partial(warn, by=cast.wu), "核对人以外"),
        ("经办人", partial(warn, by=cast.zhou), "审批负责人"),
        ("别的区", partial(warn, by=cast.lv), "由浦东新区"),
        ("市职鉴中心", partial(warn, by=cast.han), "由浦东新区"),
        ("机构", partial(warn, by=cast.qian), "审批负责人"),
        ("没有登录", partial(warn, by=VISITOR), "审批负责人"),
        ("登记别区的", partial(acts.enter_evaluator, what=replace(BAD, district=FOREIGN), by=cast.zhou, at=cast.at), "不在本区"),
        ("机构登记", partial(acts.enter_evaluator, what=BAD, by=cast.lin, at=cast.at), "由市职鉴中心和区"),
        ("没有名称", partial(acts.enter_evaluator, what=replace(BAD, name=" "), by=cast.zhou, at=cast.at), "没有写明"),
    ]
    all_refused_and_nothing_changed(tries, "complaints")
    assert [evaluators(getattr(cast, who)).count() for who in ("zhou", "han", "shen", "lv", "qian", "pan")] == [1, 1, 1, 0, 0, 0]


def test_it_comes_of_a_lead_and_may_lead_to_a_case(cast: Cast) -> None:
    """由线索带入的互相注明；核对有问题的可以据此立案，只立一次。"""
    lead = complained(cast).lead
    one = acts.enter_evaluator(what=BAD, lead=lead.number, by=cast.zhou, at=cast.at)
    assert lead.evaluators.get() == one
    refused_and_nothing_changed(partial(facts_for_unfiled_case, one.number), "核对后有不符合", "complaints")
    acts.look_up(number=one.number, by=cast.zhou, at=cast.at)
    facts = facts_for_unfiled_case(one.number)
    assert (facts.name, facts.district, "没有相应的备案" in facts.conclusion) == (BAD.name, HOME, True)
    acts.lead_evaluator_on(number=one.number, case="AJ1", by=cast.wu, at=cast.at)
    refused_and_nothing_changed(partial(acts.lead_evaluator_on, number=one.number, case="AJ2", by=cast.wu, at=cast.at), "已经立案AJ1", "complaints")
