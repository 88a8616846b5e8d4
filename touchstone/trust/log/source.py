"""日志来源: how are the files of a published log read, from a folder or from a web address?"""

from collections.abc import Iterator
from pathlib import Path

from touchstone.trust.log.notes import NoteBroken, Verifier
from touchstone.trust.log.tiles import Fetch

KEYS = "keys.txt"


def folder_source(path: Path) -> Fetch:
    """This function will read from a folder. Nothing above it is read."""
    root = path.resolve()

    def fetch(name: str) -> bytes:
        found = (root / name).resolve()
        if not found.is_relative_to(root):
            raise FileNotFoundError(name)
        try:
            return found.read_bytes()
        except (IsADirectoryError, NotADirectoryError):
            raise FileNotFoundError(name) from None

    return fetch


def keys_in(text: str) -> Iterator[Verifier]:
    """This function will read a list of keys, one a line; a line that begins with # is a remark. :raises NoteBroken:"""
    return (Verifier.read(line) for line in text.splitlines() if line.strip() and not line.startswith("#"))


def key_for(name: str, text: str) -> Verifier:
    """This function will find the key of a log, by the last part of its name, in a list of keys. :raises NoteBroken: where it is not in it."""
    for verifier in keys_in(text):
        if name in (verifier.name, verifier.name.rpartition("/")[2]):
            return verifier
    raise NoteBroken(f"公钥清单里没有{name}")
