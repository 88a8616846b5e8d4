"""案例·备案: facts for drafts, consents, terms, and technical assessments."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.policy.case import MET, UNMET, UNPROVEN, table
from tests.policy.filers import COMPLETE, ITEM, PRACTICAL_ROOM, SECRECY_ROOM, SPECIFICATION, STAFF, THEORY_ROOM, VENUE
from tests.policy.people import TODAY
from touchstone.kernel.periods import Period
from touchstone.policy.calls import gates
from touchstone.policy.calls.gates import GateFacts, SelectionFacts
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.filing import assessment_sheet, completeness, consents, panel, safeguards, site_visit, terms, undertaking
from touchstone.policy.filing.assessment_sheet import ENTERPRISE_SHEET
from touchstone.policy.filing.consents import Opinion, consents_needed
from touchstone.policy.filing.draft import DraftFacts, Duty, RoomFacts
from touchstone.policy.filing.panel import Tie
from touchstone.policy.filing.routes import DISTRICT_ENTERPRISE
from touchstone.policy.filing.site_visit import Look, Seen, Subject
from touchstone.policy.filing.undertaking import PROMISES

NEEDED = consents_needed(DISTRICT_ENTERPRISE.values[0].value, district="310115", industry="commerce")[0]
INDUSTRY, BUREAU = NEEDED.offices
BOTH_NEEDED = replace(NEEDED, asked_of="all_of")
TERM = Period(date(2025, 1, 1), date(2028, 1, 1))
SHEET = ENTERPRISE_SHEET.values[0].value
EIGHTS = {item.key: Decimal(8) for item in SHEET.items}
FULL = {item.key: Decimal(10) for item in SHEET.items}
KEY_AT_NOUGHT = {**FULL, "premises.safety": Decimal(0)}
ONE_MISSING = {key: score for key, score in FULL.items() if key != "premises.signs"}
ENDED = GateFacts(
    "养老护理员",
    4,
    "四级/中级工",
    True,
    (SelectionFacts("XM1", frozenset({5, 4, 3}), Period(date(2025, 6, 1), date(2026, 3, 1)), "应征材料与实际情况不符：虚报人员"),),
)
LINE = GateFacts("养老护理员", 4, "四级/中级工", True, (SelectionFacts("XM1", frozenset({5, 4, 3}), Period(date(2025, 6, 1), date(2028, 1, 1))),))
LEASE_PAPER = "场地权属或租赁证明"
ALL_AS_FILED = dict.fromkeys(Subject, Look(Seen.AS_FILED))
LEASED = replace(VENUE, owned=False, leased_until=date(2027, 6, 1))


def with_rooms(*rooms: RoomFacts) -> DraftFacts:
    return replace(COMPLETE, venues=(replace(VENUE, rooms=rooms),))


CASES = [
    *table(
        safeguards.safeguards_shown,
        ("变更涉及的没有附", (replace(COMPLETE, wanted=("设施设备清单",), evidence=frozenset()), TODAY), UNPROVEN, "设施设备清单"),
        ("都有", (COMPLETE, TODAY), MET, "视频监控都有证据"),
        ("没有监控画面", (replace(COMPLETE, evidence=COMPLETE.evidence - {"视频监控画面截图"}), TODAY), UNPROVEN, "视频监控（视频监控画面截图）"),
        ("都没有", (replace(COMPLETE, evidence=frozenset()), TODAY), UNPROVEN, "机构设置"),
        ("变更只涉及场地", (replace(COMPLETE, wanted=(LEASE_PAPER,), evidence=frozenset({LEASE_PAPER})), TODAY), MET, "场地都有证据"),
        ("变更不涉及保障措施", (replace(COMPLETE, wanted=(), evidence=frozenset()), TODAY), MET, "不涉及"),
    ),
    *table(
        site_visit.venue_is_as_filed,
        ("逐项一致", ("实训中心", ALL_AS_FILED, TODAY), MET, "均与填报一致"),
        ("摄像头少了", ("实训中心", ALL_AS_FILED | {Subject.VIDEO: Look(Seen.DIFFERENT, "少2个摄像头")}, TODAY), UNMET, "少2个摄像头"),
        ("没有这间考场", ("实训中心", ALL_AS_FILED | {Subject.VENUE: Look(Seen.ABSENT, "保密室未建")}, TODAY), UNMET, "现场没有"),
        ("还没看人员", ("实训中心", {s: look for s, look in ALL_AS_FILED.items() if s is not Subject.STAFF}, TODAY), UNPROVEN, "尚未核对人员"),
    ),
    *table(
        site_visit.seen_by_two,
        ("一人记录一人确认", ("实训中心", "郑伯安", "冯若溪", TODAY), MET),
        ("还没有人确认", ("实训中心", "郑伯安", "", TODAY), UNPROVEN, "两人确认"),
        ("自己确认自己", ("实训中心", "郑伯安", "郑伯安", TODAY), UNMET, "一人记录"),
    ),
    *table(
        completeness.lawfully_registered,
        ("代码有效", (COMPLETE, TODAY), MET),
        ("校验位错", (replace(COMPLETE, uscc=COMPLETE.uscc[:-1] + ("0" if COMPLETE.uscc[-1] != "0" else "1")), TODAY), UNMET, "校验位不符"),
        ("不在本市", (replace(COMPLETE, district=""), TODAY), UNMET, "注册地不在本市"),
    ),
    *table(
        completeness.venue_has_rooms,
        ("考场齐备", (COMPLETE, TODAY), MET),
        ("缺技能考场", (with_rooms(THEORY_ROOM, SECRECY_ROOM), TODAY), UNMET, "缺少技能考场"),
        ("没有考核点", (replace(COMPLETE, venues=()), TODAY), UNMET),
    ),
    *table(
        completeness.rooms_seat_enough,
        ("30座", (COMPLETE, TODAY), MET),
        ("29座", (with_rooms(replace(THEORY_ROOM, seats=29), PRACTICAL_ROOM), TODAY), UNMET, "不少于30"),
        ("没有考场", (with_rooms(), TODAY), UNMET),
    ),
    *table(
        completeness.rooms_are_watched,
        ("摄像头足够", (COMPLETE, TODAY), MET),
        ("理论只有一个", (with_rooms(replace(THEORY_ROOM, cameras=1)), TODAY), UNMET, "摄像头1个"),
    ),
    *table(
        completeness.venue_is_secure,
        ("自有", (COMPLETE, TODAY), MET),
        ("租期恰满12个月", (replace(COMPLETE, venues=(LEASED,)), TODAY), MET),
        ("租期差一天", (replace(COMPLETE, venues=(replace(LEASED, leased_until=date(2027, 5, 31)),)), TODAY), UNMET),
        ("未填租期", (replace(COMPLETE, venues=(replace(LEASED, leased_until=None),)), TODAY), UNPROVEN),
    ),
    *table(
        completeness.enough_managers,
        ("三名专职", (COMPLETE, TODAY), MET),
        ("两名", (replace(COMPLETE, staff=STAFF[1:]), TODAY), UNMET),
        ("一名兼职", (replace(COMPLETE, staff=(replace(STAFF[0], full_time=False), *STAFF[1:])), TODAY), UNMET),
        ("同一人登记三次", (replace(COMPLETE, staff=(STAFF[0], STAFF[0], STAFF[0])), TODAY), UNMET),
    ),
    *table(
        completeness.enough_assessors,
        ("每个职业三名", (COMPLETE, TODAY), MET),
        ("别的职业的考评员", (replace(COMPLETE, staff=tuple(replace(s, occupation="x") for s in STAFF)), TODAY), UNMET),
        ("没有职业", (replace(COMPLETE, scope=()), TODAY), UNMET),
    ),
    *table(
        completeness.enough_supervisors,
        ("两名", (COMPLETE, TODAY), MET),
        ("没有", (replace(COMPLETE, staff=tuple(s for s in STAFF if s.duty is not Duty.INTERNAL_SUPERVISOR)), TODAY), UNMET),
    ),
    *table(
        completeness.scope_is_fileable,
        ("可备案", (COMPLETE, TODAY), MET),
        ("没有范围", (replace(COMPLETE, scope=()), TODAY), UNMET),
        ("一项超出目录", (replace(COMPLETE, scope=(ITEM, replace(ITEM, level=Level.ONE))), TODAY), UNMET, "一级"),
        ("规范未核准", (replace(COMPLETE, scope=(replace(ITEM, standard=replace(SPECIFICATION, approved_on=None)),)), TODAY), UNPROVEN),
    ),
    *table(
        completeness.systems_written,
        ("制度齐全", (COMPLETE, TODAY), MET),
        ("缺档案管理", (replace(COMPLETE, systems=COMPLETE.systems - {"档案管理"}), TODAY), UNMET, "档案管理"),
    ),
    *table(
        completeness.enough_papers,
        ("三套", (COMPLETE, TODAY), MET),
        ("两套", (replace(COMPLETE, paper_sets={("6-31-01-03", 4): 2}), TODAY), UNMET, "2套"),
        ("别的等级的题库", (replace(COMPLETE, paper_sets={("6-31-01-03", 3): 9}), TODAY), UNMET, "0套"),
        ("没有范围", (replace(COMPLETE, scope=()), TODAY), UNMET),
    ),
    *table(
        completeness.evidence_attached,
        ("材料齐全", (COMPLETE, TODAY), MET),
        ("缺租赁证明", (replace(COMPLETE, evidence=COMPLETE.evidence - {"场地权属或租赁证明"}), TODAY), UNPROVEN, "场地权属"),
    ),
    *table(
        consents.consent_obtained,
        ("行业主管同意", (NEEDED, [Opinion(INDUSTRY, True)], TODAY), MET),
        ("人社同意而行业反对", (NEEDED, [Opinion(INDUSTRY, False), Opinion(BUREAU, True)], TODAY), MET),
        ("都反对", (NEEDED, [Opinion(INDUSTRY, False), Opinion(BUREAU, False)], TODAY), UNMET),
        ("未答复不视为同意", (NEEDED, [Opinion(INDUSTRY, None)], TODAY), UNPROVEN, "未答复不视为同意"),
        ("一家反对一家未问", (NEEDED, [Opinion(INDUSTRY, False)], TODAY), UNPROVEN),
        ("两家都要而只有一家", (BOTH_NEEDED, [Opinion(INDUSTRY, True)], TODAY), UNPROVEN),
        ("两家都要而一家反对", (BOTH_NEEDED, [Opinion(INDUSTRY, True), Opinion(BUREAU, False)], TODAY), UNMET),
    ),
    *table(
        panel.expert_is_free,
        ("没有关系", (Tie("葛某"), TODAY), MET),
        ("在申请单位任职", (Tie("葛某", serves_applicant=True), TODAY), UNMET, "应当回避"),
        ("参加过技术评估", (Tie("葛某", assessed_it=True), TODAY), UNMET, "应当回避"),
    ),
    *table(
        panel.panel_is_odd,
        ("三人", (3, TODAY), MET),
        ("四人", (4, TODAY), UNMET, "单数"),
        ("一人", (1, TODAY), UNMET),
    ),
    *table(
        panel.panel_agrees,
        ("三人都同意", ([True, True, True], TODAY), MET),
        ("两人同意", ([True, True, False], TODAY), MET),
        ("一人同意", ([True, False, False], TODAY), UNMET),
        ("还有一人没有提交", ([True, True, None], TODAY), UNPROVEN, "还有1名"),
    ),
    *table(
        gates.gates_passed,
        ("项目已定且入选", (LINE, TODAY), MET),
        ("项目没有确定", (replace(LINE, project_selected=False), TODAY), UNMET, "尚未遴选确定"),
        ("没有入选", (replace(LINE, selections=()), TODAY), UNMET, "没有在公开征集中入选"),
        ("入选已过期", (LINE, date(2028, 1, 1)), UNMET, "失效"),
        ("入选取消前一日", (ENDED, date(2026, 2, 28)), MET),
        ("入选取消当日", (ENDED, date(2026, 3, 1)), UNMET, "取消（应征材料与实际情况不符：虚报人员）"),
        ("入选项目不含这个等级", (replace(LINE, level=2, level_label="二级/技师"), TODAY), UNMET, "不含"),
    ),
    *table(
        consents.consent_came_first,
        ("同日", (TODAY, TODAY), MET),
        ("先申请后同意", (date(2026, 6, 2), TODAY), UNMET),
        ("没有同意", (None, TODAY), UNMET),
    ),
    *table(
        terms.filing_in_force,
        ("首日", (TERM, False, date(2025, 1, 1)), MET),
        ("末日", (TERM, False, date(2027, 12, 31)), MET),
        ("期满当天", (TERM, False, date(2028, 1, 1)), UNMET),
        ("生效前日", (TERM, False, date(2024, 12, 31)), UNMET),
        ("暂停", (TERM, True, TODAY), UNMET, "暂停"),
    ),
    *table(
        terms.renewal_asked_in_time,
        ("窗口首日申请", (TERM, date(2027, 10, 1), date(2027, 10, 1)), MET),
        ("提前申请", (TERM, date(2027, 1, 1), date(2027, 1, 1)), MET),
        ("期满当天才申请", (TERM, date(2028, 1, 1), date(2028, 1, 1)), UNMET),
        ("尚可申请", (TERM, None, date(2027, 11, 1)), UNMET, "可在2027-11-01"),
        ("逾期未申请", (TERM, None, date(2028, 1, 1)), UNMET, "期满前未申请"),
    ),
    *table(
        assessment_sheet.assessed_by_enough,
        ("两名", ((EIGHTS, FULL), TODAY), MET),
        ("一名", ((FULL,), TODAY), UNPROVEN),
    ),
    *table(
        assessment_sheet.every_item_scored,
        ("全部评分", (SHEET, (EIGHTS, FULL), TODAY), MET),
        ("漏一项", (SHEET, (ONE_MISSING, FULL), TODAY), UNPROVEN, "考场标识"),
        ("超过满分", (SHEET, ({**FULL, "premises.signs": Decimal(11)},), TODAY), UNMET),
    ),
    *table(
        assessment_sheet.no_key_item_at_nought,
        ("没有零分", (SHEET, (EIGHTS,), TODAY), MET),
        ("安全零分", (SHEET, (FULL, KEY_AT_NOUGHT), TODAY), UNMET, "消防"),
    ),
    *table(
        assessment_sheet.assessors_agree,
        ("相差10分", ((Decimal(80), Decimal(90)), TODAY), MET),
        ("相差10.1分", ((Decimal(80), Decimal("90.1")), TODAY), UNPROVEN, "超过"),
        ("只有一份", ((Decimal(80),), TODAY), UNPROVEN),
    ),
    *table(
        assessment_sheet.total_reaches_pass_line,
        ("80分", (Decimal(80), True, TODAY), MET),
        ("79.9分", (Decimal("79.9"), True, TODAY), UNMET),
        ("评分未完", (Decimal(20), False, TODAY), UNPROVEN),
    ),
    *table(
        undertaking.self_assessed,
        ("全部自评", (SHEET, EIGHTS, TODAY), MET),
        ("漏一项", (SHEET, ONE_MISSING, TODAY), UNMET),
        ("负分", (SHEET, {**FULL, "premises.signs": Decimal(-1)}, TODAY), UNMET),
    ),
    *table(
        undertaking.undertaking_given,
        ("全部承诺", (frozenset(p.key for p in PROMISES.values[0].value), "林某", TODAY), MET),
        ("缺一项", (frozenset({"truth"}), "林某", TODAY), UNMET),
        ("没有署名", (frozenset(p.key for p in PROMISES.values[0].value), " ", TODAY), UNPROVEN),
    ),
]
