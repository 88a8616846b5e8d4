"""年度考核: the person has their word on a year, the director decides the grade."""

from datetime import datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.accounts.queries import city_centre, district_bureau
from touchstone.experts import permissions
from touchstone.experts.models import Appraisal, Member
from touchstone.experts.operations._case import LAW, NothingToDo, locked_member, note, words
from touchstone.experts.queries.figures import failed_years
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.experts.appraisal import CLAUSE, Grade
from touchstone.policy.experts.standing import failed_years_are_few
from touchstone.policy.roles import Role
from touchstone.tasks.operations import close_tasks, open_task


def _locked(member: str, year: int) -> Appraisal:
    rows = Appraisal.objects.select_for_update(of=("self",)).select_related("member__person__user", "member__body")
    found = rows.filter(member__number=member, year=year).first()
    if found is None:
        raise NothingToDo(f"没有{member}的{year}年度考核。", LAW, "请先汇总该年度的数据。")
    return found


@transaction.atomic
def say_word(*, member: str, year: int, word: str, by: Actor, at: datetime) -> Appraisal:
    """This function will keep what a member says to their year, until it is decided. :raises Refusal: afterwards, or without words."""
    locked_member(member)
    appraisal = _locked(member, year)
    permissions.check_may_keep_own(by, appraisal.member)
    if appraisal.grade:
        raise Refusal(f"{year}年度考核已经决定。", CLAUSE, "有异议的，请联系管理单位。")
    appraisal.word = words(word, "没有填写意见。", "请写明您对数据和建议等次的意见。")
    appraisal.save(update_fields=["word"])
    note("appraisal.word_said", appraisal.member, by=by, at=at, reason=appraisal.word, year=year)
    return appraisal


@transaction.atomic
def decide_appraisal(*, member: str, year: int, grade: str, reason: str, by: Actor, at: datetime) -> Appraisal:
    """This function will decide a member's grade of a year; one that differs from the proposal needs a reason. Failing often enough puts removal
    before the director.

    :raises Refusal: for an unknown grade, a second decision, or a changed grade without reason.
    """
    found = locked_member(member)
    permissions.check_may_measure(by, found)
    appraisal = _locked(member, year)
    if appraisal.grade:
        raise Refusal(f"{year}年度考核已经决定为“{Grade(appraisal.grade).label}”。", CLAUSE, "决定不能更改；确有错误的，请在下一年度说明。")
    if grade not in {one.value for one in Grade}:
        raise Refusal("没有选择等次。", CLAUSE, "请选择等次。")
    if grade != appraisal.proposed:
        reason = words(reason, "等次与建议不同，没有写明理由。", "请写明理由，理由将告知本人。")
    appraisal.grade, appraisal.reason, appraisal.decided_by_id, appraisal.decided_at = grade, reason.strip(), by.user_id, at
    appraisal.save()
    detail = {"year": year, "grade": grade, "proposed": appraisal.proposed, "clause": str(CLAUSE)}
    note("appraisal.decided", found, by=by, at=at, reason=appraisal.reason, **detail)
    if grade == Grade.FAILED:
        _perhaps_remove(found, by=by, at=at)
    return appraisal


def _perhaps_remove(member: Member, *, by: Actor, at: datetime) -> None:
    finding = failed_years_are_few(failed_years(member), at.date())
    if finding.outcome is Outcome.MET:
        return
    office = district_bureau(member.district) if member.district else city_centre()
    title = f"决定是否取消资格：{member.person.name}，{finding.reason}"
    close_tasks(case=member.number, matter="corps.failed", by=by, at=at, outcome="再次不合格")
    open_task(case=member.number, matter="corps.failed", title=title, office_id=office.pk, role=Role.DIRECTOR, by=by, at=at)
