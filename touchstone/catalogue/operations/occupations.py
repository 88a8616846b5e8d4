"""职业登记: an occupation, its trades and its fileable levels are entered from a day on, and ended on a day."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries
from touchstone.catalogue.models import FileableLevel, Occupation, Standard, Trade
from touchstone.catalogue.names import pinyin_key
from touchstone.catalogue.permissions import check_may
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width, name_key
from touchstone.ledger.operations import record
from touchstone.policy.documents import OCCUPATIONS_2022, notice

if TYPE_CHECKING:
    from touchstone.catalogue.queries import Renaming

CODE = re.compile(r"\d-\d{2}-\d{2}-\d{2}", re.ASCII)
LIST = notice("一")
NAMES = OCCUPATIONS_2022.clause("职业编码")


@transaction.atomic
def enter_occupation(*, code: str, name: str, since: date, by: Actor, at: datetime, industry: str = "", major: str = "") -> Occupation:
    """This function will enter an occupation from `since` on. A standing code under another name is renamed from that day:
    what was called so before keeps its name for the days before.

    :raises Refusal: for a malformed code, no name, or a day that does not come after what stands there.
    """
    check_may(by, "keep_list")
    code, name = half_width(code), half_width(name)
    if not CODE.fullmatch(code):
        raise Refusal(f"职业编码“{code}”的形式不对。", NAMES, "请按4-03-02-01的形式填写。")
    if not name:
        raise Refusal("职业名称没有填写。", NAMES, "请按职业分类大典填写名称。")
    standing = Occupation.objects.select_for_update().filter(code=code, until__isnull=True).first()
    if standing is not None and standing.name == name:
        standing.industry, standing.major = industry or standing.industry, major or standing.major
        standing.save(update_fields=["industry", "major"])
        record("occupation.confirmed", code, by=by, at=at, detail={"name": name, "industry": standing.industry})
        return standing
    latest = Occupation.objects.filter(code=code).order_by("-since").first()
    if latest is not None and since < (latest.until or date.fromordinal(latest.since.toordinal() + 1)):
        raise Refusal(
            f"编码 {code} 在{since:%Y年%m月%d日}已是“{latest.name}”。", NAMES, "更名或重新使用编码的起始日必须在原职业起始日之后、终止日当天或之后。"
        )
    if standing is not None:
        standing.until = since
        standing.save(update_fields=["until"])
        industry, major = industry or standing.industry, major or standing.major
    made = Occupation.objects.create(
        code=code, name=name, name_key=name_key(name), pinyin_key=pinyin_key(name), industry=industry, major=major, since=since, succeeds=standing
    )
    event = "occupation.renamed" if standing is not None else "occupation.entered"
    detail = {"name": name, "since": since.isoformat(), "formerly": standing.name if standing is not None else ""}
    record(event, code, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def recode_occupation(*, code: str, new_code: str, since: date, reason: str, by: Actor, at: datetime) -> Occupation:
    """This function will give an occupation another code from `since` on (改编码): its trades and levels go with it, and its standards when
    the day has come (`carry_renamings`).

    :raises Refusal: when nothing stands under the code, the new one is malformed or taken, no reason is given, or the day is not after its first.
    """
    check_may(by, "keep_list")
    new_code = half_width(new_code)
    found = Occupation.objects.select_for_update(of=("self",)).filter(code=code, until__isnull=True).first()
    if found is None:
        raise Refusal(f"目录中没有现行的职业 {code}。", LIST, "请核对编码；已经终止的职业不能改编码。")
    if not CODE.fullmatch(new_code) or new_code == code:
        raise Refusal(f"新的职业编码“{new_code}”的形式不对，或者与原编码相同。", NAMES, "请按4-03-02-01的形式填写新的编码。")
    if Occupation.objects.filter(code=new_code, until__isnull=True).exists():
        raise Refusal(f"编码 {new_code} 在目录中已有现行的职业。", NAMES, "请核对新的编码；两个职业合并的，终止其中一个。")
    if since <= found.since or Occupation.objects.filter(code=new_code, until__gt=since).exists():
        raise Refusal(f"{since:%Y年%m月%d日}不能改编码。", NAMES, f"请改填{found.since:%Y年%m月%d日}以后、新编码没有其他职业的日期。")
    if not reason.strip():
        raise Refusal("没有说明改编码的原因。", LIST, "请写明调整所依据的文件。")
    found.until = since
    found.save(update_fields=["until"])
    told = {name: getattr(found, name) for name in ("name", "name_key", "pinyin_key", "major", "industry")}
    made = Occupation.objects.create(code=new_code, since=since, succeeds=found, **told)
    trades = {one.pk: Trade.objects.create(occupation=made, name=one.name, since=since) for one in _open(Trade, code)}
    for level in _open(FileableLevel, code):
        trade = trades.get(level.trade_id or 0)
        FileableLevel.objects.create(occupation=made, trade=trade, level=level.level, since=since, document=level.document)
    for kind in (FileableLevel, Trade):
        _open(kind, code).update(until=since)
    standards = _carry_standards(found, made) if since <= at.date() else 0
    detail = {"name": made.name, "since": since.isoformat(), "formerly": code, "trades": len(trades), "standards": standards}
    record("occupation.recoded", new_code, by=by, at=at, reason=reason.strip(), detail=detail)
    return made


def carry_renamings(*, renamings: "Sequence[Renaming]", by: Actor, at: datetime) -> int:
    """This function will let standards follow an occupation to its new code once the day has come, and count them. For the platform only."""
    check_may(by, "clock")
    carried = 0
    for one in renamings:
        if one.old.code == one.new.code or one.new.since > at.date():
            continue
        with transaction.atomic():
            if rows := _carry_standards(one.old, one.new):
                record("standards.carried", one.new.code, by=by.with_key(""), at=at, reason=one.told, detail={"standards": rows})
        carried += rows
    return carried


def _carry_standards(old: Occupation, new: Occupation) -> int:
    """Those of the occupation itself under any name it had; a code that another occupation took later keeps that one's."""
    return Standard.objects.filter(occupation__code=old.code, occupation__since__lte=old.since).update(occupation=new)


