"""All papers of a dataset, by the path they have in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

from schemas.catalogue import load_catalogue
from service.bulk.dataset.__main__ import as_markdown
from service.bulk.dataset.papers import codebook
from service.bulk.dataset.papers.citation import citation
from service.bulk.dataset.papers.package import data_package
from service.bulk.dataset.papers.run import fingerprint

LOAD = {"load.py": "python.txt", "load.R": "r.txt", "load.do": "stata.txt"}


def papers(
    parts: Mapping[str, Sequence[str]], documents: int, version: str, digests: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Path and text of each. ``parts`` are the files of each table, ``digests`` of all of them."""
    catalogue = load_catalogue()
    package = data_package(parts, "parquet", version)
    yield "README.md", as_markdown()
    yield "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    yield "codebook.md", codebook.as_markdown(catalogue)
    yield "codebook.csv", codebook.as_csv(catalogue)
    yield "codebook.html", codebook.as_html(catalogue)
    yield "CITATION.cff", citation(version, documents, fingerprint(digests))
    scripts = resources.files("service.bulk.dataset.papers") / "load"
    for name, source in LOAD.items():
        yield f"load/{name}", (scripts / source).read_text("utf-8")
