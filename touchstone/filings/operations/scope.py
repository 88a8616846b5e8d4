"""申报范围: may this line be asked for, and does it stay within what was agreed to?"""

from datetime import date, datetime

from django.db import transaction

from touchstone.accounts.actor import Actor
from touchstone.bodies.queries import venues_of
from touchstone.catalogue import queries as catalogue
from touchstone.filings import permissions
from touchstone.filings.facts import body_kind_of, rules_day, scope_facts
from touchstone.filings.models import Filing, ScopeItem
from touchstone.filings.operations._case import NothingToDo, locked, note
from touchstone.filings.operations.save import check_editable
from touchstone.filings.queries.changing import LAW as CHANGED
from touchstone.filings.queries.changing import changes_of, kind_of
from touchstone.filings.queries.consenting import agreed_key, consents_wanted, covers, needs_venues, not_agreed
from touchstone.filings.queries.scope import lines_of
from touchstone.filings.states import State
from touchstone.kernel.law import Refusal
from touchstone.kernel.rules import Outcome
from touchstone.policy.documents import notice
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.scope import check_scope_item


class ScopeRefused(Refusal):
    """This line cannot be filed."""


@transaction.atomic
def add_scope_item(*, number: str, occupation: str, trade: str, level: int, standard: str, venue: str, by: Actor, at: datetime) -> ScopeItem:
    """This function will add a line to a draft's scope: an occupation's code, a trade's name (or none), a level, the numbers of a
    standard and of a venue.

    :raises ScopeRefused: when the occupation, level or standard may not be filed, each with its clause; when the venue is not the
        body's own; when it is there already; when it goes beyond what was consented to.
    """
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    item = _checked(filing, occupation, trade, level, standard, venue, at)
    item.save()
    note("filing.scope_added", filing, by=by, at=at, item=agreed_key(item), standard=item.standard.number, venue=item.venue.number)
    return item


def _checked(filing: Filing, code: str, trade_name: str, level: int, standard_number: str, venue_number: str, at: datetime) -> ScopeItem:
    day = rules_day(filing, at.date())
    occupation = catalogue.occupation(code, day)
    trade = catalogue.trade(occupation, trade_name, day) if occupation and trade_name else None
    if occupation is None or (trade_name and trade is None):
        raise ScopeRefused(
            f"“{trade_name or code}”在{day}不属于国家公布的可备案职业（工种）。", notice("一"), "请从职业目录中查找并选择，目录之外的职业不能备案。"
        )
    if not 1 <= level <= 5:
        raise ScopeRefused("请选择五级至一级中的等级。", notice("一"), "特级技师、首席技师由企业评聘，不在备案范围内。")
    venue = venues_of(filing.body, at.date()).filter(number=venue_number).first()
    if venue is None:
        raise ScopeRefused("所选考核点不是本机构正在使用的考核点。", notice("三(二)5"), "请先在“考核点”页面登记，再选择。")
    name = f"{occupation.name}（{trade.name}）" if trade else occupation.name
    standard = catalogue.standards_of(occupation).filter(number=standard_number).first()
    if standard is None:
        raise ScopeRefused(f"“{name}”没有选择依据的标准。", notice("三(二)1"), "请选择现行国家职业标准，企业也可以选择经核准的评价规范。")
    if standard.trade is not None and standard.trade.name != trade_name:
        raise ScopeRefused(f"《{standard.title}》只适用于其他工种，不能作为“{name}”的依据。", notice("三(二)1"), "请选择本工种的标准。")
    if standard.kind == "specification" and standard.owner_id not in {None, filing.body.office_id}:
        raise ScopeRefused(f"《{standard.title}》由其他单位制定，本机构不能使用。", notice("三(二)1"), "请选择国家职业标准或本单位的评价规范。")
    item = ScopeItem(filing=filing, occupation=occupation, trade=trade, level=level, standard=standard, venue=venue)
    for finding in check_scope_item(body_kind_of(filing), scope_facts(item), day):
        if finding.outcome is Outcome.UNMET:
            raise ScopeRefused(f"{finding.reason}。", finding.clause, "请改选职业目录中可备案的职业（工种）、等级和现行标准。")
    _check_purpose(filing, item, name, at.date())
    if filing.scope.filter(occupation=occupation, trade=trade, level=level, venue=venue).exists():
        raise ScopeRefused(f"“{name}”{level}级在{venue.name}已经填报过。", None, "无需重复添加；要换标准的，请先移除原来的一行。")
    _stay_within_consent(filing, item, name, at.date())
    return item


def _check_purpose(filing: Filing, item: ScopeItem, name: str, day: date) -> None:
    """An amendment adds what it was begun for; a renewal asks for what stands."""
    if filing.root is None:
        return
    kind = kind_of(item, lines_of(filing.root, day))
    if filing.purpose == Purpose.RENEW:
        if kind is not None:
            sentence = f"“{name}”{item.level}级在{item.venue.name}不在现有备案范围内。"
            raise ScopeRefused(sentence, CHANGED, "续期不增加范围，需要增加的请另行申请变更。")
    elif kind is None:
        raise ScopeRefused(f"“{name}”{item.level}级在{item.venue.name}已经备案，依据的标准也相同。", CHANGED, "无需变更，请改选其他内容。")
    elif kind not in changes_of(filing):
        chosen = "、".join(change.label for change in changes_of(filing))
        raise ScopeRefused(
            f"“{name}”{item.level}级在{item.venue.name}属于变更{kind.label}，本次只选择了变更{chosen}。",
            CHANGED,
            "各类变更的环节不同；需要时请撤回本件，重新选择要变更的内容。",
        )


def _stay_within_consent(filing: Filing, item: ScopeItem, name: str, day: date) -> None:
    if filing.state == State.DRAFTED:
        return
    standing = lines_of(filing.root, day) if filing.root else []
    for group in consents_wanted(filing, day):
        if not not_agreed([item], standing, venues=needs_venues(group.key)):
            continue
        for one in group.offices:
            if one.state == "given" and one.consent and not covers(one.consent, one.wanted, [item]):
                raise ScopeRefused(
                    f"“{name}”{item.level}级在{item.venue.name}不在{one.consent.office.name}已经同意的范围内。",
                    group.needed.clause,
                    "本次申请不能增加征求范围以外的职业、等级或考核点；请撤回后重新征求同意，或另行申请。",
                )
        if group.key == "consent_of_venues" and item.venue.district not in {one.wanted.district for one in group.offices}:
            raise ScopeRefused(
                f"{item.venue.name}所在区没有被征求过同意。",
                group.needed.clause,
                "本次申请不能增加其他区的考核点；请撤回后重新征求同意，或另行申请。",
            )


@transaction.atomic
def remove_scope_item(*, number: str, item_id: int, by: Actor, at: datetime) -> None:
    """This function will take a line off a draft's scope. :raises NothingToDo: when there is no such line."""
    filing = locked(number)
    permissions.check_may(by, "write", filing)
    check_editable(filing)
    item = filing.scope.select_related("occupation", "trade", "standard", "venue").filter(pk=item_id).first()
    if item is None:
        raise NothingToDo("这一行已经移除。", None, "请刷新页面查看最新范围。")
    key, venue = agreed_key(item), item.venue.number
    item.delete()
    note("filing.scope_removed", filing, by=by, at=at, item=key, venue=venue)
