"""百万行的监管与查处名单: does every list of supervision and enforcement answer in time when its table holds a million rows?

`python -m bench.oversight [rows] [turns] [--put]` fills the tables of a database of its own (a million rows in each main one, where nothing is
said), opens every list as the one it is for, by every select of its query box, every column it sorts by and a deep page, and puts the section
into docs/benchmarks.md when the rows were a million or `--put` is said. `--here` asks in the database in use (`DATABASE_URL`), filling it where
it is empty.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from bench import filings, place
from bench.in_django import start_django
from bench.pages import cookie_of
from bench.section import put_section

ROWS, BODIES, LIMIT = 1_000_000, 1_000, 200.0
TITLE = "## 十五、百万行的监管与查处名单"
DEEP, OPTIONS, EXPORTED = 400, 6, 5_000
WHO = {"wang": "区督导员", "han": "市职鉴中心", "lin": "评价机构", "ning": "协办部门", "pan": "行业主管部门", "chen": "考生", "": "公众"}


# --- what stands in the tables


def fill(rows: int, at: datetime) -> None:
    """This function will fill every table: each row is about a body (`rows`: some bodies have many; `turns`: all alike), later ones are newer."""
    from django.db import transaction

    bodies = [_body("lin"), _body("shi"), *filings.registered(0, BODIES, at)]
    filings.in_force(bodies, at, lines=1)
    with transaction.atomic():
        _said("SET LOCAL session_replication_role = replica")  # rows are made whole: the keys they point to are not looked up one by one
        _said("SET LOCAL maintenance_work_mem = '256MB'")
        _spread(rows, at)
        indexes = _indexes()
        for name, _ in indexes:
            _said(f'DROP INDEX "{name}"')
        for part in (_inspections, _records, _complaints, _cases, _grades, _alerts):
            part(rows)
            print(f"  {part.__name__.strip('_')}：{perf_counter() - _BEGUN:.0f} 秒", flush=True)
        for _, made in indexes:
            _said(made)
        _said("DROP TABLE bench_rows, bench_turns")
    _said("VACUUM ANALYZE")


_BEGUN = perf_counter()


def _body(username: str) -> int:
    from touchstone.bodies.queries import own_body
    from touchstone.simulation.cast import actor_of

    return int(own_body(actor_of(username, datetime.now(ZoneInfo("Asia/Shanghai")).date())).pk)


def _said(sentence: str, *values: Any) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sentence, list(values) or None)


def _indexes() -> list[tuple[str, str]]:
    """The indexes of the tables to fill that hold no constraint, with how each is made: made once at the end, they cost a fraction."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT found.indexname, found.indexdef FROM pg_indexes AS found JOIN pg_class AS known ON known.relname = found.indexname
            WHERE found.tablename ~ '^(inspections|complaints|enforcement|grading|monitoring)_' AND found.schemaname = 'public'
              AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = known.oid) AND found.indexdef NOT LIKE 'CREATE UNIQUE%'
            """
        )
        return [(str(name), str(made)) for name, made in cursor.fetchall()]


def _spread(rows: int, at: datetime) -> None:
    """Two plain tables that every other is made of: n, a body with its place, its office (the centre for one in ten), somebody, and a moment of the
    last three years; `late` are the last tenth, which are still open."""
    known = """
        SELECT row_number() OVER (ORDER BY body.number NOT LIKE 'PJ8%%', body.id) AS nth, body.id AS body_id, body.name, body.district,
          bureau.id AS bureau_id, venue.id AS venue_id, scope.id AS scope_id, scope.occupation_id, scope.standard_id, scope.level
        FROM bodies_body AS body JOIN accounts_office AS bureau ON bureau.kind = 'district_bureau' AND bureau.district = body.district
          JOIN bodies_venue AS venue ON venue.body_id = body.id AND venue.number LIKE 'KD0%%'
          JOIN filings_scopeitem AS scope ON scope.venue_id = venue.id
    """
    for table, nth in (("bench_rows", "1 + floor(known.many * power(random(), 2))"), ("bench_turns", "1 + (n - 1) %% known.many")):
        _said(
            f"""
            CREATE UNLOGGED TABLE {table} AS
            WITH known AS ({known}), line AS MATERIALIZED (
              SELECT n, ({nth})::int AS nth, floor(random() * 1000)::int AS h
              FROM generate_series(1, %s) AS n, (SELECT count(*) AS many FROM known) AS known)
            SELECT line.n, line.h, known.*, 1 + (line.n - 1) / (SELECT count(*) FROM known) AS turn,
              CASE WHEN line.h %% 10 = 0 THEN centre.id ELSE known.bureau_id END AS office_id,
              staff.users[1 + line.h %% array_length(staff.users, 1)] AS user_id,
              staff.people[1 + line.h %% array_length(staff.people, 1)] AS person_id,
              %s::timestamptz - (1 - line.n::float / %s) * interval '1095 days' AS at, line.n > 0.9 * %s AS late
            FROM line JOIN known USING (nth), (SELECT id FROM accounts_office WHERE number = 'CENTRE') AS centre,
              (SELECT array_agg(id ORDER BY id) AS users, array_agg(person_id ORDER BY id) AS people FROM accounts_user
                WHERE person_id IS NOT NULL) AS staff
            ORDER BY n
            """,
            rows, at, rows, rows,
        )  # fmt: skip


def _put(label: str, rows: int, source: str = "bench_rows", /, **given: str) -> None:
    """Put rows of a model down: `given` are columns as SQL over a row `r`, all others get the model's own default. Keys are n."""
    from django.apps import apps
    from django.db import connection

    model = apps.get_model(label)
    columns: dict[str, str] = {"id": "r.n", **given}
    values: list[Any] = []
    for one in model._meta.concrete_fields:
        if one.column not in columns:
            columns[one.column] = f"%s::{one.db_type(connection)}"
            values.append(None if one.null else one.get_db_prep_save(one.get_default(), connection))
        else:
            columns[one.column] = columns[one.column].replace("%", "%%")
    if left := [name for name in columns if name not in {one.column for one in model._meta.concrete_fields}]:
        raise RuntimeError(f"{label}: {left}")
    told = ", ".join(f'"{name}"' for name in columns)
    table = model._meta.db_table
    _said(f"INSERT INTO {table} ({told}) SELECT {', '.join(columns.values())} FROM {source} AS r WHERE r.n <= {rows}", *values)
    _said(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")


def _number(prefix: str) -> str:
    return f"'{prefix}2099' || lpad(r.n::text, 9, '0')"


def _one_of(late: str, others: str) -> str:
    """One of some words for the late rows, one of others (the first three times in four) for the rest."""
    first, *more = others.split()
    few = "ARRAY['" + "','".join(more or [first]) + "']"
    open_ones = "ARRAY['" + "','".join(late.split()) + "']"
    return (
        f"CASE WHEN r.late THEN ({open_ones})[1 + r.h % array_length({open_ones}, 1)] "
        f"WHEN r.h % 4 > 0 THEN '{first}' ELSE ({few})[1 + r.h % array_length({few}, 1)] END"
    )


_OUTCOME = "(ARRAY['clean','clean','to_rectify','obstructed','not_held'])[1 + r.h % 5]"
_DAY, _DUE, _DONE = "r.at::date", "r.at::date + 20", "CASE WHEN r.late THEN NULL ELSE r.at + interval '9 days' END"


def _inspections(rows: int) -> None:
    who = {"body_id": "r.body_id", "office_id": "r.office_id"}
    draws = 1 + rows // 2 // BODIES
    _put(
        "inspections.Plan", 48, "bench_turns", number=_number("NJ"), office_id=_nth_office("r.n % 16"), year="2023 + r.n / 16", state="'approved'",
        made_at="r.at", months="'[3,6,9]'",
    )
    _put(
        "inspections.Draw", draws, "bench_turns", number=_number("CQ"), plan_id="1 + r.n % 48", visits_from=_DAY, frozen_at="r.at",
        state="'revealed'", announced_at="r.at", entered_at="r.at + interval '1 day'", drawn_at="r.at + interval '2 days'",
    )
    _put(
        "inspections.Task", rows // 2, "bench_turns", number=_number("RW"), draw_id="r.turn", body_id="r.body_id", stratum="'enterprise-none'",
        district="r.district", visit_on=_DAY,
        opens_at="r.at", state=_one_of("sent", "confirmed cancelled sent"), outcome=f"CASE WHEN r.late THEN '' ELSE {_OUTCOME} END",
        reported_at=_DONE, confirmed_at=_DONE,
    )
    _put("inspections.TaskInspector", rows // 2, "bench_turns", task_id="r.n", person_id="r.person_id", place="1", visit_on=_DAY, standing="false")
    _put(
        "inspections.Assistance", rows // 100, number=_number("PH"), task_id="r.n",
        office_id="(SELECT id FROM accounts_office WHERE number = 'HY-machinery')", words="'请派人'", asked_at="r.at", answered_at=_DONE,
    )
    _put(
        "inspections.Visit", rows, **who, number=_number("JC"), task_id="CASE WHEN r.n % 2 = 0 AND r.h % 3 > 0 THEN r.n / 2 END",
        campaign="CASE WHEN r.h % 20 = 1 THEN 'ZX2099' || lpad((1 + r.h % 7)::text, 9, '0') ELSE '' END", visit_on=_DAY, begun_at="r.at",
        state="CASE WHEN r.late THEN 'open' ELSE 'sealed' END",
        outcome=f"CASE WHEN r.late THEN '' ELSE {_OUTCOME} END", score="CASE WHEN r.late THEN NULL ELSE r.h % 101 END", sealed_at=_DONE,
        record_sha256="CASE WHEN r.late THEN '' ELSE repeat('a', 64) END",
    )
    _put("inspections.VisitInspector", rows, visit_id="r.n", person_id="r.person_id", place="1")
    _put(
        "inspections.VisitFinding", rows // 5, visit_id="r.n * 5", check_key="'record'", item="'venue'", question="'记录是否齐全'", note="'缺签到表'",
        state=_one_of("correcting reported found", "corrected taken_up"), due_on=_DUE,
    )
    _put(
        "inspections.Campaign", rows // 100, number=_number("ZX"), office_id="r.office_id", theme="'规范' || r.h || '考场秩序'",
        since="greatest(r.at::date, '2024-06-01')", until="greatest(r.at::date, '2024-06-01') + 20",
        state=_one_of("drafted submitted", "closed approved"), made_at="greatest(r.at, '2024-06-01')",
        approved_at="CASE WHEN r.late THEN NULL ELSE greatest(r.at, '2024-06-01') END",
    )
    _put(
        "inspections.Tracing", rows // 5, **who, number=_number("HS"),
        source="(ARRAY['certificate','question','assessor','camera_gap'])[1 + r.h % 4]", reference="'Y' || r.n", told="'一本证书'", reason="'代考'",
        state=_one_of("asked open", "finished"), due_on=_DUE, begun_at="r.at", finished_at=_DONE, overdue_at="CASE WHEN r.h % 50 = 0 THEN r.at END",
    )
    _put("inspections.TracedHead", rows // 5, tracing_id="r.n", head="'同场考生'", count="12", words="'已核对'", noted_at="r.at")
    _put("inspections.HeldToAccount", rows // 20, tracing_id="r.n * 4", name="'测速'", handling="'批评教育'", noted_at="r.at")


def _nth_office(which: str) -> str:
    return f"(SELECT (array_agg(id ORDER BY id))[1 + {which}] FROM accounts_office WHERE kind = 'district_bureau')"


def _records(rows: int) -> None:
    who = {"body_id": "r.body_id", "office_id": "r.office_id"}
    _put(
        "inspections.RecordsCall", rows, **who, number=_number("DQ"), item="(ARRAY['scores','archive','fees','papers','system'])[1 + r.h % 5]",
        purpose="'核对成绩'", clause="'通知 三(三)1'", called_at="r.at", first_due_on=_DUE, due_on=_DUE,
        campaign="CASE WHEN r.h % 20 = 1 THEN 'ZX2099' || lpad((1 + r.h % 7)::text, 9, '0') ELSE '' END",
        state=_one_of("called handed", "closed withdrawn"),
        overdue_at="CASE WHEN r.h % 50 = 0 THEN r.at + interval '21 days' END", handed_at=_DONE, closed_at=_DONE,
    )
    _put(
        "inspections.RecordsItem", rows, number="'DQ2099' || lpad(r.n::text, 9, '0') || '-1'", call_id="r.n", place="1", kind="'scores'",
        words="'成绩册'", state=_one_of("waiting handed", "received lacking"),
    )
    _put("bodies.Room", BODIES, "bench_turns", venue_id="r.venue_id", name="'测速考场' || r.n", purpose="'theory'", seats="40")
    _put(
        "exams.Plan", BODIES, "bench_turns", number=_number("JH"), body_id="r.body_id", scope_item_id="r.scope_id", occupation_id="r.occupation_id",
        standard_id="r.standard_id", level="r.level", venue_id="r.venue_id", title="'测速'", exam_on=_DAY, registration_closes_on=_DAY, quota="40",
        contact="'测速'", state="'arranged'", drafted_at="r.at",
    )
    _put(
        "exams.Sitting", rows // 5, "bench_turns", number=_number("CC"), plan_id=f"1 + (r.n - 1) % {BODIES}", part="'theory'",
        room_id=f"1 + (r.n - 1) % {BODIES}", starts_at="r.at", ends_at="r.at + interval '2 hours'", opened_at="CASE WHEN r.h % 2 = 0 THEN r.at END",
        closed_at="CASE WHEN r.h % 4 = 0 THEN r.at END",
    )
    _put(
        "inspections.Watch", rows // 5, "bench_turns", **who, number=_number("JK"), sitting_id="r.n", item="'scores'",
        state=_one_of("open reported", "confirmed dropped"), outcome=f"CASE WHEN r.late THEN '' ELSE {_OUTCOME} END", begun_at="r.at",
        reported_at=_DONE, confirmed_at=_DONE,
    )
    _put(
        "inspections.Observation", rows // 5, number="'JK2099' || lpad(r.n::text, 9, '0') || '-1'", watch_id="r.n", place="1", seen_at="r.at",
        words="'正常'", noted_at="r.at", noter="'测速'",
    )


def _complaints(rows: int) -> None:
    _put(
        "complaints.Lead", rows, number=_number("XS"),
        origin="(ARRAY['complaint','complaint','media','authority','alert','inspection'])[1 + r.h % 6]",
        body_id="CASE WHEN r.h % 5 > 0 THEN r.body_id END", about="CASE WHEN r.h % 5 > 0 THEN r.name ELSE '虚构' || r.n || '培训部' END",
        district="r.district", office_id="r.office_id",
        facts="'收费后不评价'", received_at="r.at", due_on="CASE WHEN r.late THEN r.at::date + 20 END",
        state=_one_of("received taken_up verified", "closed declined joined"),
        verdict="CASE WHEN r.late THEN '' ELSE (ARRAY['true','partly','untrue','undecided'])[1 + r.h % 4] END", verified_at=_DONE,
    )
    _put("complaints.Verifier", rows, lead_id="r.n", user_id="r.user_id", appointed_at="r.at")
    _put("complaints.Accused", max(1, rows // 1000), lead_id="r.n", user_id="r.user_id")
    _put(
        "complaints.BodyWord", rows // 5, number=_number("SM"), lead_id="r.n", body_id="r.body_id", office_id="r.office_id", facts="'请说明收费情况'",
        asked_at="r.at", asked_by_id="r.user_id", due_on=_DUE, answered_at=_DONE,
    )
    _put(
        "complaints.Evaluator", rows // 5, number=_number("WB"), name="'虚构' || r.n || '号技能咨询中心'",
        claim="(ARRAY['level','ability'])[1 + r.h % 2]",
        district="r.district", seen_on=_DAY, office_id="r.office_id",
        state=_one_of("seen checked", "warned taken_off cleared"), entered_at="r.at", entered_by_id="r.user_id",
        warned_at="CASE WHEN r.h % 3 > 0 THEN r.at END",
    )


def _cases(rows: int) -> None:
    _put(
        "enforcement.Case", rows, number=_number("AJ"), body_id="r.body_id", party_name="r.name", office_id="r.office_id", facts="'超范围评价'",
        acted_on=_DAY, found_on=_DAY,
        state=_one_of("found opened notified proposed decided", "closed served cleared refused"),
        tier="(ARRAY['not_yet','minor','minor','serious','grave','unlawful'])[1 + r.h % 6]", tier_reason="'测速'", tier_clause="'测速'",
        begun_at="r.at", opened_at="r.at + interval '3 days'", notified_at="CASE WHEN r.h % 9 > 0 THEN r.at + interval '30 days' END",
        decision="CASE WHEN r.late THEN '{}' ELSE '{warning}' END::varchar[]", decided_at=_DONE,
        served_on="CASE WHEN r.late THEN NULL ELSE r.at::date + 12 END",
        published_at="CASE WHEN NOT r.late AND r.h % 6 = 0 THEN r.at + interval '15 days' END",
    )
    _put("enforcement.CaseAct", rows, case_id="r.n", act="'beyond_scope'", acted_on=_DAY, words="'超范围评价'")
    _put(
        "enforcement.Help", rows // 20, case_id="r.n * 20", office_id="(SELECT id FROM accounts_office WHERE number = 'XB-MARKET')",
        question="'请提出意见'", asked_at="r.at", due_on=_DUE, answered_at=_DONE,
    )
    _put(
        "enforcement.CaseArchive", rows // 3, number=_number("DA"), case_id="r.n", title="'案卷'", party_name="r.name", inventory="'[]'",
        root="repeat('a', 64)", sealed_at="r.at", kept_until="r.at::date + 3650",
    )


def _grades(rows: int) -> None:
    who = {"body_id": "r.body_id", "office_id": "r.office_id"}
    grade = "(ARRAY['A','B','C','D'])[1 + r.h % 4]"
    _put("grading.GradeRun", 1 + rows // BODIES, "bench_turns", number=_number("DJ"), state="'done'", begun_at="r.at", looked_after_at="r.at")
    _put(
        "grading.GradeLine", rows, "bench_turns", **who, number=_number("DX"), run_id="r.turn",
        state=_one_of("proposed reviewed", "confirmed contested answered"), computed=grade, given=grade, points="r.h % 101", confirmed_at=_DONE,
    )
    _put(
        "bodies.BodyGrade", rows // 20, "bench_turns", body_id="r.body_id", grade=grade, points="r.h % 101", since="r.at::date",
        until="r.at::date + 365", run=_number("DX"), set_at="r.at",
    )
    _put(
        "grading.Round", 1 + rows // 5 // BODIES, "bench_turns", number=_number("KH"), year="2026 - r.n", state="'done'",
        commitment="repeat('a', 64)", secret_sealed="'\\x00'::bytea", opened_at="r.at", looked_after_at="r.at",
    )
    _put(
        "grading.Assessment", rows // 5, "bench_turns", **who, number=_number("KP"), round_id="r.turn",
        state=_one_of("reporting reported first_done", "published told"), first_points="r.h % 101", second_points="r.h % 101", points="r.h % 101",
        band="CASE WHEN r.late THEN '' ELSE (ARRAY['excellent','good','passed','failed'])[1 + r.h % 4] END", sampled="r.h % 20 = 0",
        reported_at="r.at", published_at=_DONE,
    )
    _put(
        "grading.TermEvaluation", rows // 5, **who, number=_number("PG"), filing="'BA2098' || lpad(r.n::text, 11, '0')", until="r.at::date + 60",
        state=_one_of("open opined", "decided"), opened_at="r.at", passed="CASE WHEN r.late THEN NULL ELSE r.h % 7 > 0 END", decided_at=_DONE,
    )


def _alerts(rows: int) -> None:
    from touchstone.policy.monitoring import RULES

    keys, titles = (", ".join(f"'{getattr(one, name)}'" for one in RULES) for name in ("key", "title"))
    _put("monitoring.Run", 1, number=_number("BD"), kind="'whole'", state="'done'", begun_at="r.at", looked_after_at="r.at", finished_at="r.at")
    _put(
        "monitoring.Alert", rows, number=_number("YJ"), rule=f"(ARRAY[{keys}])[1 + r.h % {len(RULES)}]", version="'1'", key="'k' || r.n",
        title=f"(ARRAY[{titles}])[1 + r.h % {len(RULES)}]", severity="(ARRAY['low','medium','medium','high'])[1 + r.h % 4]",
        told="'同一天在两处评价'", clause="'通知 三(三)2'", owner_id="r.office_id", due_on=_DUE,
        state=_one_of("open asked answered", "dismissed upheld"), raised_at="r.at", first_run_id="1", last_run_id="1", decided_at=_DONE,
    )
    _put(
        "monitoring.Concerned", rows, alert_id="r.n", body_id="r.body_id", district="r.district",
        question="CASE WHEN r.h % 3 > 0 THEN '请说明' ELSE '' END", asked_at="CASE WHEN r.h % 3 > 0 THEN r.at END",
        answer_due_on="CASE WHEN r.h % 3 > 0 THEN r.at::date + 10 END", answered_at=_DONE,
    )
    _put("monitoring.AlertRow", rows, alert_id="r.n", place="1", number="'Y2099' || lpad(r.n::text, 16, '0')", body_id="r.body_id")


# --- what is opened


@dataclass
class Listed:
    """A list as one person opens it: where it is, what is typed into its query box, and which narrowing its export is tried with."""

    username: str
    name: str
    path: str
    typed: Sequence[str] = ()
    export: str = ""
    deep: bool = True
    times: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    """Milliseconds (median, longest) of each way of asking, with the query."""
    slowest: dict[str, float] = field(default_factory=dict)
    questions: int = 0
    exported: str = ""


_NAME, _RARE, _DAYS = "机电设备", "000417", "2026-01-01"


def lists(rows: int) -> list[Listed]:
    """Every list about supervision and enforcement, once for each who has it."""
    middle = f"2099{rows // 2:09d}"[:-3]
    typed = (f"body={_NAME}", f"body={_RARE}", "body=没有这个名字")

    def days(name: str) -> tuple[str, str]:
        return f"{name}_after={_DAYS}", f"{name}_after=2025-03-01&{name}_before=2025-03-07"

    found = []
    for who in ("wang", "han", "lin"):
        side = "/body" if who == "lin" else "/desk"
        found += [
            Listed(
                who, "检查", f"{side}/inspections" if who == "lin" else "/desk/inspections/checks", (*typed, f"number=JC{middle}", *days("day")),
                f"number=JC{middle}",
            ),
            Listed(
                who, "调取资料", f"{side}/oversight", (*typed, f"number=DQ{middle}", "office=浦东", "office=职业技能", *days("called"), *days("due")),
                f"number=DQ{middle}",
            ),
            Listed(
                who, "远程监控记录", f"{side}/oversight/watches", (*typed, f"sitting=CC{middle}", "office=浦东", *days("begun")),
                "begun_after=2026-11-01",
            ),
            Listed(
                who, "问题回溯", f"{side}/oversight/tracings", (*typed, "number=HS2099000000", "reference=Y1234", *days("begun")),
                "reference=Y12",
            ),
            Listed(
                who, "机构案件", f"{side}/cases",
                (*(one.replace("body", "party") for one in typed), f"number=AJ{middle}", *days("opened"), *days("decided")), f"number=AJ{middle}",
            ),
        ]
    for who in ("wang", "han"):
        found += [
            Listed(who, "揭晓的任务", "/desk/inspections/known", (*typed, *days("visited")), "visited_after=2026-11-01&body=测速0001"),
            Listed(who, "抽取", "/desk/inspections/draws", ("number=CQ2099", "office=浦东"), "office=浦东"),
            Listed(who, "今日监控", "/desk/oversight/today", ("body=机电",), "cameras=none", deep=False),
            Listed(who, "专项督导", "/desk/oversight/campaigns", ("theme=考场", "theme=规范417", "office=浦东", *days("since")), "theme=规范417"),
            Listed(
                who, "线索", "/desk/leads",
                (*(one.replace("body", "about") for one in typed), f"about=虚构{rows // 2}", f"number=XS{middle}", *days("due"), *days("received")),
                f"number=XS{middle}",
            ),
            Listed(
                who, "预警", "/desk/alerts", (*typed, f"number=YJ{middle}", f"row=Y2099{rows // 2:016d}", *days("due"), *days("raised")),
                f"number=YJ{middle}",
            ),
            Listed(who, "未经备案的评价", "/desk/unfiled", ("name=技能咨询", "name=虚构777", "number=WB2099000000", *days("seen")), "name=虚构777"),
            Listed(
                who, "机构案卷", "/desk/cases/archives",
                (*(one.replace("body", "party") for one in typed), "number=DA2099000000", f"case=AJ{middle[:-1]}", *days("sealed")),
                "number=DA2099000000",
            ),
            Listed(who, "机构等级", "/desk/grading", (*typed, "run=DJ2099000000002"), "run=DJ2099000000002"),
            Listed(who, "年度考核", "/desk/grading/assessments", (*typed, "year=2024"), "year=2024"),
            Listed(who, "期满评估", "/desk/grading/terms", (*typed, "filing=BA209800000", *days("until")), "until_after=2026-12-20"),
            Listed(who, "到场督导", "/desk/grading/watched", ("q=机电", f"q={_RARE}"), deep=False),
        ]
    return [
        *found,
        Listed("wang", "我的检查", "/desk/inspections/visits", deep=False),
        Listed("pan", "本行业的督导检查", "/desk/inspections/known", typed, "visited_after=2026-11-01"),
        Listed("lin", "我的预警", "/body/alerts", (f"number=YJ{middle}",)),
        Listed("lin", "核实说明", "/body/words"),
        Listed("lin", "考核与等级", "/body/standing", deep=False),
        Listed("ning", "协办案件", "/advise/"),
        Listed("", "抽查结果", "/inspections/results", ("q=机电", f"q={_RARE}")),
        Listed("", "抽查任务", "/inspections/draws"),
        Listed("", "专项督导", "/inspections/campaigns"),
        Listed("", "处理决定", "/sanctions", ("q=机电", f"q={_RARE}", "q=没有这个名字")),
        Listed("", "未经备案提示", "/unfiled", ("q=技能咨询", "q=虚构777")),
        Listed("", "机构等级公布", "/register/grades", ("q=机电", "grade=A"), deep=False),
        Listed("", "考核结果公布", "/register/assessments", ("year=2024", "q=机电", f"q={_RARE}")),
        Listed("", "投诉办理情况", "/complaints/track", deep=False),
    ]


_CHOICES = re.compile(r"<select[^>]*name=\"(\w+)\"[^>]*>(.*?)</select>", re.DOTALL)


def _ways(one: Listed, page: str) -> Iterator[tuple[str, str]]:
    """The ways of asking a list: as the page itself offers them, so that no filter and no column is left out."""
    yield "首页", ""
    yield from (("查询", query) for query in one.typed)
    for name, options in _CHOICES.findall(page):
        values = [value for value in re.findall(r"<option value=\"([^\"]+)\"", options) if name not in {"per_page", "export"}]
        yield from (("筛选", f"{name}={value}") for value in values[:: max(1, len(values) // OPTIONS)][:OPTIONS])
    for name in sorted(set(re.findall(r"[?&;]sort=-?(\w+)", page))):
        yield from (("排序", f"sort={sign}{name}") for sign in ("", "-"))
    if one.deep:
        yield "深页", f"page={DEEP}"


def measure(rows: int, turns: int, only: str = "") -> list[Listed]:
    """This function will open every list in every way, some times each, and keep how long that took and how often the database was asked."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found = [one for one in lists(rows) if only in f"{WHO[one.username]}{one.name}{one.path}"]
    for one in found:
        visitor = Client(headers={"host": "127.0.0.1", "cookie": cookie_of(one.username) if one.username else ""})

        def opened(query: str, visitor: Any = visitor, one: Listed = one) -> tuple[float, Any]:
            begun = perf_counter()
            answer = visitor.get(f"{one.path}?{query}" if query else one.path)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if answer.status_code != 200:
                raise RuntimeError(f"{one.username} {one.path}?{query}: {answer.status_code} {answer.headers.get('Location', '')}")
            return (perf_counter() - begun) * 1000, body

        page = opened("")[1].decode()
        offered = "&".join(f"column={name}" for name in re.findall(r"name=\"column\"[^>]*value=\"(\w+)\"", page))
        page = opened(offered)[1].decode() if offered else page
        for way, query in _ways(one, page):
            with CaptureQueriesContext(connection) as asked:
                opened(query)
            one.questions = max(one.questions, len(asked))
            times = [opened(query)[0] for _ in range(turns)]
            one.times.setdefault(way, []).append((median(times), query))
            one.slowest[way] = max(one.slowest.get(way, 0), _p95(times))
            if "--slow" in sys.argv and median(times) > LIMIT / 2:
                worst = sorted(asked.captured_queries, key=lambda told: -float(told["time"]))[:2]
                print(f"    {median(times):.0f} ms {one.path}?{query}", *(f"\n      {told['time']} {told['sql'][:1500]}" for told in worst))
        if one.export:
            took, body = opened(f"{one.export}&export=csv")
            one.exported = f"{body.decode().count(chr(10)) - 1:,} 行 {took / 1000:.1f} 秒"
        told = "，".join(f"{way} {max(times)[0]:.0f}/{one.slowest[way]:.0f}（{max(times)[1]}）" for way, times in one.times.items())
        print(f"  {WHO[one.username]} {one.name}：{told}；{one.questions}问；{one.exported}", flush=True)
    return found


def _p95(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def section(found: Sequence[Listed], *, rows: int, turns: int, took: float) -> list[str]:
    """This function will give the section of the report."""
    from bench.__main__ import table

    ways = ("首页", "查询", "筛选", "排序", "深页")

    def line(one: Listed) -> list[str]:
        cells = [f"{max(one.times[way])[0]:.0f}／{one.slowest[way]:.0f}" if way in one.times else "—" for way in ways]
        verdict = "不超过" if max(one.slowest.values()) <= LIMIT else "超过"
        return [WHO[one.username], one.name, *cells, str(one.questions), verdict, one.exported or "—"]

    words = (
        f"检查、调取、线索、案件、定级、预警各{rows:,}行，任务{rows // 2:,}行，"
        f"其余（远程监控、回溯、未经备案、核实说明、考核、期满评估等）{rows // 5:,}行左右，"
        f"{BODIES:,}家机构，16个区，跨三年，十分之一还没有办结；建成用时{took:.0f}秒。每个名单由它的使用者打开：首页、按名称和编号查询、"
        f"页面上的每个筛选项、每个可排序的列（升、降）、第{DEEP}页，各{turns}遍，走完整的应用（中间件、会话、模板）。"
        f"格内为最慢的一种问法的中位数／p95，毫秒；上限{LIMIT:.0f} ms。“问”是一次打开最多向数据库提问的次数。测试机：{place.machine()}，"
        f"结束时系统负载 {os.getloadavg()[0]:.1f}。"
    )
    return [TITLE, "", words, "", *table(["谁", "名单", *ways, "问", "结论", "导出"], [line(one) for one in found]), ""]


def report(rows: int, turns: int) -> list[str]:
    """This function will fill the tables where they are empty, measure, and give the section."""
    from django.apps import apps

    from touchstone.cli.tables import bring_tables_up_to_date
    from touchstone.ledger.operations import mark_synthetic
    from touchstone.simulation.cast import set_up_cast

    bring_tables_up_to_date()
    begun = perf_counter()
    if not apps.get_model("enforcement.Case").objects.exists():
        at = datetime.now(ZoneInfo("Asia/Shanghai")).replace(microsecond=0)
        mark_synthetic(seed=1)
        set_up_cast(since=at.date() - timedelta(days=900), at=at)
        fill(rows, at)
    took = perf_counter() - begun
    only = next((word.partition("=")[2] for word in sys.argv if word.startswith("--only=")), "")
    return section(measure(rows, turns, only), rows=rows, turns=turns, took=took)


def main() -> int:
    """Fill, measure, and put the section where it was asked for."""
    given = dict(enumerate(int(word) for word in sys.argv[1:] if word.isdecimal()))
    rows, turns = given.get(0, ROWS), given.get(1, 7)
    os.environ["TOUCHSTONE_PLAIN_HTTP"] = "1"
    if "--here" in sys.argv:
        start_django()
        lines = report(rows, turns)
    else:
        with place.own_database():
            start_django()
            lines = report(rows, turns)
            from touchstone.cli import leave_django

            leave_django()
    print("\n".join(lines))
    if "--put" in sys.argv or (rows >= ROWS and "--here" not in sys.argv):
        put_section(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
