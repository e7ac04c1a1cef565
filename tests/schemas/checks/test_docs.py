from pathlib import Path

from schemas.catalogue import load_catalogue
from schemas.checks import AXES
from schemas.checks.formula import as_markdown
from schemas.checks.general import general_rules
from schemas.kind import FORM_AXES
from scripts.goldens.cases import names, run

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


def test_every_check_of_every_fixture_names_a_rule_with_a_version_and_a_page() -> None:
    of_kinds = {rule.id for kind in load_catalogue().kinds for rule in kind.checks}
    rules = {check.rule for case in names() for check in run(case).result.checks}
    assert len(rules) > 100
    unstated = [rule for rule in rules - of_kinds if not any(one.names(rule) for one in general_rules())]
    assert unstated == []


def test_every_rule_of_no_kind_is_told_on_its_page() -> None:
    for rule in general_rules():
        page = (DOCS / f"{rule.page}.md").read_text("utf-8")
        assert rule.id.replace("*", "k").removeprefix("k.").removesuffix("k") in page
