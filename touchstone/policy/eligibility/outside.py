"""外部登记: which outside registers are asked about an applicant, what is each told, what may it answer, and when is a question put?

As little as will do leaves the platform: a question goes out only where a finding hangs on it, except whether name and number belong together and
whether the person lives, which are asked about everybody (空考、替考). What comes back is as little as the finding needs: whether the employer named
is the one that pays, and not who else ever was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from touchstone.kernel.law import Dated, Value
from touchstone.kernel.rules import Outcome
from touchstone.policy.documents import our_default
from touchstone.policy.eligibility.schooling import School, SchoolClass
from touchstone.policy.eligibility.words import ASK_CERTIFICATE, ASK_DIPLOMA, ASK_WORK

_SINCE = date(2018, 1, 1)


class Register(StrEnum):
    """The outside registers that are asked."""

    IDENTITY = "identity"
    DEATH = "death"
    INSURANCE = "insurance"
    SCHOOLING = "schooling"
    CERTIFICATE = "certificate"

    @property
    def label(self) -> str:
        return {
            "identity": "人口登记（姓名和证件号码）",
            "death": "人口登记（是否健在）",
            "insurance": "社会保险缴费登记",
            "schooling": "学籍学历登记",
            "certificate": "全国技能人才评价证书联网登记",
        }[self.value]

    @property
    def sends(self) -> tuple[str, ...]:
        """What of a person is told to the register, in words; the ledger keeps these words, never the values."""
        more = {"insurance": ("所填工作单位",), "certificate": ("所填证书编号",)}
        return ("姓名", "证件号码", *more.get(self.value, ()))


ASKED_OF_EVERYBODY = (Register.IDENTITY, Register.DEATH)
_EMPLOYED = "社会保险缴费记录"
_PROVES: Mapping[str, Register] = {
    ASK_WORK: Register.INSURANCE,
    _EMPLOYED: Register.INSURANCE,
    ASK_DIPLOMA: Register.SCHOOLING,
    ASK_CERTIFICATE: Register.CERTIFICATE,
}

FIRST_RETRY: Dated[int] = Dated(
    "外部登记没有应答时第一次再问的间隔",
    Value(_SINCE, 2, our_default("外部登记查询间隔")),
    key="eligibility.outside_first_retry",
    unit="分钟",
    changeable=True,
)
LONGEST_RETRY: Dated[int] = Dated(
    "外部登记没有应答时再问的最长间隔",
    Value(_SINCE, 360, our_default("外部登记查询间隔")),
    key="eligibility.outside_longest_retry",
    unit="分钟",
    changeable=True,
)


@dataclass(frozen=True)
class IdentityAnswer:
    """Whether name and number stand together; None where the number is not in the register."""

    fits: bool | None


@dataclass(frozen=True)
class DeathAnswer:
    """The day somebody died, None where no death is registered."""

    died_on: date | None


@dataclass(frozen=True)
class Spell:
    """A spell of paid contributions, until a day (exclusive) or still; whether the employer named in the question paid them."""

    since: date
    until: date | None
    by_named_employer: bool


@dataclass(frozen=True)
class InsuranceAnswer:
    """All spells of contributions on record."""

    spells: tuple[Spell, ...]


@dataclass(frozen=True)
class SchoolRecord:
    """Somebody at a school, finished or in the year of graduation."""

    school: School
    school_class: SchoolClass
    major: str
    graduated_on: date | None
    final_year: bool = False


@dataclass(frozen=True)
class SchoolingAnswer:
    """Every schooling on record."""

    records: tuple[SchoolRecord, ...]


@dataclass(frozen=True)
class CertificateAnswer:
    """The certificate of the number asked about: whether there is one, whether it is this person's, and what stands on it."""

    found: bool
    is_holders: bool = False
    level: int = 0
    occupation_code: str = ""
    issued_on: date | None = None
    valid: bool = False


Answer = IdentityAnswer | DeathAnswer | InsuranceAnswer | SchoolingAnswer | CertificateAnswer


def registers_for(findings: Iterable[Mapping[str, Any]]) -> tuple[Register, ...]:
    """This function will give the registers whose answer could prove what these stored findings lack, in order."""
    wanted = {register for finding in findings for register in proving(finding)}
    return tuple(one for one in Register if one in wanted)


def proving(finding: Mapping[str, Any]) -> frozenset[Register]:
    """This function will give the registers that could prove what one stored finding asks for."""
    if finding["outcome"] != Outcome.UNPROVEN.value:
        return frozenset()
    asked = str(finding.get("ask_for", ""))
    return frozenset(register for words, register in _PROVES.items() if words in asked)


def again_after(failures: int, day: date) -> timedelta:
    """This function will say how long to wait after so many failures in a row: twice as long each time, never longer than laid down."""
    longest = LONGEST_RETRY.on(day).value
    minutes = FIRST_RETRY.on(day).value * 2 ** min(max(failures - 1, 0), 16)
    return timedelta(minutes=min(minutes, longest))
