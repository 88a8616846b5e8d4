"""查验命令: is this certificate genuine, and if not, what is wrong with it? Needs no database, and a network only to fetch what is not at hand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from touchstone.cli.verify_given import Given, NotReadable, fetched, read_given
from touchstone.trust.canonical import Malformed, parse
from touchstone.trust.claims import PURPOSES, StructureBroken, list_address, read_claims
from touchstone.trust.credentials import check
from touchstone.trust.curve import KeyRefused
from touchstone.trust.identity import opens
from touchstone.trust.issuers import Issuers, IssuersBroken
from touchstone.trust.log.notes import Verifier
from touchstone.trust.multibase import Misspelt, from_base64url
from touchstone.trust.qr import NotSealed, open_sealed, read_sealed
from touchstone.trust.receipts import receipt_step
from touchstone.trust.signing import ED25519, check_public_key, from_multikey
from touchstone.trust.verdicts import Step, Verdict

_MARKS = {"good": ("✔", "green"), "bad": ("✘", "red"), "unknown": ("？", "yellow")}
_WORDS = {"good": "真实有效", "bad": "不予承认", "unknown": "不能确定"}
_CODES = {"good": 0, "bad": 1, "unknown": 2}


@click.command(help="查验一本证书：凭证JSON、附有凭证的PDF、二维码的网址或文字、二维码图片。真实有效以0退出，不予承认以1, 不能确定或读不懂以2。")
@click.argument("given", metavar="FILE|URL|TEXT")
@click.option("--root", envvar="TOUCHSTONE_ROOT", default="", help="信任的市级根公钥(z6Mk…, 64位十六进制，或存有它的文件); 也可写在TOUCHSTONE_ROOT。")
@click.option("--issuers", default="", metavar="FILE|URL", help="签发者名录；不写时到证书所写的地址取 /issuers.json。")
@click.option("--status", "lists", multiple=True, metavar="FILE|URL", help="状态列表，可写多次；不写时到证书所写的地址取。")
@click.option(
    "--log-key", "log_keys", multiple=True, metavar="KEY|FILE", help="日志和见证人的公钥（名称+编号+base64）或其文件，可写多次。"
)
@click.option("--receipt", "receipt", default="", metavar="FILE", help="存证回执（.tlog-proof）；PDF里附有的不必写。")
@click.option("--offline", is_flag=True, help="不联网，手头没有的就说不知道。")
@click.option("--id-number", default="", help="核对证件号码，须同时给出持证人手里的核对码(--salt)。")
@click.option("--salt", default="", help="持证人手里的核对码。")
@click.option("--at", "at", default="", help="按这一时刻判断(如 2026-04-20T10:00:00+08:00), 不写为现在。")
@click.option("--json", "as_json", is_flag=True, help="只输出JSON。")
def command(
    given: str,
    root: str,
    issuers: str,
    lists: Sequence[str],
    log_keys: Sequence[str],
    receipt: str,
    offline: bool,
    id_number: str,
    salt: str,
    at: str,
    as_json: bool,
) -> None:
    """Verify one certificate."""
    try:
        now = datetime.fromisoformat(at) if at else datetime.now(UTC)
        held = read_given(given)
        if receipt:
            held = replace(held, receipt=_read(receipt).decode(errors="replace"))
        keys = [Verifier.read(one) for one in _lines(log_keys)]
        place, pinned = issuers or _beside(held, offline), root_key(root)
        known = Issuers.read(_document(place), pinned)
        at_hand = _lists(held, known, lists, offline)
        if not lists and not offline:  # a list just fetched may be signed by a key just registered
            known = Issuers.read(_document(place), pinned)
        verdict, says = _judged(held, known, at_hand, keys, now if now.tzinfo else now.astimezone())
    except (NotReadable, IssuersBroken, Malformed, KeyRefused, ValueError) as fault:
        told = str(fault) if any(sign >= "一" for sign in str(fault)) else "给出的内容读不懂。"
        _tell(Verdict((Step("structure", "unknown", told),)), {}, as_json)
        raise SystemExit(2) from fault
    if id_number:
        verdict += Verdict((_identity(says, id_number, salt),))
    _tell(verdict, says, as_json)
    raise SystemExit(_CODES[verdict.outcome])


def root_key(words: str) -> bytes:
    """This function will read the pinned root key. :raises NotReadable: :raises KeyRefused:"""
    if not words:
        raise NotReadable("请用 --root 写明信任的市级根公钥，或设置环境变量 TOUCHSTONE_ROOT; 公钥由市级密钥管理单位公布（touchstone keys show）。")
    path = Path(words)
    held = path.read_text(encoding="ascii", errors="replace").strip() if len(words) < 1000 and path.is_file() else words.strip()
    if len(held) == 64:
        raw = bytes.fromhex(held)
        check_public_key(raw)
        return raw
    algorithm, raw = from_multikey(held)
    if algorithm != ED25519:
        raise NotReadable("市级根公钥应是Ed25519公钥。")
    return raw


def _judged(held: Given, known: Issuers, lists: Sequence[Any], keys: Sequence[Verifier], now: datetime) -> tuple[Verdict, dict[str, Any]]:
    """The verdict, and what the certificate says."""
    if held.code:
        found = open_sealed(held.code, known, at=now, lists=lists)
        return found.verdict, _shown(found.says, found.issuer.name if found.issuer else "") if found.says else {}
    logged = receipt_step(held.credential, held.receipt, keys) if held.receipt else None
    verdict = check(held.credential, known, at=now, lists=lists, receipt=logged)
    try:
        claims, _ = read_claims(held.credential)
    except StructureBroken:
        return verdict, {}
    return verdict, _shown(claims, claims.body_name)


def _beside(held: Given, offline: bool) -> str:
    """Where the list of issuers lies that belongs to the address in the certificate; it is believed only under the pinned root."""
    if offline:
        raise NotReadable("不联网查验时，请用 --issuers 给出签发者名录文件。")
    if held.code:
        origin = held.code.partition("/v#")[0] if "/v#" in held.code else ""
    else:
        issuer = held.credential.get("issuer") if isinstance(held.credential, dict) else None
        named = issuer.get("id") if isinstance(issuer, dict) else ""
        origin = str(named).rpartition("/issuers/")[0]
    if not origin.startswith(("https://", "http://")):
        raise NotReadable("没有写明到哪里取签发者名录，请用 --issuers 给出。")
    return f"{origin}/issuers.json"


def _lists(held: Given, known: Issuers, given: Sequence[str], offline: bool) -> list[Any]:
    """The lists given, or those published; what cannot be fetched is left out, and the verdict says so."""
    if given or offline:
        return [_document(one) for one in given]
    try:
        number = read_sealed(held.code).status_list if held.code else read_claims(held.credential)[0].status_list
    except (NotSealed, StructureBroken):
        return []
    found = []
    for purpose in PURPOSES:
        try:
            found.append(_document(list_address(known.origins[0], number, purpose)))
        except (NotReadable, Malformed):
            continue
    return found


def _document(place: str) -> Any:
    if place.startswith(("https://", "http://")):
        return parse(fetched(place))
    return parse(_read(place))


def _read(place: str) -> bytes:
    try:
        return Path(place).read_bytes()
    except OSError as fault:
        raise NotReadable(f"文件“{place}”打不开，请核对路径。") from fault


def _lines(given: Sequence[str]) -> list[str]:
    """Keys as written, or those in a file, one a line."""
    found: list[str] = []
    for one in given:
        found += _read(one).decode(errors="replace").splitlines() if Path(one).is_file() else [one]
    return [line for line in found if line.strip()]


def _identity(says: dict[str, Any], number: str, salt: str) -> Step:
    try:
        raw = from_base64url(salt)
    except Misspelt:
        raw = b""
    if not says or len(raw) != 32:
        return Step("identity", "unknown", "要核对证件号码，须有持证人手里的核对码。")
    if opens(says["commitment"], says["id_kind"], number, raw):
        return Step("identity", "good", "证件号码与证书所载的一致。")
    return Step("identity", "bad", "证件号码与证书所载的不一致。")


def _shown(says: Any, body: str) -> dict[str, Any]:
    return {
        "number": says.number,
        "name": says.holder_name,
        "id_kind": says.id_kind,
        "id_masked": says.id_masked,
        "occupation": f"{says.occupation_name}（{says.trade_name}）" if says.trade_name else says.occupation_name,
        "level": says.level_label,
        "issued_on": says.issued_on.isoformat(),
        "body": body,
        "commitment": says.id_commitment,
    }


def _tell(verdict: Verdict, says: dict[str, Any], as_json: bool) -> None:
    shown = {name: held for name, held in says.items() if name != "commitment"}
    if as_json:
        steps = [{"key": step.key, "outcome": step.outcome, "sentence": step.sentence, "needed": step.needed} for step in verdict.steps]
        click.echo(json.dumps({"outcome": verdict.outcome, "certificate": shown, "steps": steps}, ensure_ascii=False))
        return
    if shown:
        click.echo(f"{shown['number']}  {shown['name']}  {shown['id_masked']}")
        click.echo(f"{shown['occupation']}  {shown['level']}  {shown['body']}  {shown['issued_on']}\n")
    for step in verdict.steps:
        mark, colour = _MARKS[step.outcome]
        click.echo(f"{click.style(mark, fg=colour)} {step.label}：{step.sentence}")
    click.echo(f"\n结论：{click.style(_WORDS[verdict.outcome], fg=_MARKS[verdict.outcome][1], bold=True)}")
