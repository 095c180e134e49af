"""What an earlier version left open is closed; what is somebody else's is left alone."""

import stat

from orchestration.private import mend


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_home_that_was_open_is_closed(settings):
    inside = settings.home / "dagster" / "storage"
    inside.mkdir(parents=True)
    (inside / "runs.db").write_text("x")
    settings.build_warehouse.write_text("x")
    settings.home.chmod(0o755)
    (inside / "runs.db").chmod(0o644)
    strange = settings.home / "notes.txt"
    strange.write_text("x")
    strange.chmod(0o644)
    outside = settings.landing / "extract.csv"
    outside.write_text("x")
    outside.chmod(0o644)
    (settings.home / "tmp").mkdir()
    (settings.home / "tmp" / "link").symlink_to(outside)

    assert mend(settings) > 0
    assert {mode(path) for path in (settings.home, inside.parent, inside)} == {0o700}
    assert {mode(path) for path in (inside / "runs.db", settings.build_warehouse)} == {0o600}
    assert mode(strange) == mode(outside) == 0o644
    assert mend(settings) == 0


def test_a_home_that_is_not_there_is_not_made(settings):
    assert mend(settings) == 0
    assert not settings.home.exists()
