"""源文件清单: which files are ours to keep in order?"""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", ".setup", "node_modules", "vendor", "__pycache__", "build", "story", "var", "test-results"}


def tracked_files() -> list[Path]:
    """Give the files under version control, or, in an unpacked archive, everything that is not made by set-up."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode == 0:
        return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return [path for path in found if not SKIPPED & set(path.relative_to(ROOT).parts) and path.suffix != ".pyc"]


def python_files(*folders: str) -> list[Path]:
    """Give our Python files in `folders`, without migrations, which Django words."""
    files = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in files if not {"migrations", "__pycache__", "vendor"} & set(path.parts))


def shown(path: Path) -> str:
    """Give the name a person reads."""
    return path.relative_to(ROOT).as_posix()
