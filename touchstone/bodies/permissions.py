"""评价机构权限: who may register a body, keep its facts, see it, and give it a site code?"""

from collections.abc import Callable

from touchstone.accounts.actor import Actor, NotAllowed
from touchstone.bodies.models import Body
from touchstone.policy.documents import notice
from touchstone.policy.roles import BodyKind, OfficeKind, Role

_KEEPERS = frozenset({Role.BODY_FILER, Role.BODY_LEADER})
_HANDLERS = frozenset(
    {Role.INTAKE_CLERK, Role.CONSENT_OFFICER, Role.TECHNICAL_ASSESSOR, Role.DIRECTOR, Role.REGISTRAR, Role.SUPERVISOR}
)
_READERS = _HANDLERS | {Role.POLICY_OFFICER}
_UNMASKERS = frozenset({Role.INTAKE_CLERK, Role.DIRECTOR, Role.REGISTRAR, Role.SUPERVISOR})
_PERSONAL = ("ZG", "XJ", "XT", "MC", "WT", "KB")
"""Workers, students, apprentices, rosters, course marks, and commissions, to which the names of those to be evaluated are annexed."""
_SUPERVISED = notice("三(三)1")


def check_may_register(actor: Actor) -> None:
    """This function will let pass somebody who acts for no office yet. :raises NotAllowed:"""
    if actor.office_kind is not None:
        raise NotAllowed(
            "机构入驻由尚未登录的经办人办理，一个账号只代表一家机构。",
            notice("一"),
            f"您当前身份为“{actor.label}”，请退出登录后再办理入驻。",
        )


def check_may_keep(actor: Actor, body: Body) -> None:
    """This function will let pass the body's own filer and leader (谁评价、谁负责). :raises NotAllowed:"""
    if actor.is_platform:
        return
    if actor.office_kind is not OfficeKind.ASSESSMENT_BODY or actor.office_id != body.office_id:
        raise NotAllowed(f"只有{body.name}可以维护本机构的信息。", notice("一"), "需要更正的，请通知该机构的备案经办人办理。")
    if not actor.has(*_KEEPERS):
        raise NotAllowed("机构信息、考核点和人员由备案经办人或机构负责人维护。", notice("一"), "请联系本机构负责人，由其授予您备案经办人岗位。")


def check_may_confirm_courses(actor: Actor, body: Body) -> None:
    """This function will let pass the leader of the school itself: course marks count only once confirmed (课证融通). :raises NotAllowed:"""
    if actor.is_platform:
        return
    if actor.office_id != body.office_id or not actor.has(Role.BODY_LEADER):
        step = f"您当前身份为“{actor.label}”，请由机构负责人办理。"
        raise NotAllowed("课程成绩由本校机构负责人对照成绩单确认和撤销。", notice("二(三)"), step)


def why_not_confirm_courses(actor: Actor, body: Body) -> str:
    """This function will give the sentence why the actor may not confirm course marks; empty when they may."""
    return _sentence(check_may_confirm_courses, actor, body)


def check_may_process_roster(actor: Actor) -> None:
    """This function will let the platform's worker pass. :raises NotAllowed:"""
    if not actor.is_platform:
        raise NotAllowed("名册由平台在后台登记。", notice("一"), "请等待处理完成，可以离开本页。")


def check_may_assign_site_code(actor: Actor) -> None:
    """This function will let pass the registrar of 市职鉴中心. :raises NotAllowed:"""
    if actor.is_platform or (actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(Role.REGISTRAR)):
        return
    raise NotAllowed("站点代码由市职鉴中心的备案登记员分配。", notice("三(一)1"), "请等待市职鉴中心签收备案结果。")


def check_may_load(actor: Actor) -> None:
    """This function will let pass the loading of what was filed before the platform, whose own permission says whose workbook. :raises NotAllowed:"""
    if not actor.is_platform:
        raise NotAllowed("存量机构随存量备案装入表一并装入。", notice("一"), "请由市职鉴中心的备案登记员或者所在区的受理经办人在“存量装入”页面办理。")


