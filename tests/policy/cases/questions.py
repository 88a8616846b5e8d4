"""案例·题库: facts for kinds, reviews, secrecy, currency, lending, likeness and coverage."""

from dataclasses import replace
from datetime import date

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.people import TODAY
from touchstone.policy.questions import coverage, currency, kinds, lending, reviewing, secrecy, similarity
from touchstone.policy.questions.coverage import CellFacts
from touchstone.policy.questions.currency import StandingFacts
from touchstone.policy.questions.kinds import QuestionFacts
from touchstone.policy.questions.lending import LicenceFacts
from touchstone.policy.questions.reviewing import ReviewFacts
from touchstone.policy.questions.secrecy import Reader

QUESTION = QuestionFacts("choice", "theory", 5, "1.2.3", frozenset({5, 4}), frozenset({"1.2.3"}))
REVIEW = ReviewFacts(1, (2, 3), (True, True))
STANDING = StandingFacts("《电工》（2025年版）", date(2025, 1, 1), None, "1.2.3")
LICENCE = LicenceFacts("电工", date(2026, 1, 1), date(2027, 1, 1))

CASES = [
    *table(
        kinds.tied_to_the_standard,
        ("鉴定点在结构中", (QUESTION, TODAY), MET, "1.2.3"),
        ("还没有结构", (replace(QUESTION, elements=None, element="9.9"), TODAY), MET),
        ("标准没有这个等级", (replace(QUESTION, level=1), TODAY), UNMET, "没有这个等级"),
        ("没有鉴定点", (replace(QUESTION, element=""), TODAY), UNMET, "鉴定点"),
        ("鉴定点不在结构中", (replace(QUESTION, element="9.9"), TODAY), UNMET, "没有鉴定点“9.9”"),
    ),
    *table(
        kinds.kind_fits_the_part,
        ("单选题用于理论", (QUESTION, TODAY), MET),
        ("实操任务用于理论", (replace(QUESTION, kind="practical"), TODAY), UNMET, "不用于理论知识考试"),
        ("没有的题型", (replace(QUESTION, kind="riddle"), TODAY), UNMET),
    ),
    *table(
        kinds.question_is_whole,
        ("完整", (QUESTION, TODAY), MET),
        ("没有答案", (replace(QUESTION, lacking=("没有标明正确选项",)), TODAY), UNMET, "没有标明正确选项"),
    ),
    *table(
        reviewing.judged_by_others,
        ("两名", (REVIEW, TODAY), MET),
        ("只有一名", (replace(REVIEW, reviewers=(2,)), TODAY), UNMET, "应有2名"),
        ("命题人自己", (replace(REVIEW, reviewers=(1, 2)), TODAY), UNMET, "自己"),
        ("同一人两次", (replace(REVIEW, reviewers=(2, 2)), TODAY), UNMET, "两次"),
    ),
    *table(
        reviewing.passed_by_all,
        ("都通过", (REVIEW, TODAY), MET),
        ("一名未交", (replace(REVIEW, passes=(True,)), TODAY), UNMET, "还有1名"),
        ("一名要求修改", (replace(REVIEW, passes=(True, False)), TODAY), UNMET, "1名审题人要求修改"),
    ),
    *table(
        secrecy.may_open,
        ("题库管理员开绝密", (Reader(in_bank=True, keeps=True), 3, True, TODAY), MET),
        ("审题人开绝密", (Reader(in_bank=True, judges=True), 3, False, TODAY), MET),
        ("命题人入库前", (Reader(in_bank=True, wrote=True), 3, False, TODAY), MET),
        ("命题人入库后", (Reader(in_bank=True, wrote=True), 3, True, TODAY), UNMET, "不再调阅"),
        ("同库命题人开内部", (Reader(in_bank=True), 1, True, TODAY), MET),
        ("同库命题人开秘密", (Reader(in_bank=True), 2, True, TODAY), UNMET),
        ("借用单位开秘密", (Reader(lent=True), 2, True, TODAY), MET),
        ("借用单位开绝密", (Reader(lent=True), 3, True, TODAY), UNMET),
        ("外人开公开", (Reader(), 0, True, TODAY), UNMET),
    ),
    *table(
        currency.rests_on_a_standard_in_force,
        ("现行", (STANDING, TODAY), MET),
        ("废止当日", (replace(STANDING, until=TODAY), TODAY), UNMET, "废止"),
        ("尚未施行", (replace(STANDING, from_day=date(2027, 1, 1)), TODAY), UNMET, "尚未生效"),
        ("鉴定点变动", (replace(STANDING, element_unchanged=False), TODAY), UNMET, "已经变动"),
    ),
    *table(
        lending.licence_in_force,
        ("期内", (LICENCE, TODAY), MET),
        ("没有许可", (None, TODAY), UNMET, "没有使用市级题库"),
        ("未决定", (replace(LICENCE, since=None, until=None), TODAY), UNMET),
        ("到期当日", (replace(LICENCE, until=TODAY), TODAY), UNMET, "期限"),
        ("已收回", (replace(LICENCE, ended_because="转借他人"), TODAY), UNMET, "转借他人"),
    ),
    *table(
        lending.lent_rarely_enough,
        ("第十二次", (11, TODAY), MET),
        ("第十三次", (12, TODAY), UNMET, "最多12次"),
    ),
    *table(
        similarity.not_a_repeat,
        ("不相似", (54, TODAY), MET, "没有相似"),
        ("相似", (55, TODAY), MET, "人工比较"),
        ("重复", (90, TODAY), UNMET, "视为重复"),
    ),
    *table(
        coverage.enough_questions,
        ("刚好够", (CellFacts("基础知识", 5, 15), TODAY), MET, "应有15题"),
        ("差一题", (CellFacts("基础知识", 5, 14), TODAY), UNMET, "还缺1题"),
        ("技能考核", (CellFacts("加工", 25, 2, "practical"), TODAY), UNMET, "应有3题"),
        ("没有权重表", (CellFacts("加工", None, 2), TODAY), UNPROVEN, "权重表"),
    ),
]
