"""使用许可: a body asks to use the city bank's questions of a standard; the centre grants it for a term, declines, or ends it with a reason."""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import own_body
from touchstone.catalogue import queries as catalogue
from touchstone.kernel.law import Refusal
from touchstone.kernel.periods import add_months
from touchstone.ledger.numbering import next_serial
from touchstone.parameters.queries import in_force
from touchstone.policy.questions.lending import LICENCE_MONTHS
from touchstone.policy.roles import Role
from touchstone.questions import permissions
from touchstone.questions.models import Bank, Licence
from touchstone.questions.operations._case import LAW, NothingHere, note, words
from touchstone.questions.operations.banks import CITY_BANK
from touchstone.tasks.operations import close_tasks, open_task, send_copy


@transaction.atomic
def ask_licence(*, standard: str, reason: str, by: Actor, at: datetime) -> Licence:
    """This function will ask for the use of the city bank's questions of a standard. :raises Refusal: while one is asked for or in force."""
    permissions.check_may(by, "ask_licence")
    body = own_body(by)
    bank = Bank.objects.filter(number=CITY_BANK).first()
    if bank is None:
        raise Refusal("市级题库还没有建立。", LAW, "请等待市职鉴中心建立市级题库。")
    found = catalogue.standards_in_force(catalogue.standards(), at.date()).filter(number=standard, owner__isnull=True).first()
    if found is None:
        raise Refusal("所选的国家职业标准不存在，或者今天不在施行期内。", LAW, "请从现行标准中选择。")
    reason = words(reason, "申请使用市级题库须写明用途。", "例如：用于本单位车工五级认定的理论组卷。")
    standing = Licence.objects.filter(body=body, standard=found, refused_because="", ended_because="").order_by("-id").first()
    if standing is not None and (standing.until is None or standing.until > at.date()):
        sentence = "正在办理" if standing.until is None else f"有效期至{standing.until}（不含）"
        raise Refusal(f"{found}的许可{standing.number}{sentence}。", LAW, "无需重复申请。")
    made = Licence.objects.create(
        number=f"XK{at:%Y}{next_serial(f'licence-{at:%Y}'):05d}", bank=bank, body=body, standard=found, asked_at=at, asked_because=reason
    )
    title = f"请决定题库使用许可：{body.name} {found}"
    open_task(case=made.number, matter="licence.decide", title=title[:200], office_id=bank.office_id, role=Role.BANK_KEEPER, by=by, at=at)
    note("licence.asked", made, by=by, at=at, reason=reason, standard=standard)
    return made


@transaction.atomic
def grant_licence(*, number: str, until: date, by: Actor, at: datetime) -> Licence:
    """This function will grant a licence from today until a day (exclusive). :raises Refusal: for a term too long or none, or when decided."""
    licence = _locked(number)
    permissions.check_may(by, "decide_licence")
    _check_undecided(licence)
    day, months = at.date(), in_force(LICENCE_MONTHS, at.date())
    if not day < until <= add_months(day, months.value):
        raise Refusal(f"许可期限应在今天以后，且不超过{months.value}个月。", months.clause, f"最晚可以到{add_months(day, months.value)}。")
    licence.since, licence.until = day, until
    return _decided(licence, "licence.granted", f"已许可，至{until}（不含）", by, at)


@transaction.atomic
def refuse_licence(*, number: str, reason: str, by: Actor, at: datetime) -> Licence:
    """This function will decline a licence. :raises WordsMissing: without a reason. :raises Refusal: when it was decided."""
    licence = _locked(number)
    permissions.check_may(by, "decide_licence")
    _check_undecided(licence)
    licence.refused_because = words(reason, "不予许可须写明理由。", "理由将告知申请机构。")
    return _decided(licence, "licence.refused", "不予许可", by, at, licence.refused_because)


@transaction.atomic
def end_licence(*, number: str, reason: str, by: Actor, at: datetime) -> Licence:
    """This function will take a licence back from today on; papers already composed keep what was lent.

    :raises WordsMissing: without a reason. :raises Refusal: when it is not in force.
    """
    licence = _locked(number)
    permissions.check_may(by, "decide_licence")
    if licence.since is None or licence.ended_because or (licence.until is not None and licence.until <= at.date()):
        raise Refusal(f"许可{number}不在有效期内。", LAW, "无需收回。")
    licence.ended_because = words(reason, "收回许可须写明理由。", "理由将告知该机构。")
    licence.save()
    send_copy(case=number, title=f"题库使用许可{number}已收回", office_id=licence.body.office_id, words=licence.ended_because, by=by, at=at)
    note("licence.ended", licence, by=by, at=at, reason=licence.ended_because)
    return licence


def _locked(number: str) -> Licence:
    found = Licence.objects.select_for_update(of=("self",)).select_related("body", "standard", "bank").filter(number=number).first()
    if found is None:
        raise NothingHere(f"没有编号为{number}的许可。", LAW, "请从许可列表中选择。")
    return found


def _check_undecided(licence: Licence) -> None:
    if licence.decided_at is not None:
        raise Refusal(f"许可{licence.number}已经作出决定。", LAW, "需要调整的，请收回后由机构重新申请。")


def _decided(licence: Licence, event: str, outcome: str, by: Actor, at: datetime, reason: str = "") -> Licence:
    licence.decided_at, licence.decided_by_id = at, by.user_id
    licence.save()
    close_tasks(case=licence.number, by=by, at=at, outcome=outcome)
    send_copy(
        case=licence.number, title=f"题库使用许可{licence.number}：{outcome}", office_id=licence.body.office_id, words=reason, by=by, at=at
    )  # fmt: skip
    note(event, licence, by=by, at=at, reason=reason, until=licence.until.isoformat() if licence.until else "")
    return licence
