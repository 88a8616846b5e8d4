"""标准登记: an edition of a national standard or of an enterprise's assessment specification is entered or ended."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.catalogue import queries
from touchstone.catalogue.models import Standard
from touchstone.catalogue.permissions import check_may, check_may_enter
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width
from touchstone.ledger.numbering import next_serial
from touchstone.ledger.operations import record
from touchstone.policy.documents import notice
from touchstone.policy.filing.scope import BASES, Basis
from touchstone.policy.roles import BodyKind

if TYPE_CHECKING:
    from touchstone.accounts.models import Office

BASIS = notice("三(二)1")


@transaction.atomic
def enter_standard(
    *,
    number: str,
    kind: str,
    code: str,
    title: str,
    edition: str,
    levels: Iterable[int],
    in_force_from: date,
    by: Actor,
    at: datetime,
    trade: str = "",
    owner: "Office | None" = None,
    approved_on: date | None = None,
    replaces: str = "",
    printed_years: Mapping[str, int] | None = None,
) -> Standard:
    """This function will enter an edition. `owner` is whose specification it is; `replaces` names the edition that ends that day;
    `printed_years` are the years its conditions print, by the keys of `policy.eligibility.override.PRINTED_YEARS`.

    :raises Refusal: for a number taken, an unknown occupation, no levels, a specification without owner or approval.
    """
    check_may_enter(by, kind, owner, approved_on)
    number, title, edition = half_width(number), half_width(title), half_width(edition)
    for value, label in ((number, "编号"), (title, "名称"), (edition, "版本")):
        if not value:
            raise Refusal(f"标准的{label}没有填写。", BASIS, f"请填写{label}。")
    if kind not in Standard.Kind.values:
        raise Refusal("没有说明是国家职业标准还是评价规范。", BASIS, "请选择类别。")
    if Standard.objects.filter(number=number).exists():
        raise Refusal(f"编号 {number} 的标准已经登记。", BASIS, "新的版本请使用新的编号。")
    # An edition may be older than today's list: standards of 2018 serve occupations that were listed under their code in 2022.
    day = in_force_from if queries.occupation(code, in_force_from) else max(in_force_from, at.date())
    occupation = queries.occupation(code, day)
    if occupation is None:
        raise Refusal(f"{day:%Y年%m月%d日}目录中没有职业 {code}。", notice("一"), "请核对编码和施行日，或先登记职业。")
    row = queries.trade(occupation, trade, day) if trade else None
    if trade and row is None:
        raise Refusal(f"“{occupation.name}”没有工种“{trade}”。", notice("一"), "请先登记工种，或留空表示适用于整个职业。")
    wanted = sorted(set(levels), reverse=True)
    if not wanted or not set(wanted) <= {1, 2, 3, 4, 5}:
        raise Refusal("等级没有选择或者不在五级至一级之间。", BASIS, "请按标准正文选择等级。")
    if kind == Standard.Kind.SPECIFICATION:
        if owner is None:
            raise Refusal("评价规范没有说明由哪家机构制定。", BASIS, "评价规范只供制定它的用人单位使用，请选择制定单位。")
        if approved_on is not None and approved_on > at.date():
            raise Refusal("核准日晚于今天。", BASIS, "请按核准文件填写；尚未核准的，请留空。")
    else:
        owner, approved_on = None, None
    _end_replaced(replaces, occupation.code, in_force_from)
    made = Standard.objects.create(
        number=number,
        kind=kind,
        occupation=occupation,
        trade=row,
        title=title,
        edition=edition,
        levels=wanted,
        in_force_from=in_force_from,
        owner=owner,
        approved_on=approved_on,
        printed_years=dict(printed_years) if printed_years else None,
    )
    detail = {"kind": kind, "code": code, "edition": edition, "levels": wanted, "since": in_force_from.isoformat(), "replaces": replaces}
    record("standard.entered", number, by=by, at=at, detail=detail)
    return made


@transaction.atomic
def enter_own_specification(
    *, body_kind: BodyKind, code: str, title: str, edition: str, levels: Iterable[int], in_force_from: date, by: Actor, at: datetime, owner: "Office"
) -> Standard:
    """This function will enter an enterprise's own specification, not yet approved; what it says is written down next. `body_kind` is what the
    body is. :raises Refusal: for a body that may not rest on one (`通知 三(二)1`), or what `enter_standard` refuses."""
    bases = BASES.on(at.date())
    if Basis.SPECIFICATION not in bases.value[body_kind]:
        sentence = f"{body_kind.label}只能依据国家职业标准，不能自行编制评价规范。"
        raise Refusal(sentence, bases.clause, "尚未颁布国家职业标准的职业，暂不纳入评价项目。")
    number = f"PG{at.year}{next_serial(f'specification-{at.year}'):05d}"
    return enter_standard(
        number=number, kind=Standard.Kind.SPECIFICATION, code=code, title=title, edition=edition, levels=levels, in_force_from=in_force_from,
        owner=owner, by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def approve_specification(*, number: str, approved_on: date, by: Actor, at: datetime) -> Standard:
    """This function will note that an assessment specification was approved. :raises Refusal: for another kind, or a second time."""
    check_may(by, "keep_standards")
    found = Standard.objects.select_for_update(of=("self",)).get(number=number)
    if found.kind != Standard.Kind.SPECIFICATION:
        raise Refusal("国家职业标准由国家颁布，无需核准。", BASIS, "只有评价规范需要登记核准日。")
    if found.approved_on is not None:
        raise Refusal(f"该评价规范已于{found.approved_on:%Y年%m月%d日}核准。", BASIS, "无需重复登记。")
    if approved_on > at.date():
        raise Refusal("核准日晚于今天。", BASIS, "请按核准文件填写。")
    found.approved_on = approved_on
    found.save(update_fields=["approved_on"])
    record("standard.approved", number, by=by, at=at, detail={"approved_on": approved_on.isoformat()})
    return found


@transaction.atomic
def end_standard(*, number: str, until: date, reason: str, by: Actor, at: datetime) -> Standard:
    """This function will end an edition on `until` (exclusive). :raises Refusal: ended already, a day too early, no reason."""
    check_may(by, "keep_standards")
    found = Standard.objects.select_for_update(of=("self",)).get(number=number)
    if found.until is not None:
        raise Refusal(f"该标准已于{found.until:%Y年%m月%d日}废止。", BASIS, "无需重复办理。")
    if until <= found.in_force_from:
        raise Refusal("废止日必须晚于施行日。", BASIS, f"该标准自{found.in_force_from:%Y年%m月%d日}起施行，请改填以后的日期。")
    if not reason.strip():
        raise Refusal("没有说明废止的原因。", BASIS, "请写明废止所依据的文件或替代它的版本。")
    found.until = until
    found.save(update_fields=["until"])
    record("standard.ended", number, by=by, at=at, reason=reason.strip(), detail={"until": until.isoformat()})
    return found


def _end_replaced(replaces: str, code: str, day: date) -> None:
    if not replaces:
        return
    old = Standard.objects.select_for_update(of=("self",)).filter(number=replaces, occupation__code=code, until__isnull=True).first()
    if old is None or old.in_force_from >= day:
        raise Refusal(f"被替代的标准 {replaces} 不是该职业现行的较早版本。", BASIS, "请从现行版本中选择。")
    old.until = day
    old.save(update_fields=["until"])
