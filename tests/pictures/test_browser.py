"""A real browser shows both: the report from the disk, the app over its port."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from orchestration import report
from orchestration.app.server import build_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium: apt-get install chromium fonts-noto-cjk"
)


def opened(address: str, folder: Path) -> tuple[str, str]:
    """The page as the browser holds it after loading, and what it complains of."""
    done = subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            f"--user-data-dir={folder / 'profile'}", "--dump-dom", address,
        ],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    told = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    return done.stdout, "\n".join(told)


@pytest.fixture
def address(published: Path) -> Iterator[str]:
    """The app, on a port that is free."""
    server = uvicorn.Server(
        uvicorn.Config(build_app(published), host="127.0.0.1", port=0, log_level="error")
    )
    started = threading.Event()
    startup = server.startup

    async def tell(sockets: object = None) -> None:
        await startup(sockets)  # type: ignore[arg-type]
        started.set()

    server.startup = tell  # type: ignore[method-assign]
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(60)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(60)


def test_the_report_opens_without_a_network(published: Path, tmp_path: Path, reader) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "report" / "index.html"
    readings = [report.read(reader, picture) for picture in report.load()]
    report.write(reader, readings, target)
    page, complaints = opened(target.as_uri(), tmp_path)
    assert page.count("<article") == len(readings)
    assert page.count("<svg") == sum(bool(r.rows and r.picture.spec) for r in readings) > 0
    assert complaints == ""


def test_the_app_shows_a_customer_and_their_graph(address: str, tmp_path: Path, customer) -> None:  # type: ignore[no-untyped-def]
    page, complaints = opened(f"{address}/customer/{customer('a')}", tmp_path)
    assert "高橋 太郎" in page and complaints == ""
    graph, complaints = opened(f"{address}/customer/{customer('a')}/identity", tmp_path)
    assert "<svg" in graph and "taro@mail.example" in graph
    assert complaints == ""
