"""How YAML is read.

Belongs here: the parser, and a file that cannot be read at all. Does not belong here: what a file
must say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Safe; the same YAML, ten times faster where the C library is there."""


def read_declared(path: Path, error_type: type[Exception], loader: Any = LOADER) -> Any:
    """The content of a file that somebody writes by hand.

    Raises:
        error_type: the file cannot be read or is no YAML; the message names it.

    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - safe
    except OSError as error:
        raise error_type(f"{path}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise error_type(f"{path}: not valid YAML: {error}") from error
