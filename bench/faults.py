"""The proof, proved: faults put into documents that are read rightly, and the share of them that is caught.

    python -m bench.faults [FOLDER] [--truth DIR] [--each N] [--seed N] [--only DOCUMENT] [--kind KIND ...] [--show]

Takes the documents of the fixtures, and the PDFs of FOLDER that a truth file names. Each is read once; then one fault
at a time is put into what it prints, N of every kind, drawn at random from a fixed seed, and it is read again.
``bench/faulting/judge.py`` says what counts as caught. Printed: the share caught by kind of fault, for all faults, for
those in values that were graded A (``checked``) and for those that a second witness contradicts; how well caught
faults of one cell were located; false alarms; and how often a value of each grade is wrong.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.accuracy import ROOT, SHARED, sources
from bench.faulting.judge import Judgement, Verdict, judge
from bench.faulting.kinds import KINDS, Fault
from bench.faulting.rates import Tally, against_truth, under_faults
from bench.faulting.scene import Scene, read_heard, scene_of
from extractors import registry
from extractors.errors import DocumentError
from extractors.options import Options
from schemas.catalogue import load_catalogue
from schemas.kind import Catalogue

RATE, ROUNDS = 0.01, 100  # amounts misread in a page of small print, and how often each document is read so
HEADERS = (
    *("fault", "faults", "caught", "partly", "silent", "below the band"),
    *("caught, checked", "caught, witnessed", "cell named", "alone", "and what fits"),
)
GRADES = ("A", "B", "C", "D")


@dataclass(frozen=True, slots=True)
class Trial:
    """One fault in one document, and what became of it."""

    name: str
    kind: str
    fault: Fault
    judged: Judgement


@dataclass(frozen=True, slots=True)
class Draw:
    """Which faults are drawn: of which kinds, how many of each in one document, and by which luck."""

    kinds: tuple[str, ...]
    each: int
    seed: int = 0


def main() -> None:
    """Reads, spoils, reads again, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "corpus" / "fiscal")
    parser.add_argument("--truth", type=Path, default=SHARED / "truth")
    parser.add_argument("--each", type=int, default=60, help="faults of each kind in each document")
    parser.add_argument("--only", help="one document, by name")
    parser.add_argument("--kind", choices=KINDS, nargs="+", help="some kinds of fault")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each document is misread for the grades")
    parser.add_argument("--seed", type=int, default=0, help="another draw")
    parser.add_argument("--show", action="store_true", help="print every fault that was not caught")
    options = parser.parse_args()
    catalogue = load_catalogue()
    files = {
        name: file for name, file in documents(options.folder, options.truth).items() if options.only in (None, name)
    }
    scenes = {name: scene for name, file in files.items() if (scene := _scene(file, catalogue)) is not None}
    draw = Draw(tuple(options.kind or KINDS), options.each, options.seed)
    trials = [trial for name, scene in scenes.items() for trial in trials_of(name, scene, draw, catalogue)]
    if options.show:
        show_silent(trials)
    show_kinds(trials)
    if options.kind is None:
        show_alarms(scenes)
        show_rates(scenes, options.truth, options.rounds, catalogue)


def documents(folder: Path, truth: Path) -> dict[str, Path]:
    """Name -> file: those of the folder that truth names, and the documents of the fixtures."""
    fixtures = {path.parent.name: path for path in sorted((ROOT / "fixtures").glob("*/*/source.*"))}
    named = {path.stem.removesuffix("-pf") for path in truth.glob("*.jsonl")}
    return {path.stem: path for path in sorted(folder.glob("*.pdf")) if path.stem in named} | fixtures


def _scene(file: Path, catalogue: Catalogue) -> Scene | None:
    """The document, read; None when it cannot be or states no amount of money in a table."""
    try:
        scene = scene_of(registry.extract(file.read_bytes(), Options()), catalogue)
    except DocumentError:
        return None
    return scene if scene.amounts else None


