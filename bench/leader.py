"""领导首页测速: how long does it take to count the desks, to reckon a month and to compare the districts in a city of a million certificates?

`python -m bench.leader` grows 100,000 filed bodies with a venue each, 10,000 applications under review, a million certificates and 100,000 alerts in
a database of its own, and says how long each takes. `python -m bench.leader 20` grows a twentieth.
"""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from bench import filings, place
from bench.in_django import start_django

CERTIFICATES, ALERTS = 1_000_000, 100_000
LIMIT = 10.0
"""Seconds for the desk of the city: the queue counts it every five minutes."""


def grown(part: int, at: datetime) -> None:
    """Put down the city: bodies and filings by the operations that load history, certificates and alerts as rows."""
    filings.LINES_EACH = 1
    _waiting(filings._bodies(0, filings.APPLICANTS, at), filings.FILINGS // part, at)
    filings._in_force(filings._bodies(filings.APPLICANTS, filings.BODIES // part, at), at)
    _certificates(CERTIFICATES // part, at.date())
    _alerts(ALERTS // part, at)
    _said("ANALYZE")


def _waiting(bodies: list[int], count: int, at: datetime) -> None:
    """Applications of all districts, each waiting for its district's clerk by a day of its own."""
    from django.db import transaction

    from touchstone.accounts.actor import PLATFORM
    from touchstone.accounts.queries import district_bureau
    from touchstone.filings.operations.history import load_history
    from touchstone.policy.districts import DISTRICTS
    from touchstone.policy.roles import Role
    from touchstone.tasks.operations import open_tasks

    homes = [district_bureau(code).pk for code in sorted(DISTRICTS)]
    rows = (
        {"number": f"BA2099{n:011d}", "body_id": bodies[n % len(bodies)], "route": "district_enterprise", "rules_day": at.date(),
         "state": "under_review", "step": "technical_assessment", "round": 1, "begun_at": at, "saved_at": at, "submitted_at": at}
        for n in range(count)
    )  # fmt: skip
    load_history("filings", rows, by=PLATFORM, at=at)
    lines = ((f"BA2099{n:011d}", "指派技术评估员", homes[n % len(bodies) % 16], at.date() + timedelta(days=n % 40 - 10)) for n in range(count))
    with transaction.atomic():
        open_tasks(lines=lines, matter="filing.appoint", role=Role.INTAKE_CLERK, by=PLATFORM, at=at)


def _said(sentence: str, *values: object) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sentence, list(values))


def _certificates(count: int, day: date) -> None:
    """Certificates of all bodies over two years, a thirtieth of them revoked; one holder has them all, under as many occupations."""
    _said(
        """
        INSERT INTO certificates_certificate (number, holder_id, holder_name, holder_name_key, body_id, body_name, occupation_code, occupation_name,
          trade_name, level, scheme, grade, issued_on, plan_number, candidate_number, basis, state, revoked_reason, examined_case)
        SELECT 'Y' || lpad(n::text, 21, '0'), holder.id, '测速', '测速', known.ids[1 + n %% known.many], '测速', 'M' || n, '车工' || n %% 100, '',
          '5', 'national', '', %s::date - (n %% 730), 'JH' || n / 100, 'KS' || n, '{}', CASE WHEN n %% 30 = 0 THEN 'revoked' ELSE 'issued' END, '', ''
        FROM generate_series(1, %s) AS n, (SELECT id FROM accounts_person ORDER BY id LIMIT 1) AS holder,
          (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS many FROM bodies_body) AS known
        """,
        day,
        count,
    )


def _alerts(count: int, at: datetime) -> None:
    """Alerts of all districts over two years, one in five undecided; each concerns one body."""
    from touchstone.accounts.actor import PLATFORM
    from touchstone.monitoring.operations import begin_run
    from touchstone.monitoring.states import RunKind

    run = begin_run(kind=RunKind.WHOLE, by=PLATFORM, at=at)
    _said(
        """
        INSERT INTO monitoring_alert (number, rule, version, key, marks, severity, title, told, clause, owner_id, due_on, state, raised_at,
          first_run_id, last_run_id, reopened, reason, findings, decided_at, led_to)
        SELECT 'YJ2099' || lpad(n::text, 7, '0'), 'pace.scores', '1', 'k' || n, '', 'medium', '测速', '', '', known.ids[1 + n %% known.many],
          (%s::timestamptz - (n %% 730) * interval '1 day')::date + 20,
          CASE n %% 5 WHEN 0 THEN 'open' WHEN 1 THEN 'upheld' ELSE 'dismissed' END,
          %s::timestamptz - (n %% 730) * interval '1 day', %s, %s, 0, '', '[]',
          CASE WHEN n %% 5 = 0 THEN NULL ELSE %s::timestamptz - (n %% 730) * interval '1 day' END, ''
        FROM generate_series(1, %s) AS n,
          (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS many FROM accounts_office WHERE kind = 'district_bureau') AS known
        """,
        at,
        at,
        run.pk,
        run.pk,
        at,
        count,
    )
    _said(
        """
        INSERT INTO monitoring_concerned (alert_id, body_id, district, question, answer)
        SELECT alert.id, known.ids[1 + alert.id %% known.many], office.district, '', '' FROM monitoring_alert AS alert
          JOIN accounts_office AS office ON office.id = alert.owner_id,
          (SELECT array_agg(id ORDER BY id) AS ids, count(*)::int AS many FROM bodies_body) AS known
        """
    )


def took(what: str, work: Callable[[], object]) -> float:
    """Do something twice, and say how long the second time took."""
    work()
    began = perf_counter()
    work()
    seconds = perf_counter() - began
    print(f"  {what}：{seconds * 1000:,.0f} ms", flush=True)
    return seconds


def measured(at: datetime) -> float:
    """Count, reckon and compare; give the seconds for the desk of the city."""
    from touchstone.accounts.queries import city_centre, district_bureau
    from touchstone.filings.queries.supervised import gaps, overlaps, supervised
    from touchstone.insight.queries.desk import _by_district, as_read_by, counted, mapped, tiles_of
    from touchstone.insight.queries.drift import QUESTIONS, compared
    from touchstone.insight.queries.month import document, months_told

    city, district, day = as_read_by(city_centre()), as_read_by(district_bureau(filings.HOME)), at.date()
    for name, actor in (("市", city), ("区", district)):
        for tile in tiles_of(actor.office_kind):
            took(f"{name}：{tile.label}", lambda tile=tile, actor=actor: tile.rows(actor, at).order_by().count())
    for tile in mapped(city.office_kind):
        took(f"各区：{tile.label}", lambda tile=tile: _by_district(tile, city, at))
    took("缺口的第一页", lambda: list(gaps(supervised(city, day), day)[:20]))
    took("交叉的第一页", lambda: list(overlaps(supervised(city, day), day)[:20]))
    took("区的首页", lambda: counted(district, at))
    took("一个月的月报", lambda: document(months_told(day)[0]))
    took("各区尺度", lambda: [compared(one, day) for one in QUESTIONS])
    return took("市的首页", lambda: counted(city, at))


def main() -> int:
    """Grow, measure, and fail where the queue could not keep up."""
    part = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    with place.own_database():
        start_django()
        from touchstone.cli.tables import bring_tables_up_to_date
        from touchstone.ledger.operations import mark_synthetic
        from touchstone.simulation.cast import set_up_cast

        bring_tables_up_to_date()
        at = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0)
        mark_synthetic(seed=1)
        set_up_cast(since=at.date() - timedelta(days=900), at=at)
        began = perf_counter()
        grown(part, at)
        print(f"建成用时{perf_counter() - began:.0f}秒；系统负载 {os.getloadavg()[0]:.1f}", flush=True)
        seconds = measured(at)
    print(f"市的首页 {seconds:.1f} 秒，上限 {LIMIT:.0f} 秒")
    return 0 if seconds <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
