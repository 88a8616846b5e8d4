"""过程卷: who came, who served, what happened, and who handed papers to whom?"""

from collections.abc import Mapping

from touchstone.exams.facts.archive.sheets import bound_files, lacking, list_paper, listed, moment_of, nothing, paper, where, who
from touchstone.exams.facts.papers import printed_seats, room_of
from touchstone.exams.models import HandOver, Incident, Plan, SignIn, Sitting
from touchstone.exams.queries.sittings import seats, sittings
from touchstone.experts.queries.dispatch import assignments_in, requests_for
from touchstone.files.queries import of_cases
from touchstone.policy.exams.day import HAND_OVER_STEPS, IDENTITY_PROOFS, INCIDENT_KINDS
from touchstone.print.sign_in import print_sign_in
from touchstone.print.volume import Leaf, Paper


def process_papers(plan: Plan) -> list[Paper]:
    """This function will give the papers of the third volume."""
    held = list(sittings(plan))
    if not held:
        why = "没有编排场次，没有举行考试"
        titles = ("考生签到表", "监考和考评人员签到", "试卷交接单", "考场情况记录", "现场照片和签名", "内部督导表")
        return [lacking(title, why) for title in titles]
    incidents = list(Incident.objects.filter(sitting__plan=plan).select_related("sitting__room", "candidate").order_by("id"))
    hand_overs = list(HandOver.objects.filter(sitting__plan=plan).select_related("sitting__room").order_by("id"))
    files = list(of_cases([one.number for one in incidents] + [one.number for one in hand_overs]))
    return [
        _came(plan, held),
        _served(plan, held),
        _handed_over(plan, hand_overs),
        _happened(plan, incidents),
        bound_files(plan, "现场照片和签名", files, nothing("现场照片和签名", "没有上传现场照片，也没有手写签名")),
        _supervised(plan, held),
    ]


def _came(plan: Plan, held: list[Sitting]) -> Paper:
    signed = SignIn.objects.filter(seat__sitting__plan=plan).select_related("seat__candidate", "seat__sitting__room", "noted_by__person")
    proofs: Mapping[str, str] = IDENTITY_PROOFS.on(plan.exam_on).value
    rows = [
        (
            where(one.seat.sitting),
            str(one.seat.seat_number),
            one.seat.candidate.name,
            one.seat.candidate.ticket_number or "",
            "到考" if one.present else "缺考",
            " ".join(filter(None, [one.get_how_display(), proofs.get(one.identity, one.identity)])),
            moment_of(one.noted_at),
            who(one.noted_by),
            "；".join(filter(None, [one.reason and f"更正：{one.reason}", "已被更正" if one.replaced_at else ""])),
        )
        for one in signed.order_by("seat__sitting__starts_at", "seat__sitting__number", "seat__seat_number", "id")
    ]
    columns = (
        ("科目和考场", 44),
        ("座位", 12),
        ("姓名", 32),
        ("准考证号", 34),
        ("结果", 15),
        ("登记方式", 40),
        ("时间", 30),
        ("登记人", 24),
        ("说明", 0),
    )
    lists = [Leaf(print_sign_in(room_of(plan, one), printed_seats(seats(one)))) for one in held if one.seats.exists()]
    if not rows:
        return paper(plan, "考生签到表", lists, remark="平台没有逐人签到记录，纸质签名表请补入") if lists else lacking("考生签到表", "没有编排座位")
    told = listed(plan, "考生签到和到考登记", columns, rows, flipped=True)
    return paper(plan, "考生签到表", [told, *lists], day=plan.exam_on, remark="附空白签到表，供装入有签名的原件")


def _served(plan: Plan, held: list[Sitting]) -> Paper:
    asked = requests_for(one.number for one in held)
    rows: list[tuple[str, ...]] = []
    for one in held:
        place = where(one)
        rows += [(place, person["name"], "监考或考评人员", "机构安排", "", "") for person in one.invigilators]
        if one.number in asked:
            for sent in assignments_in(asked[one.number]):
                duty = "考评组长" if sent.leads else "派遣考评人员"
                rows.append((place, sent.member.person.name, duty, sent.get_state_display(), moment_of(sent.signed_in_at), sent.number))
    columns = (("科目和考场", 44), ("姓名", 34), ("岗位", 32), ("情况", 26), ("时间", 32), ("派遣单", 0))
    if not rows:
        return lacking("监考和考评人员签到", "没有安排监考或考评人员")
    note = "机构安排的监考人员在平台没有逐人签到，请在下方签名。"
    signatures = ("监考人员", "考评人员", "考评人员")
    return list_paper(plan, "监考和考评人员签到", columns, rows, day=plan.exam_on, signatures=signatures, notes=(note,))


def _handed_over(plan: Plan, found: list[HandOver]) -> Paper:
    if not found:
        return lacking("试卷交接单", "没有在平台登记试卷交接；使用机考的不发纸质试卷")
    steps: Mapping[str, str] = HAND_OVER_STEPS.on(plan.exam_on).value
    rows = (
        (
            one.number,
            where(one.sitting),
            steps.get(one.step, one.step),
            f"{one.packets}袋{one.sheets}份",
            "完好" if one.intact else "有异常",
            f"{one.first_name} {moment_of(one.first_at)}",
            f"{one.second_name} {moment_of(one.second_at)}" if one.second_at else "没有第二人签字",
            one.remark,
        )
        for one in found
    )
    columns = (("编号", 30), ("科目和考场", 40), ("环节", 16), ("数量", 24), ("密封", 16), ("交接人", 48), ("另一人", 48), ("说明", 0))
    return list_paper(plan, "试卷交接单", columns, rows, day=found[-1].first_at, flipped=True)


def _happened(plan: Plan, found: list[Incident]) -> Paper:
    if not found:
        return nothing("考场情况记录", "各场次没有记录异常情况")
    kinds: Mapping[str, str] = INCIDENT_KINDS.on(plan.exam_on).value
    rows = (
        (
            one.number,
            where(one.sitting),
            kinds.get(one.kind, one.kind),
            one.candidate.name if one.candidate else "",
            one.words,
            one.teller,
            moment_of(one.told_at),
        )
        for one in found
    )
    columns = (("编号", 30), ("科目和考场", 40), ("类别", 36), ("姓名", 26), ("情况", 0), ("记录人", 24), ("时间", 30))
    return list_paper(plan, "考场情况记录", columns, rows, day=found[-1].told_at, flipped=True)


def _supervised(plan: Plan, held: list[Sitting]) -> Paper:
    if not any(one.opened_at for one in held):
        return lacking("内部督导表", "各场次没有在平台由内部质量督导员开考")
    proofs: Mapping[str, str] = IDENTITY_PROOFS.on(plan.exam_on).value
    rows = (
        (
            where(one),
            one.supervisor.name if one.supervisor else "",
            proofs.get(one.opened_on, "本人登录") if one.opened_at else "",
            moment_of(one.opened_at),
            moment_of(one.closed_at),
        )
        for one in held
    )
    columns = (("科目和考场", 52), ("内部督导员", 34), ("身份核验", 40), ("开考时间", 0), ("结束时间", 36))
    made = listed(plan, "内部质量督导表", columns, rows, signatures=("内部质量督导员",))
    return paper(plan, "内部督导表", [made], day=plan.exam_on)
