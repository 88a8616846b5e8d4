"""虚构人群: who lives in the synthetic city, and what have they learnt and done before they apply?"""

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from touchstone.kernel.periods import add_years
from touchstone.policy.eligibility.applicant import Relation
from touchstone.simulation.identity import Registry, phone
from touchstone.simulation.names import person_name


@dataclass(frozen=True)
class Someone:
    """A person as they show their papers."""

    name: str
    id_number: str
    male: bool
    birthday: date
    phone: str


@dataclass(frozen=True)
class Application:
    """What somebody declares and can prove when they apply for a level; `proofs` are as a reviewer notes them."""

    condition: str
    claims: dict[str, Any]
    proofs: dict[str, dict[str, Any]]


class Crowd:
    """Draws people; the same chance gives the same people in the same order."""

    def __init__(self, random: Random, *, registry: Registry | None = None, phones_from: int = 1_000_000) -> None:
        self.random = random
        self._registry = registry or Registry(random)
        self._serial, self._phones_from = 0, phones_from

    def grown_up(self, day: date, *, youngest: int = 28, oldest: int = 58) -> Someone:
        """This method will give somebody between two ages (both in full years) on a day."""
        male = self.random.random() < 0.6
        born_from, born_until = add_years(day, -oldest), add_years(day, -youngest)
        number, birthday = self._registry.enter(born_from=born_from, born_until=born_until, male=male)
        self._serial += 1
        return Someone(person_name(self.random, male=male), number, male, birthday, phone(self._phones_from + self._serial))

    def qualification(self) -> str:
        """This method will give the number of an assessor's qualification."""
        return f"KP31{self.random.randrange(10**6):06d}"

    def applies(self, level: int, day: date, *, able: bool = True, student: bool = False) -> tuple[Someone, Application]:
        """This method will give somebody who applies for a level on a day; who is not `able` has worked too short a time for it.

        A student is in the final year of a workers' school of the level.
        """
        if student and level in (3, 4, 5):
            return self._student(level, day, able)
        least = {5: 0, 4: 5, 3: 10, 2: 5, 1: 5}[level]
        years = least + self.random.randrange(1, 9) if able else max(0, least - self.random.randrange(2, 4))
        earlier = level + 1 if level <= 2 else None
        someone = self.grown_up(day, youngest=18 + years + (10 if earlier else 0), oldest=57)
        if not able and level == 5:
            someone = self.grown_up(day, youngest=14, oldest=15)
        condition = {5: "5-1" if self.random.random() < 0.4 else "5-2", 4: "4-1", 3: "3-1", 2: "2-1", 1: "1-1"}[level]
        begun = date(day.year - years - 1, self.random.randrange(1, 13), 1)
        if not able and level < 5:
            begun = date(day.year - years, 1, 1)
        claims: dict[str, Any] = {
            "years_in_field": str(years),
            "started_work_on": begun.isoformat(),
            "certificate": None,
            "education": self.random.choice(("中等专科", "技工学校", "普通高中", "大学专科和专科学校", "大学本科")),
            "major": "无",
            "ethnicity": "维吾尔族" if "·" in someone.name else "汉族",
            "collect_by": "电子证书",
            "exam_kind": "正考",
        }
        proofs: dict[str, dict[str, Any]] = {}
        if level < 5 or condition == "5-2":
            period = {"since": begun.isoformat(), "until": None, "relation": Relation.SAME.value}
            proofs["work"] = {"periods": [period], "attachments": [], "remark": "已核社会保险缴费记录和劳动合同"}
        if earlier:
            issued = date(day.year - years - 1, 6, 1)
            number = f"Y000031{self.random.randrange(900_000, 999_999)}{issued:%y}{earlier}{self.random.randrange(1, 10**6):06d}"
            claims["certificate"] = {"level": earlier, "number": number}
            proved = {"level": earlier, "issued_on": issued.isoformat(), "relation": Relation.SAME.value, "number": number}
            proofs["certificate"] = {**proved, "attachments": [], "remark": "已核原证书"}
        return someone, Application(condition, claims, proofs)

    def _student(self, level: int, day: date, able: bool) -> tuple[Someone, Application]:
        someone = self.grown_up(day, youngest=17, oldest=21) if able or level < 5 else self.grown_up(day, youngest=14, oldest=15)
        claims: dict[str, Any] = {"years_in_field": "0", "started_work_on": None, "certificate": None, "education": "技工学校", "major": "相关专业"}
        if level == 5:
            return someone, Application("5-1", claims, {})
        school, school_class = ("senior_technical_school", "senior") if level == 3 else ("technical_school", "intermediate")
        proof = {"school": school, "school_class": school_class, "graduated_on": None, "final_year": True, "major_related": able}
        noted: dict[str, Any] = {**proof, "programme_assessed": None, "attachments": [], "remark": "已核学籍证明"}
        return someone, Application("3-4" if level == 3 else "4-3", claims, {"schooling": noted})
