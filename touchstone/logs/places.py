"""日志位置: in which folder does a log lie, and under which name do witnesses know it?"""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from touchstone.logs.lines import CLOSED
from touchstone.trust.log.folder import Folder


def folder_of(name: str) -> Folder:
    """This function will give the folder with a log's tiles. Of a closed log, it is not the one that is served."""
    root = Path(settings.LOG_DIR)
    return Folder((root.with_name(f"{root.name}-closed") if name in CLOSED else root) / name)


def served_folder(name: str) -> Folder:
    """This function will give the folder that is served to everybody."""
    return Folder(Path(settings.LOG_DIR) / name)


def origin_of(name: str) -> str:
    """This function will give the name by which a new log is known for ever; without a name, how all of ours begin."""
    return f"{urlsplit(settings.PUBLIC_URL).netloc}/log/{name}"
