"""案卷导出: how is a sealed archive written as one OCFL object (Oxford Common File Layout), which any repository can check without us?"""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

DECLARATION = "ocfl_object_1.1"
_SPEC = "https://ocfl.io/1.1/spec/#inventory"


def object_of(identifier: str, files: Sequence[tuple[str, bytes]], *, created: datetime, by: str, message: str) -> dict[str, bytes]:
    """This function will give every file of an OCFL object with one version, by its path: `files` are logical paths with their bytes, each once."""
    manifest: dict[str, list[str]] = {}
    state: dict[str, list[str]] = {}
    fixity: dict[str, list[str]] = {}
    written: dict[str, bytes] = {}
    for path, content in files:
        digest, place = hashlib.sha512(content).hexdigest(), f"v1/content/{path}"
        state.setdefault(digest, []).append(path)
        if digest not in manifest:  # the same bytes lie there once
            manifest[digest] = [place]
            fixity.setdefault(hashlib.sha256(content).hexdigest(), []).append(place)
            written[place] = content
    inventory: dict[str, Any] = {
        "id": identifier,
        "type": _SPEC,
        "digestAlgorithm": "sha512",
        "head": "v1",
        "contentDirectory": "content",
        "manifest": manifest,
        "versions": {"v1": {"created": created.isoformat(timespec="seconds"), "message": message, "user": {"name": by}, "state": state}},
        "fixity": {"sha256": fixity},
    }
    told = json.dumps(inventory, ensure_ascii=False, indent=2).encode()
    sidecar = f"{hashlib.sha512(told).hexdigest()} inventory.json\n".encode()
    head = {f"0={DECLARATION}": f"{DECLARATION}\n".encode(), "inventory.json": told, "inventory.json.sha512": sidecar}
    return {**head, "v1/inventory.json": told, "v1/inventory.json.sha512": sidecar, **written}


def zipped(folder: str, files: dict[str, bytes], at: datetime) -> bytes:
    """This function will give files as one ZIP under a folder; the same files give the same bytes."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", at.timetuple()[:6])
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path], zipfile.ZIP_DEFLATED)
    return memory.getvalue()
