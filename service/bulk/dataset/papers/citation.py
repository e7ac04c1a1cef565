"""``CITATION.cff``: how the dataset is to be cited, in the Citation File Format 1.2.0."""

from __future__ import annotations

from typing import Any

import yaml

_MESSAGE = "Cite this dataset, with your own name as an author if you compiled it, and the disclosures you used."


def citation(version: str, documents: int, fingerprint: str) -> str:
    """The file. ``fingerprint`` is the sha256 of the tables: it names this state of the data."""
    cff: dict[str, Any] = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": _MESSAGE,
        "title": "Fiscal disclosures of Chinese departments and units / 部门和单位财政信息公开数据",
        "abstract": f"Budgets, final accounts and performance forms read from {documents} disclosed files.",
        "authors": [{"name": "Publishers of the disclosures / 公开文件的发布单位"}],
        "identifiers": [{"type": "other", "value": f"sha256:{fingerprint}", "description": "digest of the tables"}],
        "keywords": ["public finance", "China", "部门决算", "部门预算", "绩效自评"],
        "references": [
            {"type": "software", "title": "Gongkai", "version": version, "authors": [{"name": "Gongkai"}]},
        ],
    }
    return yaml.safe_dump(cff, allow_unicode=True, sort_keys=False, width=120)
