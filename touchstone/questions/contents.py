"""试题内容: how is what a question says sealed, and how does it become words, pairs of characters and facts?

A version's `sealed` is the neutral form of `measurement.interchange` as JSON, under the installation's key, bound to its place. Only
`operations.opening` opens one, and keeps who, when and why.
"""

import hashlib
from collections.abc import Iterable

from touchstone.accounts.people import field_key
from touchstone.measurement.interchange.form import read, written
from touchstone.measurement.interchange.question import Kind, Question
from touchstone.measurement.interchange.rich import Malformed, Rich, plain
from touchstone.measurement.interchange.soundness import check, unready

MOST_LETTERS = 26
_PERSON = b"questions.grams"


def sealed(number: str, sequence: int, content: Question) -> tuple[bytes, str]:
    """This function will seal what a version says, and give it with the digest of the clear text."""
    return field_key().seal(written(content), _place(number, sequence)), digest_of(content)


def digest_of(content: Question) -> str:
    """This function will give the SHA-256 of what a question says, as it is written."""
    return hashlib.sha256(written(content).encode()).hexdigest()


def unsealed(number: str, sequence: int, content: bytes) -> Question:
    """This function will open a sealed version; for `operations.opening` only. :raises SealBroken: when it was altered or moved."""
    return read(field_key().open(bytes(content), _place(number, sequence)))


def _place(number: str, sequence: int) -> str:
    return f"questions|version|{number}|{sequence}"


def words_of(content: Question) -> str:
    """This function will give every word of a question that makes it what it is: stem, options, slots, scoring points, parts."""
    return "\n".join(one for one in _words(content) if one)


def _words(content: Question) -> Iterable[str]:
    rich: list[Rich] = [content.stem, content.materials, *(one.content for one in content.options)]
    rich += [one.prompt for one in content.slots] + [option.content for slot in content.slots for option in slot.options]
    rich += [one.content for one in content.criteria]
    yield from (plain(one) for one in rich)
    for part in content.parts:
        yield from _words(part.question)


def grams_of(text: str) -> list[int]:
    """This function will give the pairs of neighbouring characters of a text, each once, as numbers in order.

    They are keyed, so that the table alone does not give the words away. Blanks, marks and case do not count.
    """
    letters = "".join(letter for letter in text.lower() if letter.isalnum())
    pairs = {letters[place : place + 2] for place in range(len(letters) - 1)}
    key = field_key().secret
    return sorted(_number(pair, key) for pair in pairs)


def _number(pair: str, key: bytes) -> int:
    digest = hashlib.blake2b(pair.encode(), digest_size=4, key=key, person=_PERSON).digest()
    return int.from_bytes(digest, "big") >> 1  # fits a signed integer of 32 bits


def lacking(content: Question, kind: str) -> tuple[str, ...]:
    """This function will name what a question of the bank's `kind` asks for and does not have."""
    try:
        check(content)
    except Malformed as fault:
        return (fault.sentence.rstrip("。"),)
    found = unready(content)
    if neutral_kind(kind) != content.kind:
        found.append("题型与内容不一致。")
    options = [plain(one.content) for one in content.options]
    if content.kind in {Kind.CHOICE, Kind.MULTIPLE} and len(set(options)) != len(options):
        found.append("有内容相同的选项。")
    if max(len(options), len(content.slots), *(len(slot.options) for slot in content.slots)) > MOST_LETTERS:
        found.append(f"选项（匹配的右项、空）超过{MOST_LETTERS}个，不能用字母作答。")
    if content.kind is Kind.MULTIPLE and len(content.key) < 2:
        found.append("多选题应有两个以上正确选项。")
    if content.kind in {Kind.EXTENDED, Kind.PRACTICAL} and any(one.points <= 0 for one in content.criteria):
        found.append("每个评分点的分值应大于0。")
    if kind == Kind.PRACTICAL and any(not one.group for one in content.criteria):
        found.append("实操任务的每个评分点应写明考核步骤。")
    return tuple(one.rstrip("。") for one in dict.fromkeys(found))


def neutral_kind(kind: str) -> Kind:
    """This function will give the kind of the neutral form for a kind of the bank: an essay (论述) is an extended answer too."""
    return Kind.EXTENDED if kind == "essay" else Kind(kind)
