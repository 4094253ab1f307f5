"""Conversations from files, folders and pipes, whatever system they come from."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import cast

from amends.formats.archives import HEAD, Broken, Note, codec
from amends.transcript import Conversation

ENDINGS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".eml", ".mbox")


class Source:
    """The conversations of some paths, one after the other.

    `say` is called with a sentence on each record that was skipped, and on anything else that people should know.
    `skipped` counts the records that could not be used. `place` says how many bytes of `size` have been read; what
    comes through a pipe has no size.
    """

    def __init__(self, paths: Sequence[str], say: Callable[[str], None], own: Collection[str] = ()) -> None:
        """`own` are the company's addresses or domains, for mails."""
        self._paths, self._say, self._own = paths, say, own
        self.skipped = self.files = self.place = 0

    def size(self) -> int:
        """Return how many bytes there are in all files; looks at each of them."""
        return sum(_size(file) for path in self._paths if path != "-" for file in _files(Path(path)))

    def __iter__(self) -> Iterator[Conversation]:
        for path in self._paths:
            if path == "-":
                stdin = cast("RawIOBase", sys.stdin.buffer)  # any stream of bytes will do
                yield from self._read(BufferedReader(stdin, HEAD), "standard input")
                continue
            for file in _files(Path(path)):
                before = self.place
                try:
                    with file.open("rb", buffering=HEAD) as stream:
                        for one in self._read(cast("BufferedReader", stream), str(file)):
                            self.place = before + stream.tell()
                            yield replace(one, file=str(file))
                except OSError as wrong:
                    self._skip(f"{file}: cannot be read ({wrong.strerror or wrong}).")
                self.place = before + _size(file)

    def _read(self, stream: BufferedReader, name: str) -> Iterator[Conversation]:
        self.files += 1
        head = stream.peek(HEAD)[:HEAD]
        chosen = codec(name, head, own=self._own)
        if chosen is None:
            if head.strip():
                self._skip(f"{name}: this is none of the formats that can be read; `amends review --help` names them.")
            return
        for record in chosen(stream, name):
            if isinstance(record, Conversation):
                yield record
            elif isinstance(record, Broken):
                self._skip(f"{name}: {record.place}: {record.why}")
            elif isinstance(record, Note):
                self._say(f"{name}: {record.why}")

    def _skip(self, sentence: str) -> None:
        self.skipped += 1
        self._say(sentence)


def described(paths: Sequence[str]) -> list[dict[str, object]]:
    """Return the files that paths stand for, with sizes and times of change: when these agree, so will what is read."""
    files = [file for path in paths for file in _files(Path(path))]
    return [
        {"path": str(file.resolve()), "size": about.st_size, "changed": about.st_mtime_ns}
        for file in files
        if file.exists()
        for about in [file.stat()]
    ]


def _files(path: Path) -> Iterator[Path]:
    """Yield a file, or what a folder holds of the known endings, in the order of the names."""
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.suffix.lower() in ENDINGS and one.is_file())
    else:
        yield path


def _size(file: Path) -> int:
    """Return how many bytes a file has; none where it cannot be told, which is said when it is read."""
    try:
        return file.stat().st_size
    except OSError:
        return 0