def _open(kind: Any, code: str) -> Any:
    return kind.objects.filter(occupation__code=code, until__isnull=True)


@transaction.atomic
def end_occupation(*, code: str, until: date, reason: str, by: Actor, at: datetime) -> Occupation:
    """This function will end an occupation on `until` (exclusive), with its trades, levels and standards (职业分类调整).

    :raises Refusal: when nothing stands under the code, the day is not after its first, or no reason is given.
    """
    check_may(by, "keep_list")
    found = Occupation.objects.select_for_update().filter(code=code, until__isnull=True).first()
    if found is None:
        raise Refusal(f"目录中没有现行的职业 {code}。", LIST, "请核对编码；已经终止的职业无需重复办理。")
    if until <= found.since:
        raise Refusal("终止日必须晚于起始日。", LIST, f"“{found.name}”自{found.since:%Y年%m月%d日}起列入目录，请改填以后的日期。")
    if not reason.strip():
        raise Refusal("没有说明终止的原因。", notice("三(四)3"), "请写明调整所依据的文件。")
    found.until = until
    found.save(update_fields=["until"])
    ended = {
        "trades": Trade.objects.filter(occupation__code=code, until__isnull=True, since__lt=until).update(until=until),
        "levels": FileableLevel.objects.filter(occupation__code=code, until__isnull=True, since__lt=until).update(until=until),
        "standards": Standard.objects.filter(occupation__code=code, until__isnull=True, in_force_from__lt=until).update(until=until),
    }
    record("occupation.ended", code, by=by, at=at, reason=reason.strip(), detail={"until": until.isoformat(), **ended})
    return found


@transaction.atomic
def enter_trade(*, code: str, name: str, since: date, by: Actor, at: datetime) -> Trade:
    """This function will enter a trade of an occupation from `since` on. :raises Refusal: for no name or one standing already."""
    check_may(by, "keep_list")
    occupation = _standing(code, since)
    name = half_width(name)
    if not name:
        raise Refusal("工种名称没有填写。", LIST, "请按国家公布的目录填写。")
    if queries.trades_of(occupation).filter(name=name, until__isnull=True).exists():
        raise Refusal(f"“{occupation.name}”已有工种“{name}”。", LIST, "无需重复登记。")
    made = Trade.objects.create(occupation=occupation, name=name, since=since)
    record("trade.entered", code, by=by, at=at, detail={"name": name, "since": since.isoformat()})
    return made


@transaction.atomic
def open_levels(
    *, code: str, trade: str, levels: Iterable[int], since: date, document: str, by: Actor, at: datetime
) -> list[FileableLevel]:
    """This function will make levels of an occupation (of one trade, when named) fileable from `since` on.

    Levels that are open already stay as they are. :raises Refusal: for a level outside 1…5, no document, an unknown trade.
    """
    check_may(by, "keep_list")
    occupation = _standing(code, since)
    wanted = sorted(set(levels), reverse=True)
    if not wanted or not set(wanted) <= {1, 2, 3, 4, 5}:
        raise Refusal("等级没有选择或者不在五级至一级之间。", LIST, "请至少选择一个等级。")
    if not document.strip():
        raise Refusal("没有写明公布该等级的文件。", LIST, "请填写文件名称或文号，依据将随目录公开。")
    row = queries.trade(occupation, trade, since) if trade else None
    if trade and row is None:
        raise Refusal(f"“{occupation.name}”没有工种“{trade}”。", LIST, "请先登记工种。")
    standing = {
        each.level for each in queries.fileable_levels(occupation) if each.until is None and (each.trade.name if each.trade else "") == trade
    }
    made = [
        FileableLevel.objects.create(occupation=occupation, trade=row, level=level, since=since, document=document.strip())
        for level in wanted
        if level not in standing
    ]
    if not made:
        raise Refusal("所选等级都已在可备案范围内。", LIST, "无需重复登记。")
    detail = {"trade": trade, "levels": [each.level for each in made], "since": since.isoformat(), "document": document.strip()}
    record("levels.opened", code, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def end_level(*, level_id: int, until: date, reason: str, by: Actor, at: datetime) -> FileableLevel:
    """This function will take a level off the fileable list on `until` (exclusive). :raises Refusal: ended already, no reason."""
    check_may(by, "keep_list")
    found = FileableLevel.objects.select_for_update(of=("self",)).select_related("occupation").get(pk=level_id)
    if found.until is not None:
        raise Refusal("该等级已经终止备案。", LIST, "无需重复办理。")
    if until <= found.since:
        raise Refusal("终止日必须晚于起始日。", LIST, f"该等级自{found.since:%Y年%m月%d日}起可备案，请改填以后的日期。")
    if not reason.strip():
        raise Refusal("没有说明终止的原因。", LIST, "请写明调整所依据的文件。")
    found.until = until
    found.save(update_fields=["until"])
    detail = {"level": found.level, "until": until.isoformat()}
    record("level.ended", found.occupation.code, by=by, at=at, reason=reason.strip(), detail=detail)
    return found


def _standing(code: str, day: date) -> Occupation:
    found = queries.occupation(code, day)
    if found is None:
        raise Refusal(f"{day:%Y年%m月%d日}目录中没有职业 {code}。", LIST, "请先登记职业，或改填起始日。")
    return found
