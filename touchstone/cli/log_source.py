"""日志来源命令公用: which log is meant by a folder or an address, and with which key is it checked?"""

from collections.abc import Iterable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

import click

from touchstone.trust.log.notes import NoteBroken, Verifier
from touchstone.trust.log.source import KEYS, folder_source, key_for
from touchstone.trust.log.tiles import Fetch

MOST_BYTES = 32 * 1024 * 1024


def source(place: str) -> Fetch:
    """Give what reads a folder or an address."""
    return web_source(place) if place.startswith(("http://", "https://")) else folder_source(Path(place))


def web_source(address: str) -> Fetch:
    """Give what reads below an address, over one connection."""
    parts = urlsplit(address.rstrip("/"))
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    held: list[HTTPConnection] = []

    @click.get_current_context().call_on_close
    def leave() -> None:
        for one in held:
            one.close()

    def fetch(name: str) -> bytes:
        for again in (True, False):
            connection = held[0] if held else kind(parts.hostname or "", parts.port, timeout=30)
            held[:] = [connection]
            try:
                connection.request("GET", f"{parts.path}/{name}")
                answer = connection.getresponse()
                content = answer.read(MOST_BYTES)
            except (OSError, HTTPException) as error:
                connection.close()
                held.clear()
                if again:
                    continue
                raise click.ClickException(f"{address} 没有应答: {error}") from error
            if answer.status == 404:
                raise FileNotFoundError(name)
            if answer.status != 200:
                raise click.ClickException(f"{address}/{name} 应答 {answer.status}")
            return content
        raise AssertionError

    return fetch


def key_of(place: str, key: str) -> Verifier:
    """Give the key to check a log with: the one named, or, saying so, the one published beside the log.

    :raises click.ClickException: where there is none.
    """
    try:
        if key:
            return Verifier.read(key)
        parent, _, name = place.rstrip("/").rpartition("/")
        found = key_for(name, source(parent or ".")(KEYS).decode())
    except FileNotFoundError:
        raise click.ClickException(f"没有给出公钥, {place} 旁边也没有 {KEYS}。请用 --key 写明日志的公钥。") from None
    except NoteBroken as error:
        raise click.ClickException(f"公钥不成立: {error}") from error
    click.echo(f"公钥取自同一处: {found}\n(要防止整站被换, 请把公钥另行记下, 以后用 --key 写明)", err=True)
    return found


def witnesses_of(keys: Iterable[str]) -> list[Verifier]:
    """Give the keys of witnesses. :raises click.ClickException:"""
    try:
        return [Verifier.read(one) for one in keys]
    except NoteBroken as error:
        raise click.ClickException(f"见证人公钥不成立: {error}") from error
