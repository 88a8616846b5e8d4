"""成绩查询: who scored what, what was announced, and what came of it?"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from touchstone.exams.models import Candidate, Plan, ScoreEntry, Seat, VoidedPart
from touchstone.exams.queries.courses import credits_by, credits_of, exempt_by, exempt_by_each, missed_after_taking_back, not_sat
from touchstone.exams.queries.kept import kept_by, kept_by_each
from touchstone.exams.queries.sittings import entrants
from touchstone.exams.states import Part, Result
from touchstone.kernel.numbers import mask_name
from touchstone.notices.queries import of_case, open_objections
from touchstone.policy.eligibility.exceptions import Mode
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.exams.parts import plain_mark
from touchstone.policy.exams.results import Score, with_credit

if TYPE_CHECKING:
    from touchstone.exams.models import ExceptionalCase, SecondOutcome, SecondStandard
    from touchstone.notices.models import PublicNotice

MATTER = "exam_results"
Scores = Mapping[Part, Score]


def scores_by_candidate(plan: Plan) -> dict[int, dict[Part, Score]]:
    """This function will give each entrant's scores by part, absences, what was voided, scores kept from earlier and what course units give to them
    included; a few queries for the whole plan."""
    credits = credits_of(plan)
    found = not_sat(plan, credits)
    seats = Seat.objects.filter(sitting__plan=plan).values_list("candidate_id", "sitting__part", "present")
    for candidate, part, present in seats:
        found.setdefault(candidate, {})[Part(part)] = Score(absent=present is False)
    _put_scored(found, candidate__plan=plan)
    for candidate, by_courses in credits.items():
        own = found.setdefault(candidate, {})
        own |= {one: with_credit(own.get(one, Score()), credit) for one, credit in by_courses.items() if not credit.is_whole}
    for candidate, missed in missed_after_taking_back(plan):
        found.setdefault(candidate, {}).setdefault(missed, Score(absent=True))
    _put_voided(found, candidate__plan=plan)
    return found


def scores_of(candidate: Candidate) -> dict[Part, Score]:
    """This function will give one candidate's scores by part, absences included."""
    seats = Seat.objects.filter(candidate=candidate).values_list("sitting__part", "present")
    kept = {Part(one.part): Score(mark=one.value, kept_from=one.passed_on) for one in kept_by(candidate)}
    own = kept | {Part(part): Score(absent=present is False) for part, present in seats}
    found = {candidate.pk: own}
    _put_scored(found, candidate=candidate)
    for one, credit in credits_by(exempt_by(candidate)).items():
        own[one] = with_credit(Score() if credit.is_whole else own.get(one, Score()), credit)
    missed = missed_after_taking_back(candidate.plan)
    own |= {one: Score(absent=True) for one in Part if (candidate.pk, one) in missed and one not in own}
    _put_voided(found, candidate=candidate)
    return own


def scores_of_each(candidates: Sequence[Candidate]) -> dict[int, dict[Part, Score]]:
    """This function will give, for candidates of whatever plans (with their plan), the scores that count: marks, what was voided, kept from earlier,
    or given by course units; four queries for all."""
    found = kept_by_each(candidates)
    _put_scored(found, candidate__in=candidates)
    for candidate, exempt in exempt_by_each(candidates).items():
        own = found.setdefault(candidate, {})
        own |= {one: with_credit(Score() if credit.is_whole else own.get(one, Score()), credit) for one, credit in credits_by(exempt).items()}
    _put_voided(found, candidate__in=candidates)
    return found


def _put_scored(found: dict[int, dict[Part, Score]], **whose: Any) -> None:
    """Put what was scored in the room in place of what is there."""
    standing = ScoreEntry.objects.filter(replaced_at__isnull=True, **whose)
    for candidate, part, value in standing.values_list("candidate_id", "part", "value"):
        found.setdefault(candidate, {})[Part(part)] = Score(mark=value)


def _put_voided(found: dict[int, dict[Part, Score]], **whose: Any) -> None:
    """Say of what a case has taken away that it counts nowhere, whatever it was."""
    voided = VoidedPart.objects.filter(undone_at__isnull=True, **whose)
    for candidate, part, case in voided.values_list("candidate_id", "part", "case"):
        own = found.setdefault(candidate, {})
        own[Part(part)] = replace(own.get(Part(part), Score()), voided_by=case)


def standing_entries(plan: Plan) -> dict[tuple[int, str], ScoreEntry]:
    """This function will give the scores of a plan that stand, by candidate and part."""
    return {(one.candidate_id, one.part): one for one in ScoreEntry.objects.filter(candidate__plan=plan, replaced_at__isnull=True)}


def result_counts(plan: Plan) -> dict[str, int]:
    """This function will count the entrants of a plan by result; `open` are those without one."""
    named: dict[str, int] = entrants(plan).aggregate(
        all=Count("pk"),
        passed=Count("pk", filter=Q(result=Result.PASSED)),
        failed=Count("pk", filter=Q(result=Result.FAILED)),
        absent=Count("pk", filter=Q(result=Result.ABSENT)),
        open=Count("pk", filter=Q(result="")),
    )
    return named


