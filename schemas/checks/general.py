"""Rules that belong to no kind of table, as ``general.yml`` states them: an id, a version and a page for each."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources

import yaml

from schemas.kind import Severity


@dataclass(frozen=True, slots=True)
class GeneralRule:
    """One rule. ``id`` may hold a star for what a document fills in: ``N.*.share``. ``page`` is of ``docs/checks``."""

    id: str
    version: int
    page: str
    severity: Severity
    formula: str

    def names(self, rule: str) -> bool:
        """Whether the rule of a check is this one."""
        return fnmatchcase(rule, self.id)


@cache
def general_rules() -> tuple[GeneralRule, ...]:
    """All of them, in the order of the file."""
    stated = yaml.safe_load(resources.files("schemas.checks").joinpath("general.yml").read_text("utf-8"))["rules"]
    return tuple(GeneralRule(**{**one, "severity": Severity(one["severity"])}) for one in stated)
