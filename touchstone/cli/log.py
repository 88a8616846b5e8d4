"""公开日志命令: how does anybody check a log, prove an entry, witness what grows and watch what is new?"""

import json
from collections.abc import Sequence
from pathlib import Path
from time import sleep, time

import click

from touchstone.cli.given_files import GivenFile
from touchstone.cli.log_keeping import key, ledger, rebuild, sequence
from touchstone.cli.log_source import key_of, source, web_source, witnesses_of
from touchstone.trust.log.audit import audit, strangers
from touchstone.trust.log.checkpoints import read_signed
from touchstone.trust.log.merkle import ProofWrong, leaf_hash
from touchstone.trust.log.monitor import STATISTICS, Seen, figures_wrong, kind_of, look
from touchstone.trust.log.notes import NoteBroken, Verifier
from touchstone.trust.log.proofs import Receipt, receipt
from touchstone.trust.log.source import KEYS, keys_in
from touchstone.trust.log.tiles import WIDTH, Reader, TileBroken

KEY = click.option("--key", default="", help="日志的公钥(名称+编号+base64)。不写时取日志旁边 keys.txt 里的。")
WITNESS = click.option("--witness", "witnesses", multiple=True, help="见证人的公钥, 可以写几个。")


@click.group(help="公开日志: 任何人都可以核对、取回执、见证和监看, 不需要登录, 也不需要相信本平台。")
def command() -> None:
    """The logs on the terminal."""


@command.command(help="核对一份已公布的日志(目录或网址): 每个条目重新计算, 每个字节都比对, 不符的逐个列出, 有不符即以 1 退出。")
@click.argument("place")
@KEY
@WITNESS
def verify(place: str, key: str, witnesses: Sequence[str]) -> None:
    """Audit every byte."""
    verifier, fetch = key_of(place, key), source(place)
    found = audit(fetch, verifier, witnesses_of(witnesses))
    folder = Path(place)
    if folder.is_dir():
        names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".draft")]
        found.faults += strangers(names, found, fetch)
    for sentence in found.faults:
        click.echo(sentence)
    if found.signed is not None:
        checkpoint, by = found.signed.checkpoint, [one.name for one in found.signed.signatures.by]
        click.echo(f"{checkpoint.origin}: {checkpoint.size} 条, 核对 {found.files} 个文件, 签名: {'、'.join(by)}")
    click.echo(f"不符 {len(found.faults)} 处" if found.faults else "全部相符。")
    if found.faults:
        raise SystemExit(1)


@command.command(help="取一个条目的回执(.tlog-proof), 以后离线也能证明它已经公布。")
@click.argument("place")
@click.option("--index", type=click.IntRange(0), default=None, help="条目的序号。")
@click.option("--entry", type=GivenFile(), default=None, help="条目内容的文件。")
@click.option("--hash", "leaf", default="", help="条目的叶子哈希(十六进制)。")
@KEY
def prove(place: str, index: int | None, entry: Path | None, leaf: str, key: str) -> None:
    """Make a receipt and check it before it is given."""
    verifier, fetch = key_of(place, key), source(place)
    try:
        note = fetch("checkpoint").decode()
        size = read_signed(note, verifier).checkpoint.size
        reader = Reader(fetch, size)
        wanted = leaf_hash(entry.read_bytes()) if entry else bytes.fromhex(leaf)
        if index is None:
            index = _find(reader, wanted)
        made = receipt(fetch, note, size, index)
        made.check(wanted or reader.node(0, index), verifier)
    except FileNotFoundError as error:
        raise click.ClickException(f"缺少文件: {error}") from error
    except (NoteBroken, TileBroken, ProofWrong, ValueError) as error:
        raise click.ClickException(f"取不出回执: {error}") from error
    click.echo(made.text(), nl=False)


def _find(reader: Reader, wanted: bytes) -> int:
    for number in range(-(-reader.size // WIDTH)):
        row = reader.row(0, number)
        if wanted in row:
            return number * WIDTH + row.index(wanted)
    raise click.ClickException("日志里没有这个条目。请核对内容或哈希, 并写明 --index、--entry、--hash 之一。")


@command.command(help="核对一份回执: 条目是否在检查点之下, 由谁签名和见证。不符即以 1 退出。")
@click.argument("file", type=GivenFile())
@click.option("--entry", type=GivenFile(), default=None, help="条目内容的文件。")
@click.option("--hash", "leaf", default="", help="条目的叶子哈希(十六进制)。")
@click.option("--key", required=True, help="日志的公钥。")
@WITNESS
def check(file: Path, entry: Path | None, leaf: str, key: str, witnesses: Sequence[str]) -> None:
    """Check a receipt, offline."""
    try:
        wanted = leaf_hash(entry.read_bytes()) if entry else bytes.fromhex(leaf)
        read = Receipt.read(file.read_text(encoding="utf-8"))
        signed = read.check(wanted, key_of("", key), witnesses_of(witnesses))
    except (NoteBroken, ProofWrong, ValueError) as error:
        click.echo(f"回执不成立: {error}")
        raise SystemExit(1) from error
    click.echo(f"回执成立: {signed.checkpoint.origin} 第 {read.index} 条, 签名: {'、'.join(one.name for one in signed.signatures.by)}")


@command.command(help="监看一份日志(网址或目录)或整个站点(…/log): 与上次看到的比对, 重算新条目和公布的数字; 有不符即以 1 退出。")
@click.argument("place")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), required=True, help="记住上次看到什么的文件。")
@click.option("--every", type=click.IntRange(0), default=0, help="每隔几秒看一次; 0 为只看一次。")
@click.option("--find", default="", help="显示含有这些字的新条目, 例如自己机构的编号。")
@KEY
def monitor(place: str, state: Path, every: int, find: str, key: str) -> None:
    """Look at a log, or at all of a site, once or again and again."""
    while True:
        faults = _look_once(place.rstrip("/"), state, find, key)
        if not every:
            raise SystemExit(1 if faults else 0)
        sleep(every)


