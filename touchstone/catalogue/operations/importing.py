"""目录导入: what does a list of occupations from a file change, row by row?"""

import hashlib
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries
from touchstone.catalogue.models import CatalogueImport, CatalogueImportRow, Occupation
from touchstone.catalogue.names import pinyin_key
from touchstone.catalogue.permissions import check_may
from touchstone.files.operations import attach
from touchstone.files.queries import content as content_of
from touchstone.files.queries import of_case
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import name_key
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import OCCUPATIONS_2022, notice
from touchstone.sheets.occupations import OccupationOutcome, OccupationRow, read_occupations
from touchstone.sheets.refusals import FileRefused

CHUNK = 200
LONGEST_NAME = 80
LABEL = "职业目录"
OUTCOMES = {"new": "新增", "unchanged": "未变", "renamed": "更名", "refused": "未收"}
LIST = notice("一")


def import_occupations(*, name: str, content: bytes, dry_run: bool, by: Actor, at: datetime) -> CatalogueImport:
    """This function will load a list of occupations (CSV or .xlsx) with an outcome and a sentence for every row.

    New codes stand from the first day of the classification, new names from today. Occupations the file does not name stay.
    A dry run writes the report only. Each chunk is one transaction and one ledger line, so that a load broken off half-way can
    simply be repeated. :raises Refusal: for a file that cannot be read.
    """
    check_may(by, "keep_list")
    outcomes = _read(name, content)
    if not outcomes:
        raise Refusal(f"“{name}”里没有数据行。", LIST, "请在第一行写列名，从第二行起每行一个职业。")
    run = _begin(name, content, len(outcomes), dry_run, by, at)
    counts: Counter[str] = Counter()
    for chunk in _chunks(outcomes):
        with transaction.atomic():
            counts.update(_load(run, chunk, by, at))
            CatalogueImport.objects.filter(pk=run.pk).update(counts=dict(counts) | {"rows": len(outcomes)})
    run.refresh_from_db()
    return run


def load_tried(*, number: str, by: Actor, at: datetime) -> CatalogueImport:
    """This function will load the very file that was tried in the dry run `number`. :raises Refusal: when it was loaded already."""
    check_may(by, "keep_list")
    tried = queries.an_import(number)
    if not tried.dry_run:
        raise Refusal(f"{number} 已是正式导入，不是试运行。", LIST, "需要再次导入的，请重新上传文件。")
    if queries.load_of(tried) is not None:
        raise Refusal(f"“{tried.name}”试运行之后已经正式导入。", LIST, "目录没有再次改动；需要再次导入的，请重新上传文件。")
    kept = of_case(number, LABEL)[0]
    return import_occupations(name=tried.name, content=content_of(kept), dry_run=False, by=by, at=at)


def _chunks(outcomes: Sequence[OccupationOutcome]) -> Iterator[Sequence[OccupationOutcome]]:
    for start in range(0, len(outcomes), CHUNK):
        yield outcomes[start : start + CHUNK]


def _read(name: str, content: bytes) -> list[OccupationOutcome]:
    ending = Path(name).suffix.lower()
    if ending not in {".csv", ".xlsx"}:
        raise Refusal(f"不能读取“{name}”。", LIST, "请上传 .csv 或 .xlsx 文件。")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"list{ending}"
        path.write_bytes(content)
        try:
            return read_occupations(path)
        except FileRefused as refusal:
            raise Refusal(refusal.sentence, LIST, "目录没有改动。") from refusal


@transaction.atomic
def _begin(name: str, content: bytes, rows: int, dry_run: bool, by: Actor, at: datetime) -> CatalogueImport:
    digest = hashlib.sha256(content).hexdigest()
    run = CatalogueImport.objects.create(
        number=f"ML{at:%Y}{next_serial(f'catalogue-import-{at:%Y}'):04d}",
        name=name[:200],
        sha256=digest,
        dry_run=dry_run,
        run_by_id=by.user_id,
        run_at=at,
        counts={"rows": rows},
    )
    attach(case=run.number, label=LABEL, name=name, content=content, by=by, at=at)
    event = "catalogue.tried" if dry_run else "catalogue.load_begun"
    record(event, f"sha256:{digest[:48]}", by=by, at=at, detail={"import": run.number, "name": name, "rows": rows})
    return run


