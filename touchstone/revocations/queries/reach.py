"""影响范围: what would the revocation of these certificates reach, reckoned before anything is done?"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from touchstone.accounts.actor import Actor
from touchstone.certificates.queries import resting_on, with_numbers
from touchstone.kernel.law import Refusal
from touchstone.kernel.numbers import half_width
from touchstone.policy.certificates.revocation import LAW
from touchstone.revocations import permissions
from touchstone.revocations.queries.cases import open_rows_of, support_on

if TYPE_CHECKING:
    from touchstone.certificates.models import Certificate
    from touchstone.revocations.models import SupportPayment

_MOST_ROWS = 2000
"""What one case may hold; more is several cases."""
_DEEPEST = 10


@dataclass(frozen=True)
class Dependent:
    """A certificate for which another was a condition: in which generation, and on which it rests."""

    certificate: "Certificate"
    rests_on: str
    generation: int


@dataclass(frozen=True)
class Line:
    """What one given number leads to: a certificate that can be put into a case, or the sentence why not."""

    number: str
    certificate: "Certificate | None"
    sentence: str = ""


@dataclass(frozen=True)
class Reach:
    """The whole reach of a revocation, reckoned before anything is done."""

    lines: list[Line]
    dependents: list[Dependent] = field(default_factory=list)
    support: "list[SupportPayment]" = field(default_factory=list)

    @property
    def good(self) -> "list[Certificate]":
        return [line.certificate for line in self.lines if line.certificate is not None and not line.sentence]

    @property
    def holders(self) -> int:
        return len({one.holder_id for one in self.good})

    @property
    def support_total(self) -> Decimal:
        return sum((one.amount for one in self.support), Decimal(0))

    @property
    def counts(self) -> dict[str, Any]:
        """What is kept with the case."""
        return {
            "certificates": len(self.good),
            "holders": self.holders,
            "dependents": len(self.dependents),
            "support": len(self.support),
            "support_total": str(self.support_total),
        }


def numbers_in(text: str) -> list[str]:
    """This function will read certificate numbers from pasted text, in order, each once."""
    words = half_width(text).upper()
    for mark in ",;、，；\t\r\n":
        words = words.replace(mark, " ")
    return list(dict.fromkeys(words.split()))


def reach_of(given: Iterable[str], actor: Actor) -> Reach:
    """This function will reckon what revoking these certificates would reach: holders, dependents over generations, support paid.

    :raises Refusal: without numbers, and for more than one case holds.
    """
    numbers = list(dict.fromkeys(given))
    if not numbers:
        raise Refusal("没有证书编号。", LAW, "请粘贴、导入或者搜索要核查的证书。")
    if len(numbers) > _MOST_ROWS:
        raise Refusal(f"一件案件最多{_MOST_ROWS:,}本证书，现有{len(numbers):,}本。", LAW, "请分几件立案。")
    found = {one.number: one for one in with_numbers(numbers)}
    taken = open_rows_of(found)
    lines = [_line(number, found.get(number), taken.get(number, ""), actor) for number in numbers]
    good = [line.number for line in lines if not line.sentence]
    dependents = dependents_of(good)
    support = list(support_on([*good, *(one.certificate.number for one in dependents)]))
    return Reach(lines, dependents, support)


def _line(number: str, found: "Certificate | None", case: str, actor: Actor) -> Line:
    if found is None:
        return Line(number, None, f"没有编号为{number[:40]}的证书，请核对。")
    if sentence := permissions.why_not_about(actor, found.body):
        return Line(number, found, sentence)
    if not found.is_valid:
        return Line(number, found, "该证书已经撤销，不需要再立案。")
    if case:
        return Line(number, found, f"该证书正在案件{case}中核查，不重复立案。")
    return Line(number, found)


def dependents_of(numbers: Iterable[str]) -> list[Dependent]:
    """This function will give the valid certificates that rest on these, generation by generation; those given are not among them."""
    seen, layer, found = set(numbers), list(numbers), []
    for generation in range(1, _DEEPEST + 1):
        next_layer = {number: rests for number, rests in resting_on(layer).items() if number not in seen}
        if not next_layer:
            break
        seen |= set(next_layer)
        found += [Dependent(one, next_layer[one.number], generation) for one in with_numbers(next_layer) if one.is_valid]
        layer = list(next_layer)
    return found
