"""`make ui`: Dagster's UI and daemon on this machine only.

Belongs here: where it listens and what it shows. Does not belong here: definitions.
"""

from __future__ import annotations

import os
import sys

from orchestration.automation.instance import prepare_home
from orchestration.settings import CHECKOUT, Settings


def main() -> None:
    """Replace this process by `dagster dev`."""
    settings = Settings.from_environment()
    prepare_home(settings)
    port = os.environ.get("KOKYAKU_PORT") or "3000"
    print(f"Kokyaku UI on http://127.0.0.1:{port}  (Ctrl-C ends it)", flush=True)
    os.chdir(CHECKOUT)
    os.environ["PYTHONWARNINGS"] = "ignore"
    command = ["dagster", "dev", "-m", "orchestration.definitions", "-h", "127.0.0.1", "-p", port]
    os.execv(  # noqa: S606 - fixed arguments, no shell
        sys.executable, [sys.executable, "-m", *command, "--log-level", "warning"]
    )


if __name__ == "__main__":
    main()
