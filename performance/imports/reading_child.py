"""Reads one workbook from standard input and writes its sheets to standard output, in a process of its own.

Started by `readers.py`. It limits its own memory and time before it touches the file, looks at the parts of the archive
as a stream, and lets the library read only what that look has found to be small enough.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import datetime
from typing import Any

from .archives import Look, RefusedError, look_into

MEMORY = 400 * 1024 * 1024
"""Bytes of address space; what is really used stays far below."""
SECONDS = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"sheets": _sheets(content, look_into(content))}
    except RefusedError as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer))


def _sheets(content: bytes, look: Look) -> list[dict[str, Any]]:
    # Imported here, under the limits and after the look.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for name in look.visible(workbook.sheet_names):
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            found.append({"name": name, "rows": _texts(rows, look.marks.get(name, {}))})
    except (CalamineError, ValueError, KeyError, OverflowError) as error:
        raise RefusedError("is damaged. Open it in a spreadsheet program, save it again, and upload that.") from error
    return found


def _texts(rows: list[list[Any]], marks: dict[tuple[int, int], str]) -> list[list[str]]:
    """The cells as texts, with what the library leaves out: errors, formulas without a result, codes as shown."""
    texts = [[_text(value) for value in row] for row in rows]
    for (row, column), text in marks.items():
        while len(texts) < row:
            texts.append([])
        line = texts[row - 1]
        line.extend([""] * (column - len(line)))
        line[column - 1] = text
    return texts


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return str(value)


if __name__ == "__main__":
    main()
