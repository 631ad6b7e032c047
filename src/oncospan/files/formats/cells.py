"""Rows of articles from tables: CSV, workbooks, Parquet; each row a mapping from column to cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from oncospan.errors import InputError
from oncospan.files.archive import check_package
from oncospan.files.encoding import decode
from oncospan.files.formats.content import missing_package
from oncospan.files.options import Limits, ReadOptions

Row = Mapping[str, object]
#: What Excel puts between cells, by country.
_DELIMITERS = (",", "\t", ";")
#: A workbook's cells beyond these are no table of articles.
_MOST_COLUMNS, _MOST_ROWS = 256, 1_048_576
#: Rows of a Parquet file that are unpacked at once; few, because a cell may hold megabytes.
_BATCH = 16


def read_csv(data: bytes, path: str, options: ReadOptions) -> Iterator[tuple[int, Row | str, int]]:
    """Yield the line, the cells and the number of replaced characters of each row; a broken row is its reason.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: how to decode it, and the names of its columns.

    Raises:
        InputError: it is no text, or a column is missing.
    """
    decoded = decode(data, path, options)
    # The limit of a field is the module's own and small; files are bounded already.
    csv.field_size_limit(max(csv.field_size_limit(), options.limits.file_bytes))
    first = decoded.text.lstrip("\ufeff").split("\n", 1)[0]
    rows = csv.reader(
        io.StringIO(decoded.text.lstrip("\ufeff"), newline=""), delimiter=max(_DELIMITERS, key=first.count)
    )
    line = 1
    try:
        header = next(rows)
        names = _check_header(header, path, options)
        line = rows.line_num + 1
        for cells in rows:
            if any(cells):
                more = any(cell.strip() for cell in cells[len(names) :])
                row = _overflow(path, line) if more else dict(zip(names, cells, strict=False))
                yield line, row, "".join(cells).count("\ufffd") if decoded.replaced else 0
            line = rows.line_num + 1
    except csv.Error as error:
        raise InputError(f"the table is broken: {error}", path=path, line=line, remedy="save it as CSV UTF-8") from None


def _overflow(path: str, line: int) -> str:
    """Return why a row with more cells than the header is not read: a text broke at its own commas."""
    remedy = 'put a text that holds the sign between cells in quotes, "..."'
    return str(InputError("the row has more cells than the header", path=path, line=line, remedy=remedy))


def read_workbook(data: bytes, path: str, options: ReadOptions) -> Iterator[tuple[int, Row, int]]:
    """Yield the line and the cells of each row of every sheet that holds articles.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: the names of its columns, and what it may unpack to.

    Raises:
        InputError: it is no workbook, too large, no sheet has the columns, or openpyxl is missing.
    """
    try:
        import openpyxl
    except ImportError:
        raise missing_package("openpyxl", "xlsx", path) from None
    check_package(data, path, options.limits)
    missing: InputError | None = None
    found = False
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            # The size that a sheet states may be a lie.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(values_only=True, max_col=_MOST_COLUMNS, max_row=_MOST_ROWS)
            numbered = ((line, cells) for line, cells in enumerate(rows, start=1) if any(c is not None for c in cells))
            header = next(numbered, (0, ()))[1]
            try:
                names = _check_header([str(cell or "") for cell in header], path, options)
            except InputError as error:
                missing = missing or error
                continue
            found = True
            yield from ((line, dict(zip(names, cells, strict=False)), 0) for line, cells in numbered)
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises what its XML makes it stumble over
        problem = f"the workbook is broken ({type(error).__name__})"
        raise InputError(problem, path=path, remedy="open and save it again") from None
    if not found:
        raise missing or InputError("the workbook has no sheet", path=path, remedy="put the articles into a sheet")


def read_parquet(data: bytes, path: str, options: ReadOptions) -> Iterator[tuple[int, Row, int]]:
    """Yield the number and the cells of each row.

    Args:
        data: all of the file.
        path: its name, for errors.
        options: the names of its columns, and what it may unpack to.

    Raises:
        InputError: it is no Parquet file, too large, a column is missing, or pyarrow is missing.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise missing_package("pyarrow", "parquet", path) from None
    try:
        file = parquet.ParquetFile(pyarrow.BufferReader(data))
        names = _check_header(file.schema_arrow.names, path, options)
        groups = [file.metadata.row_group(index) for index in range(file.metadata.num_row_groups)]
        _check_size(sum(group.total_byte_size for group in groups), path, options.limits)
        wanted = [name for name in _wanted(options) if name in names]
        line, size = 0, 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=wanted, use_threads=False):
            for row in batch.to_pylist():
                # A dictionary repeats one long text a million times in a few bytes, so the texts themselves count.
                size += sum(
                    len(cell.encode("utf-8", "surrogatepass")) for cell in row.values() if isinstance(cell, str)
                )
                _check_size(size, path, options.limits)
                line += 1
                yield line, row, 0
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        problem = f"this is no Parquet file, or a broken one ({type(error).__name__})"
        raise InputError(problem, path=path, remedy="write it again") from None


def _wanted(options: ReadOptions) -> Sequence[str]:
    columns = options.columns
    return (columns.id, columns.text, columns.published, columns.title, columns.source)


def _check_header(header: Iterable[str], path: str, options: ReadOptions) -> list[str]:
    names = [name.strip().lstrip("\ufeff") for name in header]
    for needed in (options.columns.id, options.columns.text):
        if needed not in names:
            has = ", ".join(filter(None, names[:12])) or "no names"
            remedy = f"its first row has {has}; say which is which with --columns id=编号,text=正文"
            raise InputError(f"the table has no column {needed!r}", path=path, line=1, remedy=remedy)
    return names


def _check_size(size: int, path: str, limits: Limits) -> None:
    if size > limits.unpacked_bytes:
        problem = f"the table unpacks to more than {limits.max_unpacked_mb} MB"
        raise InputError(problem, path=path, remedy="raise --max-unpacked-mb if you trust it, or split it")
