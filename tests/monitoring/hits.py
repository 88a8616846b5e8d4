"""预警测试公用: hits on real certificates, taken as a run would take them."""

from datetime import datetime

from tests.cast import Cast
from tests.certificates.issuing import AT, awards, code_second, coded, give
from touchstone.accounts.actor import PLATFORM
from touchstone.lake import Hit
from touchstone.monitoring.models import Alert, Run
from touchstone.monitoring.operations import begin_run, finish_rule, finish_run, take_hits
from touchstone.monitoring.states import RunKind
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.monitoring import rule_of

ACROSS, WITHIN = "duplicates.across_bodies", "pace.scores"


def two_bodies(cast: Cast) -> tuple[list[str], list[str]]:
    """Give the numbers of three certificates of body 甲 (浦东新区), and of one of body 乙 (徐汇区), to the first of the same people."""
    first = [one.certificate_number for one in give(coded(cast), awards(3))]
    code_second(cast)
    plan = "JH202600002"
    second = give(cast, awards(1, plan=plan), body=cast.body_b, by=cast.shi, level=Level.FOUR, plan=plan)
    return first, [one.certificate_number for one in second]


def hit(rule: str, *rows: str, told: str = "同一人当月在两家机构取得证书。", key: str = "") -> Hit:
    """Give a hit of a rule on some rows."""
    return Hit(rule, rows, told, key or "-".join(rows))


def ran(*hits: Hit, at: datetime = AT, kind: RunKind = RunKind.WHOLE, looked_at: list[str] | None = None) -> Run:
    """Let a run find these hits, and only these, of two rules."""
    run = begin_run(kind=kind, by=PLATFORM, at=at)
    for key in (ACROSS, WITHIN):
        rule = rule_of(key)
        take_hits(run=run, rule=rule, hits=[one for one in hits if one.rule == key], by=PLATFORM, at=at)
        finish_rule(run=run, rule=rule, population=400, seconds=0.5, looked_at=looked_at, by=PLATFORM, at=at)
    return finish_run(number=run.number, seconds={"comparing": 1.0}, by=PLATFORM, at=at)


def raised(cast: Cast) -> Alert:
    """Give a case of 浦东新区: the first certificate of body 甲 was scored impossibly fast."""
    first, _ = two_bodies(cast)
    ran(hit(WITHIN, first[0], first[1], told="同一登分人一分钟内登记成绩62人。"))
    return Alert.objects.get()


def raised_across(cast: Cast) -> Alert:
    """Give a case of the city centre: one person, two bodies in two districts."""
    first, second = two_bodies(cast)
    ran(hit(ACROSS, first[0], second[0]))
    return Alert.objects.get()
