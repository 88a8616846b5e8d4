"""核对表单: what does the reviewer note as proved, for each kind of evidence?"""

from typing import Any

from django import forms

from touchstone.exams.facts.claims import ProofKind
from touchstone.policy.eligibility.applicant import Relation, TitleRank
from touchstone.policy.eligibility.schooling import School, SchoolClass
from touchstone.web.filters import DayInput
from touchstone.web.forms import Form
from touchstone.web.levels import LEVEL_CHOICES

_RELATIONS = [
    (Relation.SAME.value, "本职业"),
    (Relation.RELATED.value, "相关职业"),
    (Relation.UNCONFIRMED.value, "尚未确认"),
    (Relation.OTHER.value, "无关"),
]
_YES_NO = [("", "尚未核实"), ("yes", "是"), ("no", "否")]
PERIODS = 3
_THREE = {"major_related", "programme_assessed"}


def _day(label: str, *, required: bool = False) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=required)


class ProofForm(Form):
    """What all of them ask: on which files it rests, and what was seen."""

    attachments = forms.MultipleChoiceField(label="依据的材料", widget=forms.CheckboxSelectMultiple, required=False)
    remark = forms.CharField(label="核对说明", max_length=300, required=False, help_text="没有上传材料时必须写明核对了什么原件。")

    def __init__(self, *args: Any, files: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if files:
            self.fields["attachments"].choices = files  # type: ignore[attr-defined]
        else:
            del self.fields["attachments"]
        self.order_fields([name for name in self.fields if name not in {"attachments", "remark"}] + ["attachments", "remark"])

    def facts(self) -> dict[str, Any]:
        """Give the facts of this kind."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"attachments", "remark", "request_key"}}


class EmploymentForm(ProofForm):
    """In post since when."""

    since = _day("在岗起始日")
    until = _day("离岗日")


class WorkForm(ProofForm):
    """Up to three periods of work."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for place in range(1, PERIODS + 1):
            self.base_fields[f"since_{place}"] = _day(f"第{place}段 起", required=place == 1)
            self.base_fields[f"until_{place}"] = _day(f"第{place}段 止（至今则不填）")
            self.base_fields[f"relation_{place}"] = forms.ChoiceField(label=f"第{place}段 与本职业的关系", choices=_RELATIONS, required=False)
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        periods = [
            {"since": given[f"since_{n}"], "until": given[f"until_{n}"], "relation": given[f"relation_{n}"] or "same"}
            for n in range(1, PERIODS + 1)
            if given.get(f"since_{n}")
        ]
        return {"periods": periods}


class CertificateForm(ProofForm):
    """An earlier certificate."""

    level = forms.ChoiceField(label="证书等级", choices=LEVEL_CHOICES)
    issued_on = _day("发证日期", required=True)
    number = forms.CharField(label="证书编号", max_length=40, required=False)
    relation = forms.ChoiceField(label="与本职业的关系", choices=_RELATIONS)


class SchoolingForm(ProofForm):
    """A school finished or attended."""

    school = forms.ChoiceField(label="学校类别", choices=[(one.value, one.label) for one in School])
    school_class = forms.ChoiceField(label="班级类别", choices=[(one.value, one.label) for one in SchoolClass])
    graduated_on = _day("毕业日期")
    final_year = forms.BooleanField(label="在读应届毕业生", required=False)
    major_related = forms.ChoiceField(label="专业属于本专业或相关专业", choices=_YES_NO, required=False)
    programme_assessed = forms.ChoiceField(label="专业经评估论证", choices=_YES_NO, required=False)


class TitleForm(ProofForm):
    """A professional title."""

    rank = forms.ChoiceField(label="职称级别", choices=[(one.value, one.label) for one in TitleRank])
    obtained_on = _day("取得日期", required=True)
    relation = forms.ChoiceField(label="与本职业的关系", choices=_RELATIONS)


FORMS: dict[ProofKind, type[ProofForm]] = {
    ProofKind.EMPLOYMENT: EmploymentForm,
    ProofKind.WORK: WorkForm,
    ProofKind.CERTIFICATE: CertificateForm,
    ProofKind.SCHOOLING: SchoolingForm,
    ProofKind.TITLE: TitleForm,
}


def filled(kind: ProofKind, proof: dict[str, Any]) -> dict[str, Any]:
    """This function will give a stored proof as the form's first values, so that a correction starts from what stands."""
    found = {name: {True: "yes", False: "no"}.get(value, value) if name in _THREE else value for name, value in proof.items()}
    if kind is ProofKind.WORK:
        for place, one in enumerate(proof.get("periods", [])[:PERIODS], 1):
            found |= {f"since_{place}": one["since"], f"until_{place}": one["until"], f"relation_{place}": one["relation"]}
    if "level" in found:
        found["level"] = str(found["level"])
    return found


def told_facts(kind: ProofKind, proof: dict[str, Any]) -> list[tuple[str, str]]:
    """This function will put a stored proof into words."""
    relations = dict(_RELATIONS)
    told: list[tuple[str, str]] = []
    for one in proof.get("periods", []):
        told.append(("工作经历", f"{one['since']} 至 {one['until'] or '今'}（{relations[one['relation']]}）"))
    words = {
        "since": "在岗起始日",
        "until": "离岗日",
        "issued_on": "发证日期",
        "obtained_on": "取得日期",
        "number": "证书编号",
        "graduated_on": "毕业日期",
    }
    told += [(label, str(proof[key])) for key, label in words.items() if proof.get(key)]
    if kind is ProofKind.CERTIFICATE:
        told.insert(0, ("证书等级", dict(LEVEL_CHOICES)[str(proof["level"])]))
    if kind is ProofKind.SCHOOLING:
        told.insert(0, ("学校", f"{School(proof['school']).label} {SchoolClass(proof['school_class']).label}"))
        told += [("在读应届毕业生", "是")] if proof.get("final_year") else []
        told.append(("本专业或相关专业", {True: "是", False: "否", None: "尚未核实"}[proof.get("major_related")]))
    if kind is ProofKind.TITLE:
        told.insert(0, ("职称级别", TitleRank(proof["rank"]).label))
    if "relation" in proof:
        told.append(("与本职业的关系", relations[proof["relation"]]))
    told.append(("核对人", f"{proof['checked_by']}　{proof['checked_at'][:10]}"))
    return told + ([("核对说明", proof["remark"])] if proof.get("remark") else [])
