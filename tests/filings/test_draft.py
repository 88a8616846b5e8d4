"""备案填报: is nothing lost when two write at once, and is the draft checked as it stands?"""

from typing import Any

import pytest

from touchstone.accounts.actor import PLATFORM
from touchstone.filings import operations, queries
from touchstone.filings.operations import SomebodySaved
from touchstone.ledger.queries import history
from touchstone.simulation.filing import PDF


def save(cast, number, text, *, session, revision):
    return operations.save_draft(
        number=number, section="identity", content={"basis": text}, revision=revision, session=session, by=cast.lin, at=cast.at
    )


def test_one_page_saves_itself_many_times_and_leaves_one_line(cast):
    """同一页面反复自动保存，只算一次修订、一条存证。"""
    number = operations.begin_filing(by=cast.lin, at=cast.at).number
    before = history(number).count()
    for text in ("一", "一二", "一二三"):
        kept = save(cast, number, text, session="甲页", revision=0)
    assert (kept.revision, kept.content) == (1, {"basis": "一二三"})
    assert history(number).count() == before + 1


def test_second_of_two_editors_is_told_and_nothing_is_overwritten(cast):
    """两人同时打开，后保存的被告知，先保存的内容不被覆盖；对照之后可以再保存。"""
    number = operations.begin_filing(by=cast.lin, at=cast.at).number
    save(cast, number, "先写的", session="甲页", revision=0)
    with pytest.raises(SomebodySaved, match="没有覆盖"):
        save(cast, number, "后写的", session="乙页", revision=0)
    assert queries.filing(number, PLATFORM).sections.get().content == {"basis": "先写的"}
    assert save(cast, number, "合在一起的", session="乙页", revision=1).revision == 2
    with pytest.raises(SomebodySaved):
        save(cast, number, "甲页又写", session="甲页", revision=0)


def test_every_section_tells_what_is_missing(cast):
    """空白申请的每个部分都说明缺什么、依据什么。"""
    number = operations.begin_filing(by=cast.lin, at=cast.at).number
    found = queries.check(queries.filing(number, cast.lin), cast.at.date())
    lacking = {key for key, findings in found.items() if any(f.outcome != "met" for f in findings)}
    assert lacking == set(queries.TITLES) - {"identity", "changes"}
    assert all(f.reason and str(f.clause) for findings in found.values() for f in findings)


def test_all_met_when_all_is_there(cast, filed_to):
    """填报齐全时没有缺项。"""
    assert queries.blockers(queries.filing(filed_to("consented"), cast.lin), cast.at.date()) == ()


def test_rules_day_is_the_first_request_for_consent(cast, filed_to):
    """适用规则日是首次征求同意之日，以后重新征求也不变。"""
    number = filed_to("consent_sought")
    day = cast.at.date()
    operations.answer_consent(number=number, given=False, opinion="范围过大", by=cast.jiang, at=cast.at)
    later = cast.at.replace(day=20)
    operations.seek_consent(number=number, office_ids=[cast.he.office_id], by=cast.lin, at=later)
    assert queries.filing(number, cast.lin).rules_day == day
    assert [c.given for c in queries.consents(queries.filing(number, cast.lin))] == [False, None]


def test_after_consent_only_what_was_agreed_to(cast, filed_to):
    """取得同意以后可以减少范围，也可以加回已同意的职业等级，不能增加新的。"""
    number = filed_to("consented")
    filing = queries.filing(number, cast.lin)
    item = queries.scope_of(filing)[0]
    again: dict[str, Any] = {
        "occupation": item.occupation.code,
        "trade": "",
        "level": item.level,
        "standard": item.standard.number,
        "venue": item.venue.number,
    }
    operations.remove_scope_item(number=number, item_id=item.pk, by=cast.lin, at=cast.at)
    operations.add_scope_item(number=number, by=cast.lin, at=cast.at, **again)
    with pytest.raises(operations.ScopeRefused, match="已经同意的范围"):
        operations.add_scope_item(number=number, by=cast.lin, at=cast.at, **(again | {"level": 1}))


def test_withdrawn_evidence_leaves_the_list_and_keeps_its_line(cast, filed_to):
    """移除的材料不再列出，存证仍在；再上传即可。"""
    number = filed_to("drafted")
    draft = queries.filing(number, cast.lin)
    label = "经费保障说明"
    from touchstone.files.queries import of_case

    file = of_case(number, label).get()
    operations.withdraw_evidence(number=number, attachment=file.number, by=cast.lin, at=cast.at)
    found = queries.check(draft, cast.at.date())["evidence"][0]
    assert found.outcome == "unproven" and label in found.ask_for
    operations.attach_evidence(number=number, label=label, name="b.pdf", content=PDF, by=cast.lin, at=cast.at)
    assert queries.check(draft, cast.at.date())["evidence"][0].outcome == "met"
    assert {"file.attached", "file.withdrawn"} <= set(history(number).values_list("event", flat=True))
