"""装入机构与考核点: what comes of a row that tells of a body, or of a venue?"""

from touchstone.bodies import operations as bodies
from touchstone.bodies import queries
from touchstone.bodies.operations.loading import standard_name, why_not_code
from touchstone.filings.operations.loading.known import Came, Known, made, refused, unchanged
from touchstone.kernel.numbers import name_key, parse_uscc
from touchstone.policy.districts import DISTRICTS
from touchstone.policy.roles import BodyKind, Ownership
from touchstone.sheets.existing import ExistingRow
from touchstone.sheets.existing_fields import LEASED

KINDS = {kind.label: kind for kind in BodyKind}
OWNERSHIPS = {ownership.label: ownership for ownership in Ownership}
DISTRICT_CODES = {name: code for code, name in DISTRICTS.items()}


def take_body(row: ExistingRow, known: Known, fields: dict[str, str]) -> Came:
    """This function will enter a body, unless it is here; `fields` gives an industry's key by its name."""
    try:
        uscc = parse_uscc(row.text("uscc"))
    except ValueError as fault:
        return refused(str(fault))
    facts = bodies.BodyAsItStands(
        name=standard_name(row.text("name")),
        uscc=uscc,
        kind=KINDS[row.text("kind")],
        ownership=OWNERSHIPS[row.text("ownership")],
        district=DISTRICT_CODES[row.text("district")],
        industry=fields[row.text("industry")],
        address=row.text("address"),
        legal_representative=row.text("legal_representative"),
        founded_on=row.day("founded_on"),
        contact_name=row.text("contact_name"),
        contact_phone=row.text("contact_phone"),
        superior_id=known.superiors.get(name_key(row.text("superior"))) if row.text("superior") else None,
        site_code=row.text("site_code"),
    )
    if sentence := known.not_ours(facts.kind, facts.ownership, facts.district):
        return refused(sentence)
    standing = known.body(uscc)
    if standing is not None:
        return _standing(standing, facts, known)
    if same := queries.body_with_name(facts.name):
        return refused(f"平台上已有同名机构，信用代码是{same.uscc}，请核对")
    if facts.founded_on is not None and facts.founded_on > known.day:
        return refused(f"成立日期{facts.founded_on}晚于今天，请核对")
    if facts.site_code and (why := why_not_code(facts.site_code)):
        return refused(why)
    warnings = []
    if row.text("superior") and facts.superior_id is None:
        warnings.append(f"平台上没有名为“{row.text('superior')}”的市级行业主管部门，未登记上级主管部门")
    if facts.ownership is Ownership.ASSOCIATION and facts.kind is BodyKind.ENTERPRISE:
        warnings.append("协会原有的企业评价照原样装入，今后逐步纳入社会化认定（通知 三(一)2）")
    if known.dry:
        known.would_be_bodies[uscc] = _would_be(facts)
        return made("将新增机构" + ("" if facts.site_code else "，站点序列码由平台编配"), warnings)
    body = bodies.load_body(facts=facts, loading=known.loading.number, kept=known.site_codes, by=known.by, at=known.at)
    return made(f"新增机构{body.number}，站点序列码{body.site_code}", warnings, body=body.number)


def _standing(standing: queries.BodyRow, facts: bodies.BodyAsItStands, known: Known) -> Came:
    """The body is here: what it says of itself stands; only a site code it lacks is taken from the workbook."""
    if standing.name_key != name_key(facts.name):
        return refused(f"平台上该信用代码的机构是“{standing.name}”，表中是“{facts.name}”，请核对")
    if (standing.kind, standing.ownership) != (facts.kind.value, facts.ownership.value):
        kinds = f"{BodyKind(standing.kind).label}、{Ownership(standing.ownership).label}"
        return refused(f"平台上该机构登记为{kinds}，与表中不一致，请核对")
    if sentence := known.ground(standing):
        return refused(sentence)
    if facts.site_code and standing.site_code and facts.site_code != standing.site_code:
        return refused(f"平台上该机构的站点序列码是{standing.site_code}，表中是{facts.site_code}，请核对")
    if not facts.site_code or standing.site_code:
        return unchanged(f"机构{standing.number}已在平台上，以平台登记的信息为准")
    if why := why_not_code(facts.site_code):
        return refused(why)
    if not known.dry:
        bodies.load_site_code(body=standing, code=facts.site_code, loading=known.loading.number, by=known.by, at=known.at)
    return made(f"机构{standing.number}已在平台上，补记站点序列码{facts.site_code}", [], coded=standing.number)


def _would_be(facts: bodies.BodyAsItStands) -> queries.BodyRow:
    return queries.BodyRow(
        name=facts.name, name_key=name_key(facts.name), uscc=facts.uscc, kind=facts.kind, ownership=facts.ownership, district=facts.district
    )


def take_venue(row: ExistingRow, known: Known) -> Came:
    """This function will open a venue of a body that is known, unless it is here."""
    body = known.body(row.text("uscc"))
    if body is None:
        return refused(no_body(row))
    if sentence := known.ground(body):
        return refused(sentence)
    name = row.text("name")
    if name in known.venues(body):
        return unchanged(f"考核点“{name}”已在平台上")
    leased = row.text("tenure") == LEASED
    facts = bodies.VenueAsItStands(
        name=name,
        address=row.text("address"),
        district=DISTRICT_CODES.get(row.text("district"), ""),
        tenure="leased" if leased else "owned",
        leased_until=row.day("leased_until") if leased else None,
        since=row.day("since") or known.earliest.get(row.text("uscc"), known.day),
    )
    if facts.since > known.day:
        return refused(f"启用日{facts.since}晚于今天，请核对")
    warnings = []
    if leased and facts.leased_until is None:
        warnings.append("租赁的考核点没有填写租赁到期日")
    elif facts.leased_until is not None and facts.leased_until <= known.day:
        warnings.append(f"租赁已于{facts.leased_until}到期")
    if known.dry:
        known.would_be_venues[body.uscc][name] = queries.BodyVenue(name=name, district=facts.district)
        return made("将新增考核点", warnings)
    venue = bodies.load_venue(body=body, facts=facts, loading=known.loading.number, by=known.by, at=known.at)
    return made(f"新增考核点{venue.number}", warnings, venue=venue.number)


def no_body(row: ExistingRow) -> str:
    """This function will say that nobody is known under the row's credit code."""
    return f"“机构”表和平台上都没有信用代码为{row.text('uscc')}的机构，或者该机构没有装入，请先改正“机构”表"
