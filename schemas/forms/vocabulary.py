"""The labels of performance forms: one vocabulary for every kind of form, read from ``vocabulary.yml``.

A printed label is folded, loses its weight (``（20分）``), its formula (``③=①+②``) and its ordinal, and is then looked
up. Which block a label belongs to is for the reader of the form to say: 备注 is a column, a row and a note.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz, process

from schemas.labels import Years, clean_label
from schemas.text import fold, strip_ordinal
from schemas.veto import changed_word

FieldType = Literal[
    "text", "code", "year", "date", "checkbox", "person", "phone", "money", "percent", "score", "indicator"
]
Block = Literal["header", "fund_rows", "fund_columns", "goals", "tasks", "indicators", "tail"]
BLOCKS: tuple[Block, ...] = ("header", "fund_rows", "fund_columns", "goals", "tasks", "indicators", "tail")
LEVELS = frozenset({"level1", "level2", "level3"})

# （40分）, 40) and （20分*执行率）; without any bracket only where 分 or 指标 tells that the digits belong to no name.
_WEIGHT = re.compile(
    r"(?:\(?\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|%)?(?:\*[^()]*)?\)|(?<=\D)(\d{1,3}(?:\.\d+)?)分|(?<=指标)(\d{2}))$"
)
_INDEXED_GOAL = re.compile(r"^(?:年度)?(?:绩效)?目标(\d{1,2}|[一二三四五六七八九十])$")
_CHINESE_DIGITS = "一二三四五六七八九十"
_MARKS = re.compile("[①-⑳]")
_TRAILING_BRACKETS = re.compile(r"\([^()]*\)$")
_LETTERS = re.compile(
    r"\((?:[A-Za-z](?:[/+\-*×÷][A-Za-z])*(?:[*×]100%?)?|万元|元|%|盖章|公章|签字|签章|可选填|如有|\d{1,2}字以内)\)"
)
_LEADING_YEAR = re.compile(r"^(?:本年|(?:19|20)\d{2}年度?)")
_LEADING_LEVEL = re.compile(r"^(?:省|市|县|区|县区|州|盟|旗)[直本]?级?(?=预算|主管|部门|单位)")
_AMOUNTS: frozenset[Block] = frozenset({"fund_rows", "fund_columns", "tasks"})
_LIKENESS = 88  # points; one character more or less in a label of six, one wrong in nine
_MARGIN = 4  # points between a label and the next one of another meaning
_LONGEST_PRINTED = 60  # characters of a label with its weight, formula and line breaks; a longer text is none
_SHORTEST = 6  # characters: shorter labels differ by one character and mean something else (二级指标, 三级指标)
_LONGEST = 24


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    type: FieldType = "money"
    labels: tuple[str, ...]
    own_field: bool = False


class _Levels(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    level1: tuple[str, ...]
    level2: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    header: tuple[_Entry, ...]
    fund_rows: tuple[_Entry, ...]
    fund_columns: tuple[_Entry, ...]
    goals: tuple[_Entry, ...]
    tasks: tuple[_Entry, ...]
    indicators: tuple[_Entry, ...]
    tail: tuple[_Entry, ...]
    sections: tuple[str, ...]
    levels: _Levels


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the vocabulary. ``own_field``: a fund row that is a field of its own when no column names one."""

    id: str
    type: FieldType
    own_field: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded label -> term, block by block.

    ``level1`` and ``level2`` are names that levels bear, longest first; ``known`` is every label of any block.
    """

    blocks: Mapping[Block, Mapping[str, Term]]
    sections: frozenset[str]
    level1: tuple[str, ...]
    level2: tuple[str, ...]
    known: frozenset[str]

    def find(self, block: Block, text: str) -> Term | None:
        """The term of a block that a printed label names; None when it names none."""
        if len(text) > _LONGEST_PRINTED:
            return None
        key = bare(text)
        terms = self.blocks[block]
        for label in (key, _TRAILING_BRACKETS.sub("", key), *_shortened(block, key)):
            if label in terms:
                return terms[label]
        return None if self._names(key) else _likely(block, key)

    def is_section(self, text: str) -> bool:
        """Whether a cell only names a block or a group of columns."""
        return len(text) <= _LONGEST_PRINTED and bare(text) in self.sections

    def names_level(self, text: str) -> bool:
        """Whether a cell is, to the letter, a label of a level or of the name of an indicator."""
        term = self.blocks["indicators"].get(bare(text)) if len(text) <= _LONGEST_PRINTED else None
        return term is not None and term.id in LEVELS

    def is_label(self, text: str) -> bool:
        """Whether a cell is a label of any block."""
        return len(text) <= _LONGEST_PRINTED and (self._names(bare(text)) or goal_index(text) is not None)

    def _names(self, key: str) -> bool:
        return key in self.known or _TRAILING_BRACKETS.sub("", key) in self.known


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary shipped with the package, proven: no label twice in a block.

    Raises:
        ValueError: a label is written twice in one block.
    """
    path = Path(__file__).with_name("vocabulary.yml")
    file = _File.model_validate(yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader))
    blocks = {block: _terms(block, getattr(file, block)) for block in BLOCKS}
    sections = frozenset(bare(label) for label in file.sections)
    return Vocabulary(
        MappingProxyType(blocks),
        sections,
        tuple(sorted(file.levels.level1, key=len, reverse=True)),
        tuple(sorted(file.levels.level2, key=len, reverse=True)),
        sections.union(*blocks.values()),
    )


