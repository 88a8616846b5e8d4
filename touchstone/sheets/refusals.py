"""拒收: why can this file not be taken, and what should the person do next?"""

TAKE_TODAYS_TEMPLATE = "请在本页重新下载模板，把数据粘贴进去后再上传。"


class FileRefused(Exception):
    """A file that cannot be taken. `sentence` is for the person who sent it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotAWorkbook(FileRefused):
    """The bytes are something else than an .xlsx workbook."""


class OldWorkbook(FileRefused):
    """An .xls or .xlsb workbook."""


class EncryptedWorkbook(FileRefused):
    """A workbook with a password to open it."""


class DamagedArchive(FileRefused):
    """The archive contradicts itself: overlapping or lying parts, broken data."""


class ArchiveTooLarge(FileRefused):
    """Too many parts, too many bytes, or packed too hard."""


class ActiveContent(FileRefused):
    """Macros, embedded objects, links to other files or data connections."""


class WrongTemplate(FileRefused):
    """Not our template, another template, or another version of it."""


class WrongLayout(FileRefused):
    """Merged cells, missing or renamed columns, no data sheet."""


class TooManyRows(FileRefused):
    """More rows than one upload may have."""


class NoRows(FileRefused):
    """A sheet with headers and nothing below them."""


class ReadingStopped(FileRefused):
    """The reading process ran out of time or memory, or died."""


KINDS: dict[str, type[FileRefused]] = {
    kind.__name__: kind
    for kind in (
        NotAWorkbook,
        OldWorkbook,
        EncryptedWorkbook,
        DamagedArchive,
        ArchiveTooLarge,
        ActiveContent,
        WrongTemplate,
        WrongLayout,
        TooManyRows,
        NoRows,
        ReadingStopped,
    )
}