def check_may_name_model(actor: Actor) -> None:
    """This function will let pass the director of 市职鉴中心. :raises NotAllowed:"""
    _check_director(actor, "示范机构由市职鉴中心负责人认定和取消。", "二(二)")


def check_may_change_kind(actor: Actor) -> None:
    """This function will let pass the director of 市职鉴中心, and the platform that carries out what was decided. :raises NotAllowed:"""
    _check_director(actor, "机构类别随纳入社会化的备案变更，由市职鉴中心负责人决定。", "三(一)2")


def check_may_set_grade(actor: Actor) -> None:
    """This function will let pass the director of 市职鉴中心, and the platform that carries out what was decided. :raises NotAllowed:"""
    _check_director(actor, "机构等级由市职鉴中心负责人确认。", "三(三)3")


def check_may_note_failed_years(actor: Actor) -> None:
    """This function will let pass the director of 市职鉴中心, who publishes what a year came to, and the platform. :raises NotAllowed:"""
    _check_director(actor, "年度考核结果由市职鉴中心负责人公布。", "三(三)1")


def check_may_rule_on_pilots(actor: Actor) -> None:
    """This function will let pass the director of 市职鉴中心. :raises NotAllowed:"""
    _check_director(actor, "试点由市职鉴中心负责人批准、结束和决定是否推广。", "三(二)5")


def check_may_restrict(actor: Actor) -> None:
    """This function will let pass the directors of the centre and of the districts, who decide cases about bodies; which of them decides a case, the
    app that decides it has checked. :raises NotAllowed:"""
    handling = actor.office_kind in {OfficeKind.CITY_CENTRE, OfficeKind.CITY_BUREAU, OfficeKind.DISTRICT_BUREAU}
    if not (actor.is_platform or (handling and actor.has(Role.DIRECTOR))):
        sentence = "对机构的限制由人社部门审批负责人随处理决定作出和解除。"
        raise NotAllowed(sentence, notice("三(四)2"), f"您当前身份为“{actor.label}”，请联系案件承办单位。")


def check_may_see(actor: Actor, body: Body) -> None:
    """This function will let pass those on whose ground the body stands. :raises NotAllowed:"""
    if not Body.objects.visible_to(actor).filter(pk=body.pk).exists():
        raise NotAllowed(
            f"{body.name}不在您所在单位的辖区和行业范围内。", notice("三(三)1"), "请在右上角切换身份，或在公开的评价机构名录中查看。"
        )


def check_may_read_registers(actor: Actor, body: Body) -> None:
    """This function will let pass who may read a body's registers and open the papers under them: its own people, and those who handle cases in
    an office on whose ground it stands. :raises NotAllowed:"""
    if actor.is_platform or (actor.office_kind is OfficeKind.ASSESSMENT_BODY and actor.office_id == body.office_id):
        return
    if not actor.is_authority:
        sentence = f"{body.name}登记的协议、名册和材料，只供该机构和负责管理的部门查看。"
        raise NotAllowed(sentence, _SUPERVISED, f"您当前身份为“{actor.label}”，请在右上角切换身份。")
    check_may_see(actor, body)
    if not may_read_papers(actor):
        raise NotAllowed("机构登记的协议、名册和材料，由办理备案和督导的人员查看。", _SUPERVISED, "请由本单位的经办人、督导员或审批负责人查看。")


def may_read_papers(actor: Actor) -> bool:
    """This function will say whether an office's person may, on the office's own ground, read registers and open their papers at all."""
    return actor.is_platform or (actor.is_authority and actor.has(*_READERS))


def needs_reason(entry: str) -> bool:
    """This function will say whether the papers under an entry carry identity numbers, so that opening one takes a reason, which is put on record."""
    return entry.startswith(_PERSONAL)


def check_may_unmask(actor: Actor, body: Body) -> None:
    """This function will let pass who may see a whole identity number of a body's registers, or a paper that carries one: clerk, registrar,
    supervisor and director of the human resources offices on whose ground it stands. :raises NotAllowed:"""
    check_may_read_registers(actor, body)
    if actor.is_platform or (actor.is_authority and actor.office_kind is not OfficeKind.INDUSTRY_AUTHORITY and actor.has(*_UNMASKERS)):
        return
    sentence = "完整的证件号码和含有证件号码的材料，由人社部门的受理经办人、备案登记员、质量督导员和审批负责人查看。"
    raise NotAllowed(sentence, _SUPERVISED, "确有需要的，请联系上述人员核对。")


