"""见证人服务: how does a witness keep its key and answer the logs, on nothing but the standard library?"""

import json
import os
import secrets
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click

from touchstone.trust.log.notes import COSIGNATURE, NoteBroken, Signer, Verifier
from touchstone.trust.log.source import keys_in
from touchstone.trust.log.witness import LONGEST, Witness


def set_up(state: Path, *, name: str, trust: Sequence[str], keys: str) -> Witness:
    """Give the witness of a folder: its key and name are made on the first run, and what it trusts is added to what it trusted before.

    :raises click.ClickException: without a name on the first run, or for a key that is none.
    """
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = state / "witness.json"
    kept: dict[str, Any] = {"key": secrets.token_hex(32), "name": name, "trusted": {}}
    if path.exists():
        kept = json.loads(path.read_text(encoding="utf-8"))
    if not kept["name"]:
        raise click.ClickException("第一次运行请用 --name 写明见证人的名称, 以后不能改。")
    try:
        for one in [Verifier.read(line) for line in trust]:
            kept["trusted"].setdefault(one.name, one.public.hex())
        for one in keys_in(keys):
            kept["trusted"].setdefault(f"{one.name.rpartition('/')[0]}/", one.public.hex())
        signer = Signer(kept["name"], bytes.fromhex(kept["key"]), COSIGNATURE)
    except NoteBroken as error:
        raise click.ClickException(f"公钥不成立: {error}") from error
    draft = state / ".witness.json.draft"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    draft.chmod(0o600)
    os.replace(draft, path)
    return Witness(signer, {known: bytes.fromhex(public) for known, public in kept["trusted"].items()}, state / "seen")


def server_of(witness: Witness, host: str, port: int, *, second: Callable[[], int]) -> ThreadingHTTPServer:
    """Give the server of a witness, bound already."""

    class Handler(BaseHTTPRequestHandler):
        """`POST /add-checkpoint`, and `GET /` with the witness's key."""

        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            """Look at a checkpoint."""
            length = self.headers.get("Content-Length", "")
            if not length.isdigit() or int(length) > LONGEST or self.path.rstrip("/") != "/add-checkpoint":
                self.close_connection = True
                return self._say(404 if length.isdigit() and int(length) <= LONGEST else 413, "text/plain; charset=utf-8", "no\n")
            answer = witness.add_checkpoint(self.rfile.read(int(length)), second=second)
            return self._say(answer.code, answer.kind, answer.words)

        def do_GET(self) -> None:
            """Say who we are."""
            self._say(200, "text/plain; charset=utf-8", f"{witness.signer.verifier}\n")

        def _say(self, code: int, kind: str, words: str) -> None:
            content = words.encode()
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is written down of who asks."""

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    return server
