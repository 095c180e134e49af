"""`make app`: looking customers up, on this machine only.

Belongs here: where it listens. Does not belong here: pages (``orchestration.app``).

Requests are not logged: an address holds a customer's id.
"""

from __future__ import annotations

import os
import socket
import sys
from contextlib import suppress

from orchestration.private import keep_private
from orchestration.settings import Settings

HOST = "127.0.0.1"
PORT = 3010


def main() -> int:
    """Serve until Ctrl-C; 1 when the port is taken."""
    keep_private()
    port = os.environ.get("KOKYAKU_APP_PORT") or str(PORT)
    with suppress(OSError), socket.create_connection((HOST, int(port)), timeout=0.2):
        print(f"Port {port} is taken. Take another one: KOKYAKU_APP_PORT=3011 make app")
        return 1
    print("Starting ...", flush=True)
    import uvicorn  # noqa: PLC0415 - half a second that nobody should wait in silence

    from orchestration.app.server import build_app  # noqa: PLC0415

    app = build_app(Settings.from_environment().published_warehouse)
    print(f"Customers on http://{HOST}:{port}  (Ctrl-C ends it)", flush=True)
    uvicorn.run(
        app, host=HOST, port=int(port), access_log=False, log_level="warning", server_header=False
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
