from pathlib import Path

from schemas.catalogue import load_catalogue
from schemas.checks import AXES
from schemas.checks.formula import as_markdown
from schemas.kind import FORM_AXES

DOCS = Path(__file__).resolve().parents[3] / "docs" / "checks"


def test_every_rule_of_the_catalogue_is_listed_with_its_formula() -> None:
    written = (DOCS / "rules.md").read_text("utf-8")
    assert written == as_markdown(load_catalogue()), "run: python -m schemas.checks > docs/checks/rules.md"


def test_every_axis_has_a_page_that_the_overview_names() -> None:
    overview = (DOCS / "README.md").read_text("utf-8")
    for axis in (*AXES, "cross", "form"):
        page = (DOCS / f"{axis}.md").read_text("utf-8")
        assert f"[{axis}.md]({axis}.md)" in overview
        for part in ("**Id**", "**What.**", "**Why.**", "**Tolerance.**", "**Example.**"):
            assert part in page


def test_every_rule_runs_on_an_axis_that_exists() -> None:
    axes = {rule.axis for kind in load_catalogue().kinds for rule in kind.checks}
    assert axes <= {*AXES, "cross", *FORM_AXES}
