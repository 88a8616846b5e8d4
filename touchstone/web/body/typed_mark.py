"""填写分数: which mark did somebody write in place of one that stands?"""

from collections.abc import Mapping
from decimal import Decimal

from touchstone.exams.operations.plans import RECORD
from touchstone.exams.states import Part
from touchstone.kernel.law import Refusal
from touchstone.sheets.cleaning import Unreadable
from touchstone.sheets.scores import read_score


def mark_typed(of: str, text: str) -> Decimal:
    """This function will read a mark of a subject or an element, by its name. :raises Refusal: for what is none; 缺考 is none, for whether somebody
    came is not settled here."""
    try:
        found = read_score(of, text)
    except Unreadable as fault:
        raise Refusal(fault.sentence, RECORD, "请改正后再提交。") from fault
    if found is None:
        raise Refusal(f"{of}已录分数，不能填缺考。", RECORD, "到考情况有误的，请先更正到考登记。")
    return found


def part_and_mark(post: Mapping[str, str]) -> tuple[Part, Decimal]:
    """This function will read the subject and the mark a form gives. :raises Refusal: for what is none."""
    try:
        part = Part(post.get("part", ""))
    except ValueError as fault:
        raise Refusal("没有这一科目。", RECORD, "请刷新页面后重试。") from fault
    return part, mark_typed(part.label, post.get("mark", ""))