def _load(run: CatalogueImport, chunk: Sequence[OccupationOutcome], by: Actor, at: datetime) -> Counter[str]:
    codes = [outcome.row.code for outcome in chunk if outcome.row]
    known = {row.code: row for row in Occupation.objects.select_for_update().filter(code__in=codes, until__isnull=True)}
    ended = {
        row.code: row.until
        for row in Occupation.objects.filter(code__in=codes, until__isnull=False).order_by("until")
        if row.until is not None
    }
    made: list[Occupation] = []
    closed: list[Occupation] = []
    report = [_judge(run, outcome, known, ended, made, closed, at.date()) for outcome in chunk]
    if not run.dry_run:
        Occupation.objects.bulk_update(closed, ["until"])
        Occupation.objects.bulk_create(made)
    CatalogueImportRow.objects.bulk_create(report)
    counts = Counter(row.outcome for row in report)
    if not run.dry_run:
        lines = json.dumps([[row.row_number, row.code, row.outcome] for row in report]).encode()
        detail = {"rows": [chunk[0].number, chunk[-1].number], "counts": dict(counts), "outcomes_sha256": hashlib.sha256(lines).hexdigest()}
        record("catalogue.chunk_loaded", run.number, by=by.with_key(""), at=at, detail=detail)
    return counts


def _judge(
    run: CatalogueImport,
    outcome: OccupationOutcome,
    known: dict[str, Occupation],
    ended: dict[str, date],
    made: list[Occupation],
    closed: list[Occupation],
    day: date,
) -> CatalogueImportRow:
    row = outcome.row
    if row is None:
        sentence = "".join(error.sentence for error in outcome.errors)
        return _line(run, outcome.number, "", "", "refused", sentence)
    if len(row.name) > LONGEST_NAME:
        return _line(run, row.number, row.code, row.name, "refused", f"职业名称超过{LONGEST_NAME}个字，请核对是否与别的列串在一起。")
    standing = known.get(row.code)
    first = OCCUPATIONS_2022.in_force_from
    if standing is None:
        gone = ended.get(row.code)
        since = max(first, gone) if gone is not None else first
        if since > day:
            return _line(run, row.number, row.code, row.name, "refused", f"该编码的原职业到{since:%Y年%m月%d日}才终止，请届时再导入。")
        made.append(_occupation(row, since, ""))
        return _line(run, row.number, row.code, row.name, "new", f"自{since:%Y年%m月%d日}起列入目录。")
    if name_key(standing.name) == name_key(row.name):
        return _line(run, row.number, row.code, row.name, "unchanged", "目录中已有，名称相同。")
    if standing.since >= day:
        return _line(run, row.number, row.code, row.name, "refused", f"“{standing.name}”今天才列入目录，不能在同一天更名。")
    standing.until = day
    closed.append(standing)
    made.append(_occupation(row, day, standing.industry, standing.major, standing))
    return _line(run, row.number, row.code, row.name, "renamed", f"原名“{standing.name}”，自{day:%Y年%m月%d日}起更名，等级和标准沿用。")


def _occupation(row: OccupationRow, since: date, industry: str, major: str = "", succeeds: Occupation | None = None) -> Occupation:
    return Occupation(
        code=row.code,
        name=row.name,
        name_key=name_key(row.name),
        pinyin_key=pinyin_key(row.name),
        major=(row.extra.get("major", "") or major)[:80],
        industry=industry,
        since=since,
        succeeds=succeeds,
    )


def _line(run: CatalogueImport, number: int, code: str, name: str, outcome: str, sentence: str) -> CatalogueImportRow:
    return CatalogueImportRow(run=run, row_number=number, code=code, name=name, outcome=outcome, sentence=sentence[:300])
