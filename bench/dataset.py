"""What writing a dataset costs, and that memory does not grow with it.

    python -m bench.dataset [--documents 5000]

The fixtures are read once; their results are then handed over again and again under other hashes.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from msgspec.structs import replace

from scripts.goldens.cases import names, run
from service.bulk.dataset.write import write
from service.bulk.packed import pack
from service.bulk.row import Place, Row, State
from service.pipeline import encode


def documents(peaks: list[int], every: int) -> Iterator[tuple[Row, bytes]]:
    """Results without end, each of another document; the peak of memory (MB) is noted now and then."""
    results = [run(case).result for case in names()]
    for number in count():
        one = results[number % len(results)]
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        data = pack(encode(replace(one, document=replace(one.document, sha256=sha256))))
        if number % every == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
        yield Row(sha256, (Place(f"{number}.pdf"),), State.OK, len(data), 1, None, "bench", "bench"), data


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=5000)
    wanted = parser.parse_args().documents
    for case in names():
        run(case)
    peaks: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        begun = time.process_time()
        write(islice(documents(peaks, max(1, wanted // 8)), wanted), Path(folder))
        seconds = time.process_time() - begun
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.parquet"))
    print(f"{wanted:,} documents: {1000 * seconds / wanted:.1f} ms of CPU each, {size / wanted / 1000:.1f} KB each")
    print(f"peak of memory in MB, from the first to the last: {' '.join(map(str, peaks))}", file=sys.stdout)


if __name__ == "__main__":
    main()
