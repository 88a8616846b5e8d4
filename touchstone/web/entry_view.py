"""登记内容公用: what does the page of an entry of a body's registers show, to the body and to the offices?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from touchstone.catalogue.queries import names_of
from touchstone.policy.provinces import is_outside, province_name
from touchstone.web.paper_columns import period_words
from touchstone.web.templatetags.look import day

if TYPE_CHECKING:
    from touchstone.bodies.models import Agreement, Commission, Student, Subsidiary, Worker

Facts = list[tuple[str, Any]]
HINTS = {
    "workers": "劳动合同、派遣协议、外包合同或社会保险缴费记录；直接用工以外的用工形式须有证明。",
    "students": "学籍证明、学历证书等。",
    "agreements": "协议原件扫描件；没有原件的协议不能作为参评依据。",
    "commissions": "委托协议扫描件和委托单位盖章的职工名单；没有原件的委托不能作为参评依据。",
    "subsidiaries": "工商登记、公司章程等股权关系证明；没有证明的下属企业不能作为参评依据。",
    "apprentices": "学徒培养协议扫描件；没有协议的不能转正定级。",
    "enterprise_standards": "已发布的企业标准文本。",
}
"""Which papers lie under an entry of each register."""


def worker_facts(row: "Worker") -> Facts:
    """This function will give what is entered about a person in post, the identity number masked."""
    return [
        ("证件号码", row.person.id_masked),
        ("用工形式", row.form),
        ("派遣或承揽单位", row.through or "—"),
        ("所属下属企业", row.subsidiary.name if row.subsidiary else "—"),
        ("岗位", row.post or "—"),
        ("在岗起始日", day(row.since)),
        ("离岗日", day(row.until) if row.until else "—"),
        ("用工证明", row.evidence or "—"),
    ]


def student_facts(row: "Student") -> Facts:
    """This function will give what is entered about a student, the identity number masked."""
    paper = row.agreement
    return [
        ("证件号码", row.person.id_masked),
        ("依据", f"与{paper.school}的协议{paper.number}" if paper else "本校学籍"),
        ("学籍号", row.register_number),
        ("专业", row.major),
        ("培养层次", row.programme or "—"),
        ("学习形式", "全日制" if row.full_time else "非全日制"),
        ("入学日", day(row.enrolled_on)),
        ("预计毕业日", day(row.graduates_on)),
        ("离校日", day(row.left_on) if row.left_on else "—"),
    ]


def agreement_facts(row: "Agreement") -> Facts:
    """This function will give what is entered about a cooperation agreement."""
    partner = row.school_body
    return [
        ("院校统一社会信用代码", row.school_uscc),
        ("本平台评价机构", partner.number if partner else "不是"),
        ("专业", "、".join(row.majors)),
        ("签订日", day(row.signed_on)),
        ("有效期", period_words(row.since, row.until)),
        ("提前终止日", day(row.ended_on) if row.ended_on else "—"),
    ]


def commission_facts(row: "Commission", used: int, today: date) -> Facts:
    """This function will give what is entered about a commission, with the places taken."""
    names = names_of(row.occupations, today)
    return [
        ("委托单位统一社会信用代码", row.client_uscc),
        ("不具备自主评价条件的说明", row.lacks),
        ("委托评价的职业", "、".join(f"{code} {names.get(code, '')}".strip() for code in row.occupations)),
        ("约定人数", f"{row.people:,}人"),
        ("已接受", f"{used:,}人，还可接受{max(0, row.people - used):,}人"),
        ("签订日", day(row.signed_on)),
        ("有效期", period_words(row.since, row.until)),
        ("提前终止日", day(row.ended_on) if row.ended_on else "—"),
    ]


def subsidiary_facts(row: "Subsidiary", in_post: int) -> Facts:
    """This function will give what is entered about a subsidiary, with how many of its people are entered as in post."""
    place = "市域外" if is_outside(row.province) else "本市"
    return [
        ("统一社会信用代码", row.uscc),
        ("所在地", f"{province_name(row.province)}（{place}）"),
        ("地址", row.address),
        ("持股比例", f"{float(row.share):g}%"),
        ("登记在岗职工", f"{in_post:,}人"),
        ("纳入日", day(row.since)),
        ("退出日", day(row.until) if row.until else "—"),
    ]