def _look_once(place: str, state: Path, find: str, key: str) -> int:
    kept = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
    is_site = _is_site(place)
    logs = _site_keys(place) if is_site and not key else [key_of(place, key)]
    faults, figures = list[str](), list[dict[str, object]]()
    entries: dict[str, list[str]] = {}
    for verifier in logs:
        name = verifier.name.rpartition("/")[2]
        where = f"{place}/{name}" if is_site else place
        before = Seen.read(kept[verifier.name]) if verifier.name in kept else Seen(verifier.name)
        if before.size == 0:
            entries[name] = []

        def take(index: int, entry: bytes, name: str = name) -> None:
            kind = kind_of(entry)
            if name in entries:
                entries[name].append(kind)
            if kind == STATISTICS:
                figures.append(json.loads(entry))
            if find and find in entry.decode(errors="replace"):
                click.echo(f"{name} 第 {index} 条: {entry.decode(errors='replace')}")

        after = look(source(where), verifier, before, take=take)
        click.echo(f"{verifier.name}: {before.size} → {after.size} 条" + ("" if not after.faults else f", {'; '.join(after.faults)}"))
        faults += after.faults
        if not after.faults:
            kept[verifier.name] = after.as_record()

    def counted(name: str, size: int) -> dict[str, int] | None:
        if name not in entries:
            return None
        some = entries[name][:size]
        return {kind: some.count(kind) for kind in set(some)}

    wrong = [sentence for one in figures for sentence in figures_wrong(one, counted)]
    for sentence in wrong:
        click.echo(sentence)
    state.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    return len(faults) + len(wrong)


def _is_site(place: str) -> bool:
    try:
        source(place)("checkpoint")
    except FileNotFoundError:
        return True
    return False


def _site_keys(place: str) -> list[Verifier]:
    try:
        text = source(place)(KEYS).decode()
    except FileNotFoundError:
        raise click.ClickException(f"{place} 不是一份日志, 也没有 {KEYS}。") from None
    return [one for one in keys_in(text) if _is_public(place, one)]


def _is_public(place: str, verifier: Verifier) -> bool:
    """A closed log shows its checkpoint only: there is nothing to follow."""
    name = verifier.name.rpartition("/")[2]
    try:
        size = read_signed(source(place)(f"{name}/checkpoint").decode(), verifier).checkpoint.size
        if size:
            Reader(source(f"{place}/{name}"), size).entries(0)
    except (FileNotFoundError, NoteBroken, TileBroken):
        return False
    return True


@command.command(help="做见证人: 记住每份日志最后的样子, 只为没有改过历史的检查点签名。任何人都可以在自己的机器上运行。")
@click.option("--state", type=click.Path(file_okay=False, path_type=Path), required=True, help="存放密钥和记录的目录。")
@click.option("--name", default="", help="见证人的名称(第一次运行时写明, 例如 witness.example.org/w1)。")
@click.option("--trust", multiple=True, help="信任的日志: 公钥(名称+编号+base64); 名称以 / 结尾的, 信任其下全部日志。")
@click.option("--site", default="", help="第一次运行时从这个网址(…/log)取公钥并记住。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8710, show_default=True)
def witness(state: Path, name: str, trust: Sequence[str], site: str, host: str, port: int) -> None:
    """Serve a witness until told to end."""
    from touchstone.cli.log_witness import server_of, set_up

    found = set_up(state, name=name, trust=trust, keys=web_source(site)(KEYS).decode() if site else "")
    click.echo(f"见证人公钥: {found.signer.verifier}\n信任: {'、'.join(found.trusted) or '还没有'}\n地址: http://{host}:{port}/add-checkpoint")
    with server_of(found, host, port, second=lambda: int(time())) as server:
        server.serve_forever()


for one in (key, rebuild, ledger, sequence):
    command.add_command(one)