def trials_of(name: str, scene: Scene, draw: Draw, catalogue: Catalogue) -> Iterator[Trial]:
    """The faults of one document, none twice."""
    for kind in draw.kinds:
        rng = Random(zlib.crc32(f"{name} {kind}".encode()) + draw.seed)
        notes: set[str] = set()
        for _ in range(draw.each):
            fault = KINDS[kind](scene, rng)
            if fault is not None and fault.note not in notes:
                notes.add(fault.note)
                yield Trial(name, kind, fault, judge(scene, fault, read_heard(fault.document, catalogue)))


def show_silent(trials: Sequence[Trial]) -> None:
    """Every fault that was not caught, with the wrong values that nothing flags."""
    for trial in trials:
        if trial.judged.verdict in (Verdict.SILENT, Verdict.PARTLY):
            silent = "; ".join(f"{one.key[0]}.{one.key[1]} {one.value} {one.grade}" for one in trial.judged.silent[:3])
            about = f"checked {trial.fault.checked}, witnessed {trial.fault.witnessed}"
            print(f"{trial.kind}: {trial.name}: {trial.judged.verdict}, {about}: {trial.fault.note[:160]}: {silent}")


def show_kinds(trials: Sequence[Trial]) -> None:
    """One row for each kind of fault."""
    print("| " + " | ".join(HEADERS) + " |")
    print("|---" * len(HEADERS) + "|")
    for kind in dict.fromkeys(trial.kind for trial in trials):
        print(_row(kind, [trial for trial in trials if trial.kind == kind]))
    print(_row("all", trials))


def _row(name: str, trials: Sequence[Trial]) -> str:
    harmful = [trial for trial in trials if trial.judged.verdict is not Verdict.HARMLESS]
    counts = Counter(trial.judged.verdict for trial in harmful)
    single = [trial.judged for trial in harmful if trial.fault.cell and trial.judged.verdict is Verdict.CAUGHT]
    cells = [
        str(len(harmful)),
        _share(harmful, lambda _: True),
        *(str(counts[verdict]) for verdict in (Verdict.PARTLY, Verdict.SILENT, Verdict.BELOW_BAND)),
        _share(harmful, lambda trial: trial.fault.checked),
        _share(harmful, lambda trial: trial.fault.witnessed),
        *(_percent(sum(getattr(one, what) for one in single), len(single)) for what in ("named", "alone", "fits")),
    ]
    return f"| {name} | " + " | ".join(cells) + " |"


def _share(trials: Sequence[Trial], counts: Callable[[Trial], bool]) -> str:
    """The share caught of those that count; faults below the band cannot be seen by anybody and do not."""
    counted = [one.judged.verdict for one in trials if counts(one) and one.judged.verdict is not Verdict.BELOW_BAND]
    return _percent(sum(verdict is Verdict.CAUGHT for verdict in counted), len(counted))


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % of {whole}" if whole else ""


def show_alarms(scenes: dict[str, Scene]) -> None:
    """The checks that fail in documents without a fault."""
    checks = [(name, check) for name, scene in scenes.items() for check in scene.checks]
    failing = [(name, check) for name, check in checks if check.status == "fail"]
    print(f"\n{len(failing)} of {len(checks)} checks fail without a fault:")
    for name, check in failing:
        print(f"  {name}: {check.id}: {check.lhs} / {check.rhs}")


def show_rates(scenes: dict[str, Scene], truth: Path, rounds: int, catalogue: Catalogue) -> None:
    """How often a value of each grade is wrong."""
    held: Tally = Counter()
    spoiled: Tally = Counter()
    known = sources(SHARED / "corpus")
    for name, scene in scenes.items():
        for file in truth.glob("*.jsonl"):
            document = known.get(file.stem.removesuffix("-pf"))
            if document is not None and name in (document.stem, document.parent.name):
                held += against_truth(scene.heard.reading, file)
        rng = Random(zlib.crc32(name.encode()))
        for _ in range(rounds):
            spoiled += under_faults(scene, catalogue, RATE, rng)
    for title, tally in (("checked by hand", held), (f"one digit misread in {RATE:.0%} of the amounts", spoiled)):
        shares = (f"{grade} {tally[grade, True]} of {tally[grade, True] + tally[grade, False]}" for grade in GRADES)
        print(f"wrong values by grade, {title}: {', '.join(shares)}")


if __name__ == "__main__":
    main()
