"""How YAML is read.

Belongs here: the parser and nothing else. Does not belong here: what a file must say.
"""

from __future__ import annotations

from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe; the same YAML, ten times faster where the C library is there."""
