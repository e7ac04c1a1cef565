"""Shows how results differ from the goldens beside the fixtures, or accepts them: see ``scripts/golden``."""

from __future__ import annotations

import argparse
import difflib
import signal
import sys

from .cases import FIXTURES, names, run, truth_of
from .texts import texts_of
from .truth import problems


def differences(case: str) -> list[str]:
    """The lines in which the result of a case differs from its goldens; a golden that is missing is empty."""
    found: list[str] = []
    for name, new in texts_of(run(case)).items():
        path = FIXTURES / case / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        label = f"{case}/{name}"
        found += difflib.unified_diff(old.splitlines(), new.splitlines(), label, label + " (now)", lineterm="", n=1)
    return found


def accept(case: str) -> bool:
    """Writes the goldens of a case; False, and nothing written, while its truth does not hold."""
    wrong = problems(truth_of(case), run(case))
    for problem in wrong:
        print(f"{case}: {problem}", file=sys.stderr)
    if wrong:
        return False
    for name, text in texts_of(run(case)).items():
        (FIXTURES / case / name).write_text(text, encoding="utf-8")
    return True


def main() -> int:
    """Exit code 0 when nothing differs, or all was accepted."""
    parser = argparse.ArgumentParser(prog="scripts/golden", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="a folder below fixtures/, for example pdf/made-…")
    parser.add_argument("--accept", action="store_true", help="write the results of these cases as their goldens")
    parser.add_argument("--all", action="store_true", help="with --accept: every case")
    arguments = parser.parse_args()
    if arguments.accept and bool(arguments.cases) == arguments.all:
        parser.error("--accept needs the cases to accept, or --all")
    if unknown := set(arguments.cases) - set(names()):
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    cases = arguments.cases or names()
    if arguments.accept:
        refused = [case for case in cases if not accept(case)]
        print(f"{len(cases) - len(refused)} accepted")
        if refused:
            print("refused, truth.yml does not hold:", *refused, file=sys.stderr)
        return 1 if refused else 0
    lines = [line for case in cases for line in differences(case)]
    print("\n".join(lines) if lines else f"{len(cases)} cases as accepted")
    return 1 if lines else 0


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a pager that is closed ends it quietly
    sys.exit(main())