def open_notice(plan: Plan) -> "PublicNotice | None":
    """This function will give the notice of results that stands, if one does."""
    return of_case(plan.number).filter(matter=MATTER, closed_at__isnull=True).first()


def objected() -> list[str]:
    """This function will give the plans to whose results somebody objected and nobody has answered yet."""
    return list(open_objections(MATTER).values_list("notice__case", flat=True).distinct())


def corrections(plan: Plan) -> list[ScoreEntry]:
    """This function will give the scores that replaced others, newest first, each with the one it replaced as `former`."""
    entries = list(
        ScoreEntry.objects.filter(candidate__plan=plan).exclude(reason="").select_related("candidate", "entered_by__person").order_by("-id")
    )
    former = ScoreEntry.objects.filter(candidate__in=[one.candidate_id for one in entries], replaced_at__isnull=False)
    by_moment = {(one.candidate_id, one.part, one.replaced_at): one.value for one in former}
    for one in entries:
        one.former = by_moment.get((one.candidate_id, one.part, one.entered_at))  # type: ignore[attr-defined]
    return [one for one in entries if one.former is not None]  # type: ignore[attr-defined]


def notice_columns(parts: Sequence[Part], second: "SecondStandard | None" = None) -> list[str]:
    """This function will name the columns of the public list; two results where there are two standards."""
    results = ["国家标准结论", f"企业标准结论（{second.grade}）"] if second else ["结论"]
    return ["序号", "准考证号", "姓名", "证件号码", "职业（工种）", "等级", *(part.label for part in parts), *results]


def notice_row(
    number: int,
    plan: Plan,
    one: Candidate,
    scores: Scores,
    parts: Sequence[Part],
    second: "SecondOutcome | None" = None,
    case: "ExceptionalCase | None" = None,
) -> list[str]:
    """This function will give one line of the public list, name and identity number masked; whoever passed by exception with the merit (`case`), so
    that anybody can object."""
    marks = [with_courses(scores.get(part, Score())) for part in parts]
    level = Level(plan.level).label
    first = Result(one.result).label
    if case is not None and one.result == Result.PASSED:
        merit = f"{Mode(case.mode).label}：{case.merit_words}"
        first = merit if case.mode == Mode.DIRECT else f"{first}（{merit}）"
    results = [first] if second is None else [first, Result(second.result).label]
    return [str(number), one.ticket_number or "", mask_name(one.name), one.person.id_masked, trade_or_occupation(plan), level, *marks, *results]


def notice_preface(
    plan: Plan,
    entrants_count: int,
    passed: int,
    second: "SecondStandard | None" = None,
    by_second: "Mapping[int, SecondOutcome] | None" = None,
    by_courses: bool = False,
) -> str:
    """This function will say above the list what was examined, how many took part and how many passed, by either standard; and where course units
    gave part of the scores (`by_courses`)."""
    held = (
        f"{plan.body.name}于{plan.exam_on:%Y年%-m月%-d日}在{plan.venue.name}组织{trade_or_occupation(plan)}{Level(plan.level).label}职业技能等级认定"
    )
    if second is None:
        told = f"，符合申报条件的考生{entrants_count}人，各科成绩均合格{passed}人，现将合格人员名单公示。"
    else:
        met = sum(one.result == Result.PASSED for one in (by_second or {}).values())
        told = (
            f"（一考双证），符合申报条件的考生{entrants_count}人，按国家标准各科成绩均合格{passed}人，"
            f"按企业标准《{second.standard.title}》（{second.standard.code}）合格{met}人，现将按任一标准合格的人员名单公示。"
        )
    noted = "部分科目以课程成绩免考（课证融通），在成绩后注明。" if by_courses else ""
    return f"{held}{told}{noted}对名单或成绩有异议的，请在公示期内实名提出。"


def direct_preface(plan: Plan, many: int) -> str:
    """This function will say above the list who was recognised directly, by whom and why nobody was examined."""
    return (
        f"{plan.body.name}根据业绩对本单位职工直接认定{trade_or_occupation(plan)}{Level(plan.level).label}，不组织考试，经企业负责人决定{many}人，"
        "现将名单公示。对名单或业绩有异议的，请在公示期内实名提出。"
    )


def trade_or_occupation(plan: Plan) -> str:
    """This function will name what a plan examines: occupation and, where there is one, trade."""
    return f"{plan.occupation.name}（{plan.trade.name}）" if plan.trade else plan.occupation.name


def with_courses(score: Score) -> str:
    """This function will write a score as `shown`, and say how much of it comes from course units (课证融通)."""
    if score.credit is None:
        return shown(score)
    return f"{shown(score)}（{'整科免考' if score.credit.is_whole else f'课程成绩占{score.credit.share}%'}）"


def shown(score: Score) -> str:
    """This function will write a score as lists do: 85, 85.5, 缺考 or a dash."""
    if score.voided_by:
        return "无效"
    if score.absent:
        return "缺考"
    return plain_mark(score.mark) or "—"
