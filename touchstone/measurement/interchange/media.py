"""附件: which files does a question show, and what are they?"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from touchstone.measurement.interchange.question import Media, Option, Question
from touchstone.measurement.interchange.rich import Node, Rich, media_names
from touchstone.measurement.interchange.soundness import texts

KINDS = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml",
    "mp3": "audio/mpeg", "ogg": "audio/ogg", "wav": "audio/wav", "m4a": "audio/mp4", "mp4": "video/mp4", "webm": "video/webm",
}  # fmt: skip


def shown(question: Question) -> tuple[str, ...]:
    """This function will name the files that a question shows, its parts' too, each once."""
    return tuple(dict.fromkeys(_shown(question)))


def _shown(question: Question) -> Iterator[str]:
    for _, text in texts(question):
        yield from media_names(text)
    for part in question.parts:
        yield from _shown(part.question)


def kind_of(name: str) -> str:
    """This function will give the MIME kind by the ending of a name."""
    return KINDS.get(name.rsplit(".", 1)[-1].lower(), "application/octet-stream")


def renamed(question: Question, names: Mapping[str, str]) -> Question:
    """This function will give the question with its files under other names; the list of media too."""
    if not names:
        return question
    return replace(
        question,
        stem=_text(question.stem, names),
        materials=_text(question.materials, names),
        options=_options(question.options, names),
        slots=tuple(replace(one, prompt=_text(one.prompt, names), options=_options(one.options, names)) for one in question.slots),
        criteria=tuple(replace(one, content=_text(one.content, names)) for one in question.criteria),
        feedback=tuple(replace(one, content=_text(one.content, names)) for one in question.feedback),
        hints=tuple(_text(one, names) for one in question.hints),
        parts=tuple(replace(one, question=renamed(one.question, names)) for one in question.parts),
        media=tuple(replace(one, name=names.get(one.name, one.name)) for one in question.media),
    )


def _options(options: tuple[Option, ...], names: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(replace(one, content=_text(one.content, names), feedback=_text(one.feedback, names)) for one in options)


def _text(text: Rich, names: Mapping[str, str]) -> Rich:
    return tuple(part if isinstance(part, str) else _node(part, names) for part in text)


def _node(part: Node, names: Mapping[str, str]) -> Node:
    attributes = tuple((key, names.get(value, value) if key == "src" else value) for key, value in part.attributes)
    return Node(part.tag, _text(part.children, names), attributes)


def described(question: Question, files: Mapping[str, bytes]) -> Question:
    """This function will write the list of what the question shows, from the bytes at hand."""
    listed = tuple(Media(name, kind_of(name), hashlib.sha256(files[name]).hexdigest(), len(files[name])) for name in shown(question) if name in files)
    parts = tuple(replace(part, question=described(part.question, files)) for part in question.parts)
    return replace(question, media=listed, parts=parts)
