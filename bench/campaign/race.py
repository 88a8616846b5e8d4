"""同时办理: do eight at once issue each certificate once, without doubling or skipping a number, and open one filing?"""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from bench.campaign import children, stage
from bench.campaign.outcome import Outcome, Tell

PROCESSES = 8
GATE = 20260401  # the advisory lock behind which all wait


def run(small: bool, tell: Tell) -> Outcome:
    """This function will let eight processes issue the certificates of the same plans, and open the same filing, at the same moment."""
    found = Outcome()
    plans, people = (3, 4) if small else (8, 24)
    for turn in range(1 if small else 3):
        numbers = [
            stage.evaluation("confirmed", level=level, working_days=-15 - 2 * place - 18 * turn, people=people)
            for place, level in zip(range(plans), (4, 4, 5, 3, 4, 5, 3, 4), strict=False)
        ]
        tell(f"第{turn + 1}轮：{len(numbers)}份计划等待核发")
        # Each begins with another plan, so that both the same plan and several plans of one body are issued at once.
        orders = [numbers[place % plans :] + numbers[: place % plans] for place in range(PROCESSES)]
        told = together(issue, orders, found)
        found.runs += 1
        _look_at_certificates(found, numbers, told)
    _same_filing(found, tell)
    return found


def together(work: Callable[..., None], arguments: list[Any], found: Outcome, *, alone: bool = False) -> list[Any]:
    """This function will start `work(tell, gate, argument)` in a process for each argument, open the gate when all stand before it,
    and give what each told last. Fewer than two at the gate are a fault, unless one is to be alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [GATE])
        crowd = [children.start(work, GATE, one) for one in arguments]
        ready = [child.hear() == "ready" for child in crowd]
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted", [GATE])
        waiting = cursor.fetchone()[0]
        cursor.execute("SELECT pg_advisory_unlock(%s)", [GATE])
    found.expect(all(ready), f"只有{sum(ready)}个进程到场")
    found.expect(alone or waiting > 1, f"放行时只有{waiting}个进程在等候，不算同时")
    codes = [child.end() for child in crowd]
    troubles = [word for child in crowd for word in child.heard if isinstance(word, str) and word.startswith("!")]
    found.expect(codes == [0] * len(crowd), f"有进程没有正常结束：{codes} {troubles[:1]}")
    return [child.heard[-1] for child in crowd]


def wait_at(gate: int, tell: Callable[[Any], None]) -> None:
    """This function will tell that one is ready, and come back when the gate opens."""
    from django.db import connection

    tell("ready")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [gate])
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [gate])


def issue(tell: Callable[[Any], None], gate: int, numbers: list[str]) -> None:
    """This function will issue the certificates of each plan in turn and tell which candidate was told which number."""
    from touchstone.exams.operations.issuing import issue_certificates
    from touchstone.kernel.law import Refusal

    at, leader, told = stage.now(), stage.acting("gu"), []
    wait_at(gate, tell)
    for number in numbers:
        try:
            outcomes = issue_certificates(plan_number=number, by=leader, at=at)
        except Refusal as refusal:
            told.append((number, "", str(refusal)))
            continue
        told += [(number, one.candidate_number, one.certificate_number) for one in outcomes]
    tell(told)


def begin(tell: Callable[[Any], None], gate: int, key: str) -> None:
    """This function will open a filing of body 甲 and tell its number, or the sentence why not."""
    from touchstone.filings.operations import begin_filing
    from touchstone.kernel.law import Refusal

    at, filer = stage.now(), stage.acting("lin").with_key(key)
    wait_at(gate, tell)
    try:
        tell(("begun", begin_filing(by=filer, at=at).number))
    except Refusal as refusal:
        tell(("refused", str(refusal)))


def _look_at_certificates(found: Outcome, numbers: list[str], told: list[Any]) -> None:
    from touchstone.certificates.models import Certificate
    from touchstone.exams.models import Candidate
    from touchstone.ledger.models import Entry, Series

    there = dict(Certificate.objects.filter(plan_number__in=numbers).values_list("candidate_number", "number"))
    heard: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for plan, candidate, number in one:
            found.expect(bool(candidate), f"{plan}有人被拒绝：{number}")
            if candidate and number:
                heard[candidate].add(number)
    found.acknowledged += sum(len(one) for one in heard.values())
    found.lost += sum(there.get(candidate) != number for candidate, known in heard.items() for number in known)
    all_numbers = list(Certificate.objects.values_list("number", flat=True))
    holders = Counter(Certificate.objects.filter(plan_number__in=numbers).values_list("candidate_number", flat=True))
    found.doubled += len(all_numbers) - len(set(all_numbers)) + sum(count - 1 for count in holders.values())
    passed = Candidate.objects.filter(plan__number__in=numbers, result="passed").count()
    found.expect(len(there) == passed > 0, f"合格{passed}人，证书{len(there)}本")
    serials: dict[str, list[int]] = defaultdict(list)
    for number in all_numbers:
        serials[number[:-6]].append(int(number[-6:]))
    for series, found_serials in serials.items():
        found.expect(sorted(found_serials) == list(range(1, len(found_serials) + 1)), f"证书编号{series}不连续：{sorted(found_serials)}")
    drawn = sum(Series.objects.filter(name__startswith="certificate-").values_list("last", flat=True))
    found.expect(drawn == len(all_numbers), f"编号取到{drawn}，证书{len(all_numbers)}本")
    for plan in numbers:
        lines = Entry.objects.filter(event="certificates.issued", subject=plan).values_list("detail", flat=True)
        times = sum(1 for detail in lines if detail["issued"])
        found.doubled += max(0, times - 1)
        found.expect(times == 1, f"{plan}核发了{times}次")
    found.words.append(f"{len(numbers)}份计划、{len(there)}本证书，{PROCESSES}个进程各核发一遍。")


def _same_filing(found: Outcome, tell: Tell) -> None:
    from touchstone.filings.models import Filing
    from touchstone.ledger.models import Entry

    told = together(begin, ["the-same-request"] * PROCESSES, found)
    found.runs += 1
    filings = list(Filing.objects.filter(body__name=stage.acting("lin").office_name).values_list("number", flat=True))
    begun = [number for kind, number in told if kind == "begun"]
    found.acknowledged += len(begun)
    found.lost += sum(number not in filings for number in begun)
    found.doubled += max(0, len(filings) - 1)
    lines = Entry.objects.filter(event="filing.begun", subject__in=filings).count()
    found.expect(len(filings) == lines == 1, f"备案{len(filings)}件，存证{lines}条")
    refused = [words for kind, words in told if kind == "refused"]
    found.expect(all(filings and filings[0] in words for words in refused), f"被拒绝的没有说明已有哪一件：{refused[:1]}")
    found.words.append(f"同一请求号的备案：{len(begun)}个进程开始填报，{len(refused)}个被告知已有一件正在办理。")
    tell(found.words[-1])
