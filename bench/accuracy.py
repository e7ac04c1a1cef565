"""Hold results against values that people checked by hand.

    python bench/accuracy.py [--truth DIR] [--corpus DIR] [--scorer FILE] [--misses N] [NAME ...]

Truth files are named after a file of the corpus, or after the ``truth`` key of a fixture's ``about.yml``. Results are
written to a folder (``--out``), so that they can be looked at. The scorer prints recall, precision, wrong values, and
how many of these were not marked as doubtful.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from extractors.options import Options
from service.compose import deps
from service.pipeline import Source, encode, process

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def sources(corpus: Path) -> dict[str, Path]:
    """Truth name -> document."""
    found = {path.stem: path for path in sorted(corpus.rglob("*")) if path.is_file()}
    for about in sorted((ROOT / "fixtures").glob("*/*/about.yml")):
        name = yaml.safe_load(about.read_text(encoding="utf-8")).get("truth")
        if name:
            found[name] = next(about.parent.glob("source.*"))
    return found


def main() -> int:
    """Run the pipeline over every document that has truth, and the scorer over the pairs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--truth", type=Path, default=SHARED / "truth")
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score.py")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "gongkai-accuracy")
    parser.add_argument("--misses", type=int, default=5)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    documents = sources(arguments.corpus)
    pairs: list[str] = []
    known = deps()
    for truth in sorted(arguments.truth.glob("*.jsonl")):
        document = documents.get(truth.stem.removesuffix("-pf"))
        if document is None or (arguments.names and truth.stem not in arguments.names):
            continue
        result = arguments.out / f"{truth.stem}.json"
        source = Source(document.read_bytes(), document.name)
        result.write_bytes(encode(process(source, Options(), known)))
        pairs += [str(truth), str(result)]
    return subprocess.run(
        [sys.executable, str(arguments.scorer), *pairs, "--misses", str(arguments.misses)], check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
