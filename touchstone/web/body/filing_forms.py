"""备案填报表单: what may be typed in each section, and how does it become what is kept?"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from touchstone.filings.facts import rules_day, scope_rows, sheet_of
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.minima import SYSTEMS
from touchstone.policy.filing.undertaking import PROMISES
from touchstone.web.forms import Form

if TYPE_CHECKING:
    from touchstone.filings.models import Filing

_LONG = 4000


class SectionForm(Form):
    """A section of the draft. Nothing is required to save it: what is missing is told beside it. `revision` is what the page was opened on."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


def _words(label: str, hint: str = "", *, rows: int = 0, length: int = 200) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=_LONG if rows else length, help_text=hint, widget=widget)


def fields_of(section: str, filing: "Filing", day: date) -> dict[str, forms.Field]:
    """This function will give the fields of a written section; a field's name is the key under which its value is kept."""
    match section:
        case "identity":
            return {
                "department": _words("负责评价工作的部门"),
                "leader": _words("分管负责人"),
                "phone": _words("评价工作联系电话", length=40),
                "basis": _words("开展评价的基础和需求", "职工人数、技能人员结构、近三年评价情况、预计每年评价人数等。", rows=5),
            }
        case "systems":
            names = in_force(SYSTEMS, rules_day(filing, day)).value
            return {f"system:{name}": _words(name) for name in names}
        case "questions":
            sets = {f"sets:{key}": _count(label) for key, label in _papers(filing).items()}
            return sets | {
                "source": _words("命题来源与审题", "由谁依据什么命题，怎样审题。", rows=3),
                "secrecy": _words("题库与试卷保密", "命题、印制、运送、保管、回收各环节的保密措施。", rows=3),
                "quality": _words("内部质量督导与问题追溯", "谁督导、怎样记录、发现问题怎样整改和追责。", rows=3),
                "system": _words("信息化管理", "报名、审核、考务、成绩怎样在系统中全程留痕。", rows=3),
            }
        case "self_score":
            made: dict[str, forms.Field] = {}
            for item in sheet_of(filing, day).items:
                made[f"score:{item.key}"] = forms.DecimalField(
                    label=f"{item.title} 自评分", required=False, min_value=0, max_value=item.full_mark, decimal_places=1,
                    widget=forms.NumberInput({"step": "0.5", "inputmode": "decimal"}),
                )
                made[f"note:{item.key}"] = forms.CharField(label=f"{item.title} 佐证说明", required=False, max_length=500)
            return made
        case _:
            promises = in_force(PROMISES, rules_day(filing, day)).value
            return {f"promised:{p.key}": forms.BooleanField(label=p.sentence, required=False) for p in promises} | {
                "signer": _words("承诺人（法定代表人或分管负责人）姓名", length=60)
            }


def _count(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=f"{label} 题库套数", required=False, min_value=0, max_value=9999)


def _papers(filing: "Filing") -> dict[str, str]:
    return {f"{item.occupation.code}|{item.level}": f"{item.occupation.name} {item.level_label}" for item in scope_rows(filing)}


def section_form(section: str, filing: "Filing", day: date, data: Mapping[str, Any] | None = None) -> SectionForm:
    """This function will make the form of a section, filled with what is kept, or with what was just sent."""
    kept = filing.sections.filter(key=section).first()
    form = SectionForm(data, initial=_initial(section, kept.content if kept else {}) | {"revision": kept.revision if kept else 0})
    form.fields.update(fields_of(section, filing, day))
    for name, field in form.fields.items():
        if isinstance(field, forms.IntegerField | forms.DecimalField) and name != "revision":
            field.error_messages["invalid"] = f"{field.label}应填写数字。"
    return form


def _initial(section: str, content: Mapping[str, Any]) -> dict[str, Any]:
    match section:
        case "systems":
            return {f"system:{name}": value for name, value in content.items()}
        case "questions":
            return {f"sets:{key}": value for key, value in content.get("sets", {}).items()} | {k: v for k, v in content.items() if k != "sets"}
        case "self_score":
            return {f"{part}:{key}": line.get(part, "") for key, line in content.items() for part in ("score", "note")}
        case "promise":
            return {f"promised:{key}": True for key in content.get("promised", [])} | {"signer": content.get("signer", "")}
        case _:
            return dict(content)


def content_of(section: str, form: SectionForm) -> dict[str, Any]:
    """This function will turn a valid form into what is kept of the section."""
    given = {name: _text(value) for name, value in form.cleaned_data.items() if name not in {"revision", "request_key"}}
    match section:
        case "systems":
            return {name.removeprefix("system:"): value for name, value in given.items()}
        case "questions":
            sets = {name.removeprefix("sets:"): value for name, value in given.items() if name.startswith("sets:")}
            return {name: value for name, value in given.items() if not name.startswith("sets:")} | {"sets": sets}
        case "self_score":
            keys = [name.removeprefix("score:") for name in given if name.startswith("score:")]
            return {key: {"score": given[f"score:{key}"], "note": given[f"note:{key}"]} for key in keys}
        case "promise":
            promised = [name.removeprefix("promised:") for name, value in form.cleaned_data.items() if name.startswith("promised:") and value]
            return {"promised": promised, "signer": given["signer"]}
        case _:
            return given


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def differing(form: SectionForm) -> list[tuple[str, str, str]]:
    """This function will give what was kept by another and what was typed here, where they differ: label, theirs, ours."""
    found = []
    for field in form.visible_fields():
        theirs, ours = _text(form.initial.get(field.name, "")), _text(field.value())
        if theirs != ours and {theirs, ours} != {"False", ""}:
            found.append((str(field.label), theirs or "（空）", ours or "（空）"))
    return found