def why_not_unmask(actor: Actor, body: Body) -> str:
    """This function will give the sentence why the actor may see no whole identity number; empty when they may."""
    return _sentence(check_may_unmask, actor, body)


def can_read_registers(actor: Actor, body: Body) -> bool:
    """This function will say whether the actor may read the body's registers and open the papers under them."""
    return not why_not_read_registers(actor, body)


def why_not_read_registers(actor: Actor, body: Body) -> str:
    """This function will give the sentence why the actor may not read the body's registers; empty when they may."""
    return _sentence(check_may_read_registers, actor, body)


def _sentence(check: Callable[[Actor, Body], None], actor: Actor, body: Body) -> str:
    try:
        check(actor, body)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def may_read_contact(actor: Actor) -> bool:
    """This function will say whether the actor handles bodies' cases, and so needs the whole telephone number of whom to call."""
    return actor.is_platform or (actor.is_authority and actor.has(*_HANDLERS))


POPULATIONS: dict[str, tuple[frozenset[BodyKind], str, str]] = {
    "workers": (frozenset({BodyKind.ENTERPRISE}), "只有用人单位评价本单位在岗职工。", "二(一)"),
    "agreements": (frozenset({BodyKind.ENTERPRISE}), "只有用人单位按校企合作协议评价合作院校的学生。", "二(一)"),
    "commissions": (frozenset({BodyKind.ENTERPRISE}), "只有用人单位受委托评价其他企业的职工。", "二(一)"),
    "subsidiaries": (frozenset({BodyKind.ENTERPRISE}), "只有用人单位评价下属企业的职工。", "三(二)5"),
    "students": (frozenset({BodyKind.SCHOOL}), "只有院校登记本校学籍；用人单位的合作院校学生登记在协议之下。", "二(三)"),
    "pilots": (frozenset({BodyKind.SCHOOL, BodyKind.ENTERPRISE}), "试点面向院校（新型技师学院、课证融通）和企业（一考双证）。", "三(二)5"),
    "apprentices": (frozenset({BodyKind.ENTERPRISE}), "学徒工由企业登记和转正定级。", "二(一)"),
    "enterprise_standards": (frozenset({BodyKind.ENTERPRISE}), "只有企业登记自己的企业标准。", "三(二)5"),
}
"""Which kinds of body keep which register, the sentence for the others, and where it is laid down."""


def check_population(kind: BodyKind, population: str) -> None:
    """This function will let pass a kind of body that may evaluate this population at all. :raises NotAllowed:"""
    kinds, sentence, place = POPULATIONS[population]
    if kind not in kinds:
        raise NotAllowed(sentence, notice(place), f"本机构为{kind.label}，请按本机构可以接受的参评来源组织评价。")


def why_no_population(kind: BodyKind, population: str) -> str:
    """This function will give the sentence why this kind of body keeps no such register; empty when it does."""
    try:
        check_population(kind, population)
    except NotAllowed as refusal:
        return refusal.sentence
    return ""


def can_keep(actor: Actor, body: Body) -> bool:
    """This function will say whether the actor may keep the body's facts."""
    return why_not_keep(actor, body) == ""


def why_not_keep(actor: Actor, body: Body) -> str:
    """This function will give the sentence why the actor may not keep the body's facts; empty when they may."""
    try:
        check_may_keep(actor, body)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def why_not_name_model(actor: Actor) -> str:
    """This function will give the sentence why the actor may not name a model; empty when they may."""
    try:
        check_may_name_model(actor)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def _check_director(actor: Actor, sentence: str, place: str) -> None:
    if not (actor.is_platform or (actor.office_kind is OfficeKind.CITY_CENTRE and actor.has(Role.DIRECTOR))):
        raise NotAllowed(sentence, notice(place), "请联系市职鉴中心办理。")