def _terms(block: str, entries: tuple[_Entry, ...]) -> Mapping[str, Term]:
    terms: dict[str, Term] = {}
    for entry in entries:
        term = Term(entry.id, entry.type, entry.own_field)
        for label in entry.labels:
            if terms.setdefault(bare(label), term) != term:
                raise ValueError(f"vocabulary.yml, {block}: {label} is written twice")
    return MappingProxyType(terms)


def _shortened(block: Block, key: str) -> tuple[str, ...]:
    """The label less what only narrows it.

    The level of government (省级预算部门名称), the group before a colon (资金来源:（1）单位资金), or the year
    (2024年绩效目标; not of amounts, which stand beside those of other years).
    """
    if block == "header":
        return (_LEADING_YEAR.sub("", key), _LEADING_LEVEL.sub("", key))
    if block == "fund_rows":
        return (strip_ordinal(key.rsplit(":", 1)[-1])[0],)
    return () if block in _AMOUNTS else (_LEADING_YEAR.sub("", key),)


@functools.lru_cache(maxsize=16384)
def _likely(block: Block, key: str) -> Term | None:
    """The term of a long label that is nearly one of the block: a typo, a word that says nothing more or less."""
    if not _SHORTEST <= len(key) <= _LONGEST:
        return None
    terms = vocabulary().blocks[block]
    near = process.extract(key, terms.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS - _MARGIN, limit=None)
    if not near or near[0][1] < _LIKENESS or changed_word(key, near[0][0]) is not None:
        return None
    return terms[near[0][0]] if len({terms[label].id for label, _, _ in near}) == 1 else None


@functools.lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A label as it is compared: folded, ordinal, weight, formula and letters in brackets taken off."""
    cleaned = clean_label("".join(text.split("\n")), Years())
    rest = strip_ordinal(_LETTERS.sub("", cleaned))[0]
    shorter = _WEIGHT.sub("", rest)
    return (shorter or rest).rstrip(":(,、.")


def weight_of(text: str) -> str | None:
    """The weight printed with a label: 40 in ``产出指标（40分）``, also with a lost bracket (``产出指标40)``)."""
    match = _WEIGHT.search(fold(_MARKS.sub("", text)))
    return next(group for group in match.groups() if group) if match else None


def goal_index(text: str) -> int | None:
    """Which goal a label numbers: 2 in ``年度目标2（25分）``; None when it numbers none."""
    match = _INDEXED_GOAL.match(bare(text))
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else _CHINESE_DIGITS.index(match[1]) + 1
