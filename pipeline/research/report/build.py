"""The report's folder: the page and its scripts as they stand here, data beside them, pictures of PDF pages."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.batch.apart import REDACTED
from pipeline.files import whole_folder
from pipeline.load.snapshot import RUNS
from pipeline.research.database import opened, run_of
from pipeline.research.report.chunks import write_chunk
from pipeline.research.report.lists import documents, lists, rejects
from pipeline.research.report.pages import Picture, draw, original
from pipeline.research.report.sources import forms, places, sources
from pipeline.research.reviews import reviews

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARKER = "poimuri-report.json"
"""The file by which a folder is known as a report of ours, which a new one may replace."""


class Written(NamedTuple):
    """What a report holds: documents, pictures of pages, and PDFs whose file was not there to draw them from."""

    n_documents: int
    n_pictures: int
    undrawn: list[str]


def report(out: Path, target: Path, raw: Path | None = None) -> Written:
    """Write the report of the tables that a folder shows; it appears when all is written.

    PDF pages are drawn from the files below `raw`, else below the folder that the run read. Raises UserError where
    there are no tables, or the target holds something that is no report of ours, or cannot be written;
    ResearchMissing where DuckDB is not installed.
    """
    run = run_of(out)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    with whole_folder(target, lambda folder: (folder / MARKER).is_file()) as folder:
        connection = opened(out, run)
        _copy_page(folder)
        told = documents(connection)
        written = _write_sources(connection, out, folder, told, raw or _read_from(manifest))
        _write_lists(connection, out, folder, manifest, told)
        about = {"run": run.name, "poimuri": manifest["poimuri"]}
        (folder / MARKER).write_text(json.dumps(about) + "\n", encoding="utf-8")
    return written


def wordings() -> dict[str, dict[str, str]]:
    """The words of the page by key and language."""
    text = (resources.files(__package__) / "wordings.toml").read_text(encoding="utf-8")
    return {f"{group}.{key}": said for group, keys in tomllib.loads(text).items() for key, said in keys.items()}


def _read_from(manifest: Mapping[str, Any]) -> Path | None:
    """The folder that a run read, where its manifest tells."""
    return Path(manifest["raw"]) if "raw" in manifest else None


def _copy_page(folder: Path) -> None:
    with resources.as_file(resources.files(__package__) / "page") as page:
        shutil.copytree(page, folder, dirs_exist_ok=True)


def _write_lists(
    connection: DuckDBPyConnection, out: Path, folder: Path, manifest: Mapping[str, Any], told: list[dict[str, Any]]
) -> None:
    """The first load (words, documents, rejects, what can be corrected) and the lists, each in a chunk of its own."""
    numbers = {document["doc_id"]: number for number, document in enumerate(told)}
    chunks = dict(lists(connection, numbers))
    for name, chunk in chunks.items():
        write_chunk(folder, name, chunk)
    for digit, found in places(connection, numbers):
        write_chunk(folder, f"ids/{digit}", found)
    write_chunk(folder, "words", wordings())
    overview = {
        "run": manifest["run_id"],
        "finished": manifest["finished"],
        "poimuri": manifest["poimuri"],
        "data_set": sha256(str(out.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16],
        "lists": {name: len(chunk["rows"]) for name, chunk in chunks.items()},
        "forms": forms(),
        "rejects": rejects(connection),
        "documents": [
            {key: value for key, value in one.items() if key != "doc_id" and value is not None} for one in told
        ],
    }
    write_chunk(folder, "overview", overview)


def _write_sources(
    connection: DuckDBPyConnection, out: Path, folder: Path, told: list[dict[str, Any]], raw: Path | None
) -> Written:
    """A chunk a document, and the pictures of its pages."""
    numbers = {document["doc_id"]: number for number, document in enumerate(told)}
    digests = dict(connection.execute("SELECT doc_id, sha256 FROM documents WHERE format = 'pdf'").fetchall())
    paths = {document["doc_id"]: document["path"] for document in told}
    n_pictures, undrawn = 0, []
    redact = (out / RUNS / REDACTED).exists()
    for doc_id, source in sources(connection, reviews(out), paths):
        name = f"{numbers[doc_id]:05}"
        if doc_id in digests:
            data = original(raw, paths[doc_id], digests[doc_id])
            drawn = list(draw(data, _pages(source), folder, name, redact=redact)) if data is not None else []
            source["pages"] = {picture.page: _told(picture) for picture in drawn}
            n_pictures += len(drawn)
            if not drawn:
                undrawn.append(paths[doc_id])
        write_chunk(folder, f"documents/{name}", source)
    return Written(len(told), n_pictures, sorted(undrawn))


def _pages(source: Mapping[str, Any]) -> list[int]:
    """The pages on which records of a document begin."""
    found = set()
    for records in source["records"].values():
        at = records["columns"].index("page")
        found |= {row[at] for row in records["rows"] if row[at] is not None}
    return sorted(found)


def _told(picture: Picture) -> dict[str, Any]:
    return {"width": picture.width, "height": picture.height, "file": picture.file}
