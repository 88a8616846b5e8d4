"""手册·依据: the page of documents."""

from touchstone.policy.book.words import page_of, table
from touchstone.policy.documents import ALL


def page() -> str:
    """This function will write the page."""
    rows = [
        (
            document.title,
            document.number or "—",
            str(document.in_force_from),
            str(document.repealed_on or "—"),
            str(document.rank),
            "是" if document.platform_default else "",
        )
        for document in sorted(ALL, key=lambda d: (d.in_force_from, d.key))
    ]
    intro = ["同一事项有几个依据的，按《通知》四(二)：通知之后的新规定优先，其次是通知，再次按效力次序；本平台默认值最后。", ""]
    return page_of("依据", intro, table(("文件", "文号", "施行", "废止", "效力次序", "本平台默认值"), rows))
