"""虚构考生: what have the candidates of the cast, who have a desk of their own, done before they apply?"""

from datetime import date

from touchstone.accounts.people import Identity
from touchstone.policy.eligibility.applicant import Relation
from touchstone.simulation.cast import identity_of
from touchstone.simulation.crowd import Application, Someone

BEGAN_WORK = date(2013, 7, 1)


def chen(day: date, level: int) -> tuple[Someone, Application]:
    """This function will give 陈 as somebody who applies on `day` for level 4 or 3 by years of work, with the papers to prove them."""
    return applying("chen", day, level)


def applying(username: str, day: date, level: int) -> tuple[Someone, Application]:
    """This function will give a candidate of the cast as somebody who applies on `day` by years of work, with the papers to prove them."""
    return by_years(identity_of(username), day, level)


def by_years(identity: Identity, day: date, level: int) -> tuple[Someone, Application]:
    """This function will give somebody as one who applies on `day` by years of work, with the papers to prove them."""
    shown = identity.read()
    assert shown.birthday is not None
    years = day.year - BEGAN_WORK.year
    claims = {
        "years_in_field": str(years), "started_work_on": BEGAN_WORK.isoformat(), "certificate": None, "education": "大学专科和专科学校",
        "major": "机械制造", "ethnicity": "汉族", "collect_by": "电子证书", "exam_kind": "正考",
    }  # fmt: skip
    worked = [{"since": BEGAN_WORK.isoformat(), "until": None, "relation": Relation.SAME.value}]
    proofs = {"work": {"periods": worked, "attachments": [], "remark": "已核社会保险缴费记录和劳动合同"}}
    person = Someone(shown.name, shown.id_number, shown.sex == "男", shown.birthday, shown.phone)
    return person, Application(f"{level}-1", claims, proofs)
