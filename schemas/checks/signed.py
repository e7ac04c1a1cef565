"""Terms of rules that name fields or lines, and what stands for a term that the publisher left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from schemas.kind import CheckRule

SignedName = tuple[int, str]


def signed(term: str) -> SignedName:
    """The name of a term and its sign."""
    return (-1, term[1:]) if term.startswith("-") else (1, term)


def parts_by_lhs(rules: Sequence[CheckRule]) -> Mapping[str, CheckRule]:
    """The rule that says what a subtotal is made of, by the name of the subtotal."""
    return {rule.lhs: rule for rule in rules if rule.relation == "eq"}


def printed_terms(
    rule: CheckRule, parts: Mapping[str, CheckRule], is_printed: Callable[[str], bool]
) -> list[SignedName]:
    """The terms of a rule that the table prints.

    A subtotal that is not printed (本年收入合计 left out of a summary) is replaced by its own parts, for the identity
    holds for them as well.
    """
    found: list[SignedName] = []
    for sign, name in map(signed, rule.terms):
        if is_printed(name):
            found.append((sign, name))
        elif name in parts and parts[name] is not rule:
            deeper = {key: value for key, value in parts.items() if key not in (name, rule.lhs)}
            found += [(sign * inner, part) for inner, part in printed_terms(parts[name], deeper, is_printed)]
    return found
