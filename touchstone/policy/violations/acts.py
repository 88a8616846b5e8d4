"""违纪违规情形: which acts of candidates and of staff are there, and how grave is each?

No document lays down a list for 职业技能等级认定; 三(四)1 leaves the handling of candidates and staff to the bodies. For candidates the tiers of
人社部令第31号 (of another kind of examination, in force 2017-04-01) are followed by analogy; for staff and for whatever it does not name, ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from touchstone.kernel.law import Clause, Dated, Value
from touchstone.kernel.rules import Finding, met, rule, unmet
from touchstone.policy.documents import ORDER_31, notice, our_default

_SINCE = date(2018, 1, 1)


class Party(StrEnum):
    """Whose act it is."""

    CANDIDATE = "candidate"
    STAFF = "staff"

    @property
    def label(self) -> str:
        return {"candidate": "参评人员", "staff": "考务、考评、督导人员"}[self.value]


class Tier(StrEnum):
    """How grave an act is."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"

    @property
    def label(self) -> str:
        return {"minor": "一般", "serious": "严重", "grave": "特别严重"}[self.value]


@dataclass(frozen=True)
class Act:
    """One act: whose, how grave, in words, and where it is laid down."""

    party: Party
    tier: Tier
    words: str
    clause: Clause

    @property
    def label(self) -> str:
        return f"{self.party.label}{self.tier.label}：{self.words}（{self.clause}）"


_ART_6, _ART_7, _ART_8, _ART_10, _ART_11 = (ORDER_31.clause(f"第{n}条（参照）") for n in ("六", "七", "八", "十", "十一"))
_OURS = our_default("考务人员违规情形")
_C, _S = Party.CANDIDATE, Party.STAFF

_ACTS: Mapping[str, Act] = {
    "device_at_seat": Act(_C, Tier.MINOR, "把通讯工具、电子用品或与考试有关的资料带到座位，经提醒仍不改正", _ART_6),
    "marks_identity_wrongly": Act(_C, Tier.MINOR, "不按要求填写身份和考试信息，经提醒仍不改正", _ART_6),
    "marks_on_paper": Act(_C, Tier.MINOR, "在规定以外的位置写本人信息或作其他记号", _ART_6),
    "wrong_seat": Act(_C, Tier.MINOR, "不在自己的座位考试，或擅自离开座位、考场，经提醒仍不改正", _ART_6),
    "wrong_pen": Act(_C, Tier.MINOR, "不用规定的纸笔作答，或前后笔迹不一致", _ART_6),
    "out_of_time": Act(_C, Tier.MINOR, "开始信号前作答，或结束信号后仍作答", _ART_6),
    "takes_paper_out": Act(_C, Tier.MINOR, "把试卷、答题纸或工件带出考场", _ART_6),
    "damages_papers": Act(_C, Tier.MINOR, "故意损坏试卷、答题纸、设备或考试系统", _ART_6),
    "misuses_system": Act(_C, Tier.MINOR, "不按规定使用考试系统，经提醒仍不改正", _ART_6),
    "same_answers": Act(_C, Tier.MINOR, "同一科目作答雷同，经评卷专家确认", _ART_11),
    "other_minor": Act(_C, Tier.MINOR, "其他应当作该科目成绩无效处理的行为", _ART_6),
    "copies": Act(_C, Tier.SERIOUS, "抄袭，或协助他人抄袭", _ART_7),
    "passes_papers": Act(_C, Tier.SERIOUS, "互相传递试卷、答题纸、草稿纸或工件", _ART_7),
    "forged_identity": Act(_C, Tier.SERIOUS, "持伪造、变造证件参加考试", _ART_7),
    "spreads_questions": Act(_C, Tier.SERIOUS, "离开考场后、考试结束前传播试题或答案", _ART_7),
    "uses_device": Act(_C, Tier.SERIOUS, "使用禁止带入的通讯工具或电子用品", _ART_7),
    "false_evidence": Act(_C, Tier.SERIOUS, "提供虚假证明材料报名或者取得成绩、证书", _ART_10),
    "false_undertaking": Act(_C, Tier.SERIOUS, "作出的告知承诺不实，据此报名或者取得成绩、证书", _ART_10),
    "other_serious": Act(_C, Tier.SERIOUS, "其他应当作全部科目成绩无效处理的行为", _ART_7),
    "organised": Act(_C, Tier.GRAVE, "串通作弊，或参与有组织的作弊", _ART_8),
    "substitute": Act(_C, Tier.GRAVE, "替他人考试，或让他人替自己考试", _ART_8),
    "other_grave": Act(_C, Tier.GRAVE, "其他情节特别严重、影响恶劣的行为", _ART_8),
    "lax_review": Act(_S, Tier.MINOR, "资格审核不认真，放过不符合条件的人", _OURS),
    "moves_time": Act(_S, Tier.MINOR, "擅自提前、推迟开始或结束时间", _OURS),
    "changes_rooms": Act(_S, Tier.MINOR, "擅自更换考场、座位", _OURS),
    "wrong_record": Act(_S, Tier.MINOR, "考场情况记录不实", _OURS),
    "marking_error": Act(_S, Tier.MINOR, "评分、登分差错，影响成绩", _OURS),
    "hints": Act(_S, Tier.SERIOUS, "暗示、提示答案，或放任作弊", _OURS),
    "no_recusal": Act(_S, Tier.SERIOUS, "应当回避而不回避", _OURS),
    "changes_standard": Act(_S, Tier.SERIOUS, "擅自改变评分标准", _OURS),
    "opens_papers_early": Act(_S, Tier.SERIOUS, "提前启封试卷，或丢失试卷", _OURS),
    "leaks_papers": Act(_S, Tier.GRAVE, "泄露试题、答案或评分要求", _OURS),
    "falsifies": Act(_S, Tier.GRAVE, "伪造、篡改成绩、档案或其他数据", _OURS),
    "organises_cheating": Act(_S, Tier.GRAVE, "组织、参与作弊或替考", _OURS),
}
ACTS: Dated[Mapping[str, Act]] = Dated("参评人员和工作人员的违纪违规情形", Value(_SINCE, _ACTS, our_default("违纪违规情形")), key="violations.acts")


UNTRUE = frozenset({"false_undertaking", "false_evidence"})
"""Acts by which somebody got in who should not have: what came of it cannot stand."""


def acts_of(party: Party, day: date) -> dict[str, Act]:
    """This function will give the acts of candidates or of staff that are listed on a day, the lightest first."""
    order = list(Tier)
    found = [(key, act) for key, act in ACTS.on(day).value.items() if act.party is party]
    return dict(sorted(found, key=lambda pair: order.index(pair[1].tier)))


@rule("情形在规定之内")
def act_is_listed(key: str, party: Party, day: date) -> Finding:
    """Whether an act is on the list in force on the day it was done, for those whose act it is."""
    act = ACTS.on(day).value.get(key)
    if act is None or act.party is not party:
        return unmet(f"所选情形不在{party.label}的违纪违规情形之内", notice("三(四)1"))
    return met(f"{act.words}，属{act.tier.label}情形", act.clause)
