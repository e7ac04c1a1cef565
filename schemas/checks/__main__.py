"""``docs/checks/rules.md``, written anew from the catalogue: ``python -m schemas.checks > docs/checks/rules.md``."""

from schemas.catalogue import load_catalogue
from schemas.checks.formula import as_markdown

if __name__ == "__main__":
    print(as_markdown(load_catalogue()), end="")
