"""综合评审材料: papers are handed in by the candidate or the body for them, taken back, and read by the panel, each reading on record."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from touchstone.accounts.actor import Actor
from touchstone.exams import permissions
from touchstone.exams.models import Candidate, PanelPaper, PaperOpening
from touchstone.exams.operations.plan_checks import check_not_stopped
from touchstone.exams.operations.plans import RECORD
from touchstone.exams.operations.registration import candidate_locked
from touchstone.exams.queries.panel import due_on, panel_sitting_of, papers_case, why_no_papers
from touchstone.files.operations import attach, check
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import must
from touchstone.ledger.operations import record
from touchstone.parameters.queries import calendar
from touchstone.policy.exams.panel import PAPER_KINDS, paper_in_time
from touchstone.print.press import CannotPrint
from touchstone.print.volume import pages_of

FORMATS = ("pdf", "jpg", "jpeg", "png")
SEVERAL = "achievements"
MOST = 10
"""How many pieces of 业绩材料 one candidate may hand in."""


@transaction.atomic
def hand_in_paper(
    *, number: str, kind: str, title: str, name: str, content: bytes, by: Actor, at: datetime, reason: str = ""
) -> PanelPaper:
    """This function will take a paper of a candidate for the panel. Of 论文 and 技术总结 a new one takes the place of the old, which is kept.

    :raises Refusal: for a kind, a title or a file that cannot be, a file handed in already, or after the last day: then only the body takes it, and
    says why.
    """
    candidate = candidate_locked(number)
    oneself = permissions.check_hands_in(by, candidate)
    _check_open(candidate, at)
    if kind not in PAPER_KINDS:
        raise Refusal("请选择材料类别。", RECORD, f"可选：{'、'.join(PAPER_KINDS.values())}。")
    if not title.strip():
        raise Refusal(f"请填写{PAPER_KINDS[kind]}的题目。", RECORD, "例如“数控车床主轴热变形补偿的技术总结”。")
    why = "" if oneself else reason.strip()[:200]
    step = "请联系评价机构；确有正当理由的，由机构写明理由后代为提交。" if oneself else "请写明逾期的理由。"
    today = localtime(at).date()
    must(paper_in_time(today, candidate.plan.exam_on, calendar(), why), step)
    pages = _checked(name, content)
    standing = PanelPaper.objects.filter(candidate=candidate, ended_at__isnull=True).select_related("attachment")
    kept = attach(case=papers_case(candidate), label=PAPER_KINDS[kind], name=name, content=content, by=by, at=at)
    twin = next((one for one in standing if one.attachment.sha256 == kept.sha256), None)
    if twin is not None:
        raise Refusal(f"这份文件已经作为{PAPER_KINDS[twin.kind]}“{twin.title}”提交过。", RECORD, "请核对后选择另一份文件。")
    if kind == SEVERAL and sum(one.kind == kind for one in standing) >= MOST:
        raise Refusal(f"业绩材料最多{MOST}份。", RECORD, "请合并成一个PDF后提交，或先撤回一份。")
    if kind != SEVERAL:
        standing.filter(kind=kind).update(ended_at=at)
    late = why if today > due_on(candidate.plan, today) else ""
    made = PanelPaper.objects.create(
        candidate=candidate, kind=kind, title=title.strip()[:120], attachment=kept, pages=pages, reason=late,
        handed_in_by_id=by.user_id, handed_in_at=at,
    )  # fmt: skip
    detail = {"kind": kind, "title": made.title, "attachment": kept.number, "sha256": kept.sha256, "pages": pages, "oneself": oneself}
    record("panel.paper_handed_in", number, by=by, at=at, reason=late, detail=detail)
    return made


@transaction.atomic
def take_back_paper(*, number: str, attachment: str, by: Actor, at: datetime) -> PanelPaper:
    """This function will take a paper back, while papers can be handed in in time; it is kept, and the panel sees it no more.

    :raises Refusal: when it does not stand, or after the last day.
    """
    candidate = candidate_locked(number)
    permissions.check_hands_in(by, candidate)
    _check_open(candidate, at)
    must(paper_in_time(localtime(at).date(), candidate.plan.exam_on, calendar(), ""), "过期以后已提交的材料不能撤回，以提交的为准。")
    found = PanelPaper.objects.filter(candidate=candidate, attachment__number=attachment, ended_at__isnull=True).first()
    if found is None:
        raise Refusal("没有这份材料，或者已经撤回。", RECORD, "请刷新页面查看。")
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    record("panel.paper_taken_back", number, by=by, at=at, detail={"kind": found.kind, "title": found.title, "attachment": attachment})
    return found


@transaction.atomic
def open_paper(*, sitting_number: str, attachment: str, by: Actor, at: datetime) -> PanelPaper:
    """This function will let a member of the panel read a standing paper of one who is reviewed in the sitting, and put the reading on record.

    :raises NotAllowed: to anybody else. :raises Refusal: for a paper that is not before this panel.
    """
    sitting = panel_sitting_of(sitting_number)
    assignment = permissions.check_reads_papers(by, sitting)
    rows = PanelPaper.objects.select_related("attachment", "candidate").filter(candidate__seats__sitting=sitting, ended_at__isnull=True)
    found = rows.filter(attachment__number=attachment).first()
    if found is None:
        raise Refusal("本场没有这份材料，或者考生已经撤回。", RECORD, "请返回材料列表。")
    PaperOpening.objects.create(paper=found, assignment=assignment, opened_at=at)
    detail = {"sitting": sitting.number, "assignment": assignment.number, "attachment": attachment, "sha256": found.attachment.sha256}
    record("panel.paper_opened", found.candidate.number, by=by, at=at, detail=detail)
    return found


def _check_open(candidate: Candidate, at: datetime) -> None:
    why_not = why_no_papers(candidate)
    if why_not:
        raise Refusal(why_not, RECORD, "请在报名页面查看进度。")
    check_not_stopped(candidate.plan, localtime(at).date())


def _checked(name: str, content: bytes) -> int:
    """A paper is a PDF that can be read and printed, or a photo; nobody should find out at the defence that it cannot be opened."""
    ending, _ = check(name, content, FORMATS)
    if ending != "pdf":
        return 1
    try:
        return pages_of(content)
    except CannotPrint as fault:
        raise Refusal(f"“{name}”打不开，可能已加密或者损坏。", RECORD, "请去掉密码，或者另存为PDF后再提交。") from fault
