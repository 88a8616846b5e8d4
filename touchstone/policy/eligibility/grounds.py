"""条件要素: the pieces that conditions are put together from: age, time worked, certificate, title, diploma.

Each takes the value it needs with its clause and gives a finding; the rules beside this file name and combine them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from touchstone.kernel.law import Clause, Value
from touchstone.kernel.periods import add_years, full_months, full_years
from touchstone.kernel.rules import Finding, met, unmet, unproven
from touchstone.policy.eligibility.applicant import Applicant, HeldCertificate, Title, TitleRank
from touchstone.policy.eligibility.levels import Level
from touchstone.policy.eligibility.schooling import Schooling
from touchstone.policy.eligibility.words import (
    ASK_CERTIFICATE,
    ASK_DIPLOMA,
    ASK_MAJOR,
    ASK_OUTCOME,
    ASK_RELATION,
    ASK_TITLE,
    ASK_WORK,
    all_of,
    best_of,
    spell_months,
)


def old_enough(applicant: Applicant, age: Value[int], day: date) -> Finding:
    """This function will compare the age on `day` with the least age; the birthday itself counts."""
    if applicant.birthday is None:
        return unproven("出生日期不明", age.clause, ask_for="居民身份证件")
    years = full_years(applicant.birthday, day)
    if years < age.value:
        return unmet(f"申报之日{years}周岁，未满{age.value}周岁，须到{add_years(applicant.birthday, age.value)}", age.clause)
    return met(f"申报之日已满{age.value}周岁", age.clause)


def worked(applicant: Applicant, years: Value[int], day: date, *, since: date | None = None, after: str = "") -> Finding:
    """This function will compare the time worked (after `since`, where given) with the least number of years."""
    work, needed = applicant.work(since=since, until=day), years.value * 12
    lead = f"{after}累计工作" if after else "累计从事本职业或相关职业工作"
    if work.proven_months >= needed:
        return met(f"{lead}{spell_months(work.proven_months)}，已满{years.value}年", years.clause)
    if work.claimed_months < needed:
        gap = spell_months(needed - work.claimed_months)
        return unmet(f"{lead}{spell_months(work.claimed_months)}，应满{years.value}年，还差{gap}", years.clause)
    proved = f"只有{spell_months(work.proven_months)}有证明" if work.proven_months else "尚无证明"
    return unproven(f"{lead}自述{spell_months(work.claimed_months)}，{proved}，应有满{years.value}年的证明", years.clause, ask_for=ASK_WORK)


def with_certificate(
    applicant: Applicant, level: Level, day: date, clause: Clause, then: Callable[[HeldCertificate], Finding] | None = None
) -> Finding:
    """This function will look for a certificate of `level` and go on with `then` for each one held."""
    found = [all_of(clause, _certificate_proved(c, clause), *([then(c)] if then else [])) for c in applicant.certificates_at(level, day)]
    return best_of(found, unmet(f"未取得{level.label}证书", clause))


def _certificate_proved(held: HeldCertificate, clause: Clause) -> Finding:
    what = f"{held.level.label}证书（{held.issued_on}发证）"
    if held.is_sure:
        return met(f"持有{what}", clause)
    if held.examined:  # `通知 三(四)2`: from notice to decision nobody relies on it, nor is it taken for void
        return unproven(f"{what}正在核查，核查结束前不能作为依据", clause, ask_for=ASK_OUTCOME)
    if not held.proven:
        return unproven(f"{what}尚未核实", clause, ask_for=ASK_CERTIFICATE)
    return unproven(f"{what}是否属于本职业或相关职业尚未核实", clause, ask_for=ASK_RELATION)


def worked_since_certificate(applicant: Applicant, level: Level, years: Value[int], day: date) -> Finding:
    """This function will ask for a certificate of `level` and the years worked after it was issued."""
    return with_certificate(
        applicant,
        level,
        day,
        years.clause,
        lambda held: worked(applicant, years, day, since=held.issued_on, after=f"取得{level.short_label}证书后"),
    )


def held_certificate_for(applicant: Applicant, level: Level, years: Value[int], day: date) -> Finding:
    """This function will ask for a certificate of `level` held for so many years, worked or not."""

    def long_enough(held: HeldCertificate) -> Finding:
        months = full_months(held.issued_on, day)
        if months < years.value * 12:
            gap = spell_months(years.value * 12 - months)
            return unmet(f"取得{level.short_label}证书{spell_months(months)}，应满{years.value}年，还差{gap}", years.clause)
        return met(f"取得{level.short_label}证书已满{years.value}年", years.clause)

    return with_certificate(applicant, level, day, years.clause, long_enough)


def worked_since_title(applicant: Applicant, rank: TitleRank, years: Value[int], day: date) -> Finding:
    """This function will ask for a matching title of `rank` and the years worked after it was obtained."""

    def one(title: Title) -> Finding:
        enough = worked(applicant, years, day, since=title.obtained_on, after=f"取得{rank.label}后")
        return all_of(years.clause, _title_proved(title, years.clause), enough)

    return best_of([one(title) for title in applicant.titles_at(rank, day)], unmet(f"未取得专业对应的{rank.label}", years.clause))


def _title_proved(title: Title, clause: Clause) -> Finding:
    if title.is_sure:
        return met(f"持有专业对应的{title.rank.label}", clause)
    if not title.proven:
        return unproven(f"{title.rank.label}尚未核实", clause, ask_for=ASK_TITLE)
    return unproven(f"{title.rank.label}与本职业的专业对应关系尚未核实", clause, ask_for=ASK_MAJOR)


def schooled(applicant: Applicant, counts: Callable[[Schooling], bool], what: str, clause: Clause) -> Finding:
    """This function will look for a schooling that `counts`, of a related major; `what` names it."""
    found = [_schooling_proved(s, what, clause) for s in applicant.schoolings if counts(s)]
    return best_of(found, unmet(f"没有{what}", clause))


def _schooling_proved(schooling: Schooling, what: str, clause: Clause) -> Finding:
    if schooling.major_related is False:
        return unmet(f"{what}的专业不是本专业或相关专业", clause)
    proofs = [met(f"具有{what}", clause)]
    if not schooling.proven:
        proofs.append(unproven(f"{what}尚未核实", clause, ask_for=ASK_DIPLOMA))
    if schooling.major_related is None:
        proofs.append(unproven(f"{what}的专业是否为本专业或相关专业尚未核实", clause, ask_for=ASK_MAJOR))
    return all_of(clause, *proofs)


def under(clause: Clause, found: Finding) -> Finding:
    """This function will put a finding under the clause of the whole condition."""
    return replace(found, clause=clause)
