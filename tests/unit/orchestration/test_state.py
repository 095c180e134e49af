"""A step counts as done only for the input it was done for."""

from orchestration import state, warehouse


def test_done_means_this_input(built):
    with warehouse.connect(built) as connection:
        state.finish(connection, "staging", "one", "run")
        assert state.done(connection, "staging", "one")
        assert not state.done(connection, "staging", "two")


def test_beginning_a_step_forgets_all_that_build_on_it(built):
    with warehouse.connect(built) as connection:
        for step in state.STEPS:
            state.finish(connection, step, "one", "run")
        state.begin(connection, "identity")
        left = [step for step in state.STEPS if state.done(connection, step, "one")]
    assert left == ["gate_raw", "staging", "gate_staging"]


def test_fingerprint_follows_the_loads(built):
    with warehouse.connect(built) as connection:
        before = state.fingerprint(connection)
        assert before == state.fingerprint(connection)
        connection.execute(
            "insert into ops.load_ledger (load_id, batch, file, sha256, status)"
            " values (1, 1, 'a.csv', 'x', 'loaded')"
        )
        assert state.fingerprint(connection) != before
        assert state.loaded_batch(connection) == 1
        assert state.published_batch(connection) == 0


def test_digest_follows_names_and_contents(tmp_path):
    (tmp_path / "project").mkdir()
    model = tmp_path / "project" / "model.sql"
    seen = set()
    for text in ("select 1", "select 2"):
        model.write_text(text)
        seen.add(state.digest(("project",), tmp_path))
    model.rename(model.with_name("renamed.sql"))
    seen.add(state.digest(("project",), tmp_path))
    (tmp_path / "project" / "notes.bin").write_text("no source")
    seen.add(state.digest(("project",), tmp_path))
    assert len(seen) == 3
