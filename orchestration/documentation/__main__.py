"""`python -m orchestration.documentation`: write the generated pages again.

Belongs here: reading the project and writing files. Does not belong here: what stands in them.
"""

from __future__ import annotations

import sys

from orchestration.documentation import pages
from orchestration.ingestion import load_declarations
from orchestration.settings import CHECKOUT, DEFS, Settings
from orchestration.transformation.dbt import Dbt


def main() -> int:
    """Write every page; tell which."""
    declarations = load_declarations(DEFS)
    manifest = Dbt(Settings.from_environment(), declarations=declarations).prepare()
    for path, text in pages(manifest, declarations).items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(CHECKOUT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
