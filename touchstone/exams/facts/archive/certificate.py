"""证书卷: who got which certificate, who passed and got none, and which was revoked?"""

from touchstone.bodies.queries import apprentices_of
from touchstone.certificates.queries import of_plan
from touchstone.exams.facts.archive.sheets import day_of, lacking, list_paper, nothing
from touchstone.exams.facts.papers import score_book
from touchstone.exams.models import Plan
from touchstone.exams.queries.dual import passed_second
from touchstone.exams.queries.issuing import passed_without_certificate
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Result
from touchstone.policy.eligibility.levels import Level
from touchstone.print.volume import Paper


def certificate_papers(plan: Plan) -> list[Paper]:
    """This function will give the papers of the fifth volume."""
    passed = entrants(plan).filter(result=Result.PASSED)
    if not passed.exists() and not passed_second(plan):
        why = "本次评价没有合格人员，没有核发证书"
        return [nothing(title, why) for title in ("证书数据审核确认表", "证书登记册", "合格未发证人员", "撤销证书")]
    return [_confirmed(plan), *_register(plan), _without(plan), *_levels_fixed(plan)]


def _confirmed(plan: Plan) -> Paper:
    _, rows = score_book(plan)
    shown = (
        (one.ticket, one.name, one.id_number, one.theory, one.practical, one.panel, one.result) for one in rows if one.result == Result.PASSED.label
    )
    columns = (("准考证号", 38), ("姓名", 34), ("证件号码", 38), ("理论", 14), ("技能", 14), ("评审", 14), ("结论", 0))
    notes = ("核对无误后签字并加盖公章。",)
    return list_paper(plan, "证书数据审核确认表", columns, shown, signatures=("经办人", "复核人", "负责人"), notes=notes)


def _register(plan: Plan) -> list[Paper]:
    found = list(of_plan(plan.number))
    if not found:
        return [lacking("证书登记册", "还没有核发证书"), nothing("撤销证书", "没有核发证书")]
    rows = (
        (
            one.number,
            one.get_scheme_display(),
            one.holder_name,
            one.holder.id_masked,
            one.occupation_label,
            one.level_label,
            day_of(one.issued_on),
            one.standing,
        )
        for one in found
    )
    columns = (("证书编号", 48), ("证书种类", 38), ("姓名", 34), ("证件号码", 38), ("职业（工种）", 0), ("等级", 30), ("发证日期", 34), ("状态", 20))
    gone = [one for one in found if not one.is_valid]
    revoked = nothing("撤销证书", "汇编时没有撤销的证书")
    if gone:
        told = ((one.number, one.holder_name, day_of(one.revoked_on), one.revoked_reason) for one in gone)
        headers = (("证书编号", 48), ("姓名", 34), ("撤销日期", 34), ("原因", 0))
        revoked = list_paper(plan, "撤销证书", headers, told, day=gone[-1].revoked_on)
    return [list_paper(plan, "证书登记册", columns, rows, day=found[-1].issued_on, flipped=True), revoked]


def _levels_fixed(plan: Plan) -> list[Paper]:
    """The apprentices whose level was fixed, of a plan that does so; no paper of any other."""
    if not plan.is_for_apprentices:
        return []
    title = "学徒工转正定级登记表"
    rows = [
        (one.record_number, one.person.name, one.person.id_masked, one.number, one.master, Level(one.level_fixed).label, day_of(one.fixed_on))
        for one in apprentices_of(plan.body).filter(fixed_by=plan.number)
        if one.level_fixed is not None
    ]
    if not rows:
        return [nothing(title, "没有转正定级的学徒")]
    columns = (("转正定级编号", 36), ("姓名", 30), ("证件号码", 38), ("学徒编号", 26), ("师傅", 28), ("所定等级", 30), ("定级日期", 0))
    return [list_paper(plan, title, columns, rows, signatures=("经办人", "负责人"))]


def _without(plan: Plan) -> Paper:
    found = passed_without_certificate(plan)
    if not found:
        return nothing("合格未发证人员", "合格人员均已发证")
    rows = ((one.candidate.ticket_number or "", one.candidate.name, one.sentence) for one in found)
    return list_paper(plan, "合格未发证人员", (("准考证号", 38), ("姓名", 34), ("原因", 0)), rows)
