"""备案申报表: how is what was handed in laid out on paper?"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.timezone import localtime

from touchstone.filings import queries
from touchstone.filings.facts import sheet_of
from touchstone.filings.operations.submit import frozen
from touchstone.parameters.queries import in_force
from touchstone.policy.filing.purposes import Purpose
from touchstone.policy.filing.undertaking import PROMISES
from touchstone.print.filing_form import FilingForm, FormTable, Opinion, Section, print_filing_form
from touchstone.web.filing_view import consents_shown, route_title, scope_lines
from touchstone.web.templatetags.look import day as written_day

if TYPE_CHECKING:
    from touchstone.filings.models import Filing


_WHAT = {Purpose.NEW: "备案", Purpose.AMEND: "备案变更", Purpose.RENEW: "备案续期"}


def filing_pdf(filing: "Filing", day: date) -> HttpResponse:
    """This function will send the application form: as last handed in, or, before that, as it stands, marked 未提交."""
    submission = queries.latest_submission(filing)
    content = submission.content if submission else frozen(filing, day)
    applied = written_day(localtime(submission.submitted_at)) if submission else "未提交"
    form = FilingForm(
        title=f"职业技能等级评价机构{_WHAT[Purpose(filing.purpose)]}申报表",
        number=filing.number,
        body=content["body"]["name"],
        route=_route(filing, day),
        applied=applied,
        sections=_sections(filing, content, day),
        opinions=_opinions(filing, day),
        declaration="；".join(promise.sentence for promise in in_force(PROMISES, max(day, filing.rules_day or day)).value) + "。",
    )
    answer = HttpResponse(print_filing_form(form), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{filing.number}.pdf"'
    return answer


def _sections(filing: "Filing", content: dict[str, Any], day: date) -> tuple[Section, ...]:
    body, written = content["body"], content["sections"]
    identity, questions, scores = written.get("identity", {}), written.get("questions", {}), written.get("self_score", {})
    sheet = sheet_of(filing, day)
    return (
        Section(
            "机构信息",
            (
                ("机构名称", body["name"]),
                ("统一社会信用代码", body["uscc"]),
                ("机构类别", body["kind"]),
                ("所有制", body["ownership"]),
                ("注册地址", body["address"]),
                ("法定代表人", body["legal_representative"]),
                ("评价部门", identity.get("department", "")),
                ("分管负责人", identity.get("leader", "")),
                ("联系电话", identity.get("phone", "")),
            ),
            (identity.get("basis", ""),) if identity.get("basis") else (),
        ),
        *_changed(content.get("changes", {})),
        Section("申报范围", table=_table(("职业", "工种", "等级", "依据", "考核点"), (0, 26, 28, 48, 30), _scope(content))),
        Section("考核点与考场", table=_table(("考核点", "考场", "用途", "座位", "摄像头"), (0, 34, 34, 16, 18), _rooms(content))),
        Section("人员队伍", table=_table(("姓名", "职责", "职务", "考评职业", "资格证书"), (24, 34, 34, 0, 34), _staff(content))),
        Section("管理制度", table=_table(("制度", "文件名称或页码"), (60, 0), [(k, str(v)) for k, v in written.get("systems", {}).items()])),
        Section(
            "题库与质量管理",
            _paper_sets(content, questions.get("sets", {})),
            tuple(questions[key] for key in ("source", "secrecy", "quality", "system") if questions.get(key)),
        ),
        Section(
            "自评",
            table=_table(
                ("项目", "权重", "自评", "佐证说明"),
                (0, 14, 14, 46),
                [(i.title, str(i.weight), scores.get(i.key, {}).get("score", ""), scores.get(i.key, {}).get("note", "")) for i in sheet.items],
            ),
        ),
        Section("所附材料", table=_table(("材料", "文件名"), (60, 0), [(f["label"], f["name"]) for f in content["evidence"]])),
    )


_NAMED = (("name", "机构名称"), ("people", "法定代表人"), ("leader", "分管负责人"))


def _changed(told: dict[str, Any]) -> tuple[Section, ...]:
    """What an amendment or renewal does to the filing it changes."""
    if not told:
        return ()
    pairs = [(label, f"{told[key][0]} → {told[key][1]}") for key, label in _NAMED if told.get(key)]
    staff = [f"{one['duty']}{one['name']}{'加入' if one['joined'] else '退出'}" for one in told.get("staff", [])]
    pairs += [("主要人员", "；".join(staff))] if staff else []
    rows = [(label, line) for key, label in (("added", "增加"), ("ended", "减少"), ("kept", "不变")) for line in told.get(key, [])]
    reason = (told["reason"],) if told.get("reason") else ()
    return (Section("变更前后", tuple(pairs), reason, _table(("变化", "范围"), (24, 0), rows)),)


def _table(headers: tuple[str, ...], widths: tuple[float, ...], rows: Any) -> FormTable:
    return FormTable(headers, widths, tuple(tuple(row) for row in rows))


def _scope(content: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(x["occupation"], x["trade"], x["level_label"], x["standard"], x["venue"]) for x in scope_lines(content["scope"])]


def _rooms(content: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(v["name"], r["name"], r["purpose"], str(r["seats"]), str(r["cameras"])) for v in content["venues"] for r in v["rooms"]]


def _staff(content: dict[str, Any]) -> list[tuple[str, ...]]:
    return [(s["name"], s["duty"], s["post"], s["occupation"], s["qualification"]) for s in content["staff"]]


def _route(filing: "Filing", day: date) -> str:
    try:
        route = queries.route_of(filing, day)
    except KeyError:
        return route_title(filing)  # loaded as it stood: on no route of ours
    clause = next(step.clause for step in route if step.key == "decision")
    return f"{route.title}（{clause}）"


def _opinions(filing: "Filing", day: date) -> tuple[Opinion, ...]:
    """A box for every consent the route asks for, for a school the district's first opinion and the experts', and the decision."""
    boxes = [
        Opinion(f"{one['name']}意见", (consent.opinion or "同意"), consent.office.name, written_day(localtime(consent.answered_at)))
        if (consent := one["consent"]) and consent.given
        else Opinion(f"{one['name']}意见")
        for group in consents_shown(filing, day)
        for one in group["offices"]
        if group["how"] != "任选其一" or not group["met"] or (one["consent"] and one["consent"].given)
    ]
    first, panel, decision = queries.latest_first_opinion(filing), queries.latest_panel(filing), queries.decisions(filing).first()
    if first:
        boxes.append(Opinion("区人社局初审意见", first.opinion, "", written_day(localtime(first.given_at))))
    if panel and panel.concluded_at:
        verdict = "专家复核通过" if panel.passed else "专家复核未通过"
        boxes.append(Opinion("市职鉴中心专家复核意见", verdict, "", written_day(localtime(panel.concluded_at))))
    if decision:
        boxes.append(Opinion("备案决定", decision.opinion, "", written_day(localtime(decision.decided_at))))
    else:
        boxes.append(Opinion("备案决定"))
    return tuple(boxes)


def _paper_sets(content: dict[str, Any], sets: dict[str, str]) -> tuple[tuple[str, str], ...]:
    names = {line["code"]: line["occupation"] for line in content["scope"]}
    split = ((*key.split("|"), count) for key, count in sets.items() if "|" in key)
    return tuple((f"{names[code]}{level}级题库", f"{count}套") for code, level, count in split if code in names)
