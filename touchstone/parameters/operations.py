"""参数办理: one person proposes a value from a day on, another approves it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.kernel.law import Dated, Refusal, named_values
from touchstone.kernel.periods import Calendar
from touchstone.ledger.operations import record
from touchstone.parameters import permissions
from touchstone.parameters.models import CalendarYear, ParameterVersion
from touchstone.policy.documents import notice


def _changeable(key: str) -> Dated[object]:
    found = next((dated for dated in named_values() if dated.key == key), None)
    if found is None or not found.changeable:
        raise Refusal("该数值由法规直接规定，不能在参数页修改。", notice("四(二)"), "法规修订后随新版本依据一并更新。")
    return found


def _check_shape(dated: Dated[object], value: Any, day: date) -> None:
    present = dated.on(max(day, dated.values[0].since)).value
    given = tuple(value) if isinstance(value, list) else value
    if type(given) is not type(present):
        raise Refusal("新值的类型与现行值不同。", next_step=f"现行值为“{present}”，请按同样的形式填写。")
    if isinstance(value, int | float) and value < 0:
        raise Refusal("参数值不能为负数。", next_step="请填写不小于0的数值。")
    if isinstance(present, Mapping):
        _check_table(present, value)


def _check_table(present: Mapping[Any, Any], given: Mapping[Any, Any]) -> None:
    """Let pass a table with the same lines as the present one: a rule that looks for a line must find it, and find there what it can read."""
    missing, unknown = [str(key) for key in present if key not in given], [key for key in given if key not in present]
    if missing or unknown:
        sentence = "、".join([f"缺少“{key}”" for key in missing] + [f"多出“{key}”" for key in unknown])
        raise Refusal(f"新值的各行与现行值不同：{sentence}。", next_step="请在现行值上修改，每一行都保留。")
    wrong = [str(key) for key in present if type(given[key]) is not type(present[key])]
    if wrong:
        raise Refusal(f"“{'”“'.join(wrong)}”的类型与现行值不同。", next_step="数字不加引号，文字加引号。")
    if any(isinstance(one, int | float) and one < 0 for one in given.values()):
        raise Refusal("参数值不能为负数。", next_step="请填写不小于0的数值。")


@transaction.atomic
def propose_value(*, key: str, value: Any, since: date, reason: str, by: Actor, at: datetime, document: str = "") -> ParameterVersion:
    """This function will propose a value of a parameter from `since` on (never in the past).

    :raises Refusal: when the parameter is fixed by law, the shape differs, the day has passed, or the reason is missing.
    """
    permissions.check_may_change(by)
    dated = _changeable(key)
    if since <= at.date():
        raise Refusal("生效日期必须晚于今天，已作出的决定不受新值影响。", notice("四(三)"), "请选择明天或以后的日期。")
    if not reason.strip():
        raise Refusal("请填写修改理由。", notice("四(三)"), "理由将随参数一并公开。")
    _check_shape(dated, value, since)
    assert by.user_id is not None
    version = ParameterVersion.objects.create(
        key=key, since=since, value=value, reason=reason, document=document, proposed_by_id=by.user_id, proposed_at=at
    )
    record("parameter.proposed", key, by=by, at=at, reason=reason, detail={"value": value, "since": since.isoformat()})
    return version


@transaction.atomic
def answer_proposal(*, version_id: int, approve: bool, answer: str, by: Actor, at: datetime) -> ParameterVersion:
    """This function will approve or turn down a proposal; never by the person who made it, never after its day has come.

    :raises Refusal: for the same person, an answered proposal, a day that has passed, or one already taken.
    """
    permissions.check_may_change(by)
    version = ParameterVersion.objects.select_for_update().get(pk=version_id)
    if version.answered_at is not None:
        raise Refusal("该提议已经复核。", next_step="如需再改，请另行提出。")
    if version.proposed_by_id == by.user_id:
        raise Refusal("参数须由两人办理，提出人不能复核自己的提议。", notice("四(三)"), "请由另一名政策管理员复核。")
    if approve and version.since <= at.date():
        raise Refusal("生效日期已过，不能追溯生效。", notice("四(三)"), "请退回，由提出人改选以后的日期。")
    if approve and ParameterVersion.objects.filter(key=version.key, since=version.since, approved=True).exists():
        raise Refusal("该参数在同一天已有一个通过的值。", next_step="请退回，由提出人改选日期。")
    version.approved, version.answer, version.answered_by_id, version.answered_at = approve, answer, by.user_id, at
    version.save()
    event = "parameter.approved" if approve else "parameter.turned_down"
    record(event, version.key, by=by, at=at, reason=answer, detail={"value": version.value, "since": version.since.isoformat()})
    return version


@transaction.atomic
def load_calendar(*, notices: Mapping[str, Mapping[str, list[str]]], document: str, by: Actor, at: datetime) -> list[int]:
    """This function will load the holiday notices of one or more years, `{"2027": {"off": [...], "worked": [...]}}`, and give the years.

    :raises Refusal: when a list is not of that shape, a day lies outside its year, or the document is not named.
    """
    if not by.is_platform:
        permissions.check_may_change(by)
    if not document.strip():
        raise Refusal("请填写国务院办公厅通知的文号。", next_step="文号将与节假日安排一并公开。")
    try:
        for year in notices:
            Calendar.from_notices({year: notices[year]})
    except (ValueError, TypeError, AttributeError) as error:
        raise Refusal(f"节假日安排有误：{error}。", next_step="请按“年度 → 放假日期、上班日期”的形式整理后再载入。") from error
    for year in sorted(notices):
        one = Calendar.from_notices({year: notices[year]})
        CalendarYear.objects.update_or_create(
            year=int(year),
            defaults={
                "off": sorted(one.off), "worked": sorted(one.worked), "document": document, "loaded_by_id": by.user_id, "loaded_at": at,
            },
        )
        record("calendar.loaded", f"calendar-{year}", by=by, at=at, detail={"document": document, "off": len(one.off), "worked": len(one.worked)})
    return [int(year) for year in sorted(notices)]
