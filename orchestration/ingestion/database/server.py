"""One connection to a PostgreSQL server, which only ever reads.

Belongs here: the session's settings, one snapshot at a time, Arrow batches as they come.
Does not belong here: which statements (``select``), what becomes of the rows (``load``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from orchestration.ingestion.database import trouble
from orchestration.ingestion.database.declared import Connection, seconds

BATCH_BYTES = 4 * 1024 * 1024  # of one Arrow batch: a chunk is cut from several
CONNECT_SECONDS = 10
# Every value leaves the server as its own text, and these decide how it writes them.
SESSION = (
    "set default_transaction_read_only = on",
    "set standard_conforming_strings = on",
    "set client_encoding = 'UTF8'",
    "set TimeZone = 'UTC'",
    "set DateStyle = 'ISO, YMD'",
    "set IntervalStyle = 'iso_8601'",
    "set bytea_output = 'hex'",
    "set extra_float_digits = 1",
)


class Server:
    """A session; every error it raises is a ``Trouble``."""

    def __init__(self, connection: Connection) -> None:
        # Half a second, for those who are connected.
        import pyarrow as pa  # noqa: PLC0415
        from adbc_driver_postgresql import dbapi  # noqa: PLC0415

        self._errors = (dbapi.Error, pa.ArrowException, OSError)
        try:
            self._session = dbapi.connect(_address(connection.url), autocommit=True)
        except self._errors as error:
            raise trouble.of_login(error, connection.env) from None
        limit = connection.statement_timeout
        timeout = f"set statement_timeout = {seconds(limit) * 1000 if limit else 0}"
        for statement in (*SESSION, timeout):
            self.rows(statement)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All statements inside see the database as it is at the first of them."""
        self.rows("begin isolation level repeatable read read only")
        try:
            yield
        finally:
            with suppress(trouble.Trouble):  # a lost connection has no transaction to end
                self.rows("rollback")

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement with a small result."""
        with self._session.cursor() as cursor:
            try:
                cursor.execute(statement)
                return list(cursor.fetchall()) if cursor.description else []
            except self._errors as error:
                raise trouble.of_query(error) from None

    def names(self, statement: str) -> list[str]:
        """Names of a query's columns."""
        with self._session.cursor() as cursor:
            try:
                cursor.execute(f"select * from (\n{statement}\n) as q limit 0")
                return [str(column[0]) for column in cursor.description or ()]
            except self._errors as error:
                raise trouble.of_query(error) from None

    def chunks(self, statement: str, names: Sequence[str], size: int) -> Iterator[Any]:
        """Arrow tables of ``size`` rows, the last one shorter; one of them in memory at a time."""
        import pyarrow as pa  # noqa: PLC0415

        waiting: list[Any] = []
        held = 0
        for batch in self._batches(statement):
            waiting.append(batch.rename_columns(list(names)))
            held += batch.num_rows
            while held >= size:
                table = pa.Table.from_batches(waiting)
                yield table.slice(0, size)
                waiting = table.slice(size).to_batches()
                held -= size
        if held:
            yield pa.Table.from_batches(waiting)

    def _batches(self, statement: str) -> Iterator[Any]:
        with self._session.cursor() as cursor:
            cursor.adbc_statement.set_options(
                **{"adbc.postgresql.batch_size_hint_bytes": str(BATCH_BYTES)}
            )
            try:
                cursor.execute(statement)
                reader = cursor.fetch_record_batch()
            except self._errors as error:
                raise trouble.of_query(error) from None
            while True:
                try:
                    batch = reader.read_next_batch()
                except StopIteration:
                    return
                except self._errors as error:
                    raise trouble.of_query(error) from None
                yield batch

    def close(self) -> None:
        """End the session; it may be gone already."""
        with suppress(*self._errors, RuntimeError):  # the latter: a result was left half read
            self._session.close()


def _address(url: str) -> str:
    """The address, with a limit to waiting and a name that the server's operator can read."""
    if "://" not in url:
        return f"{url} connect_timeout={CONNECT_SECONDS} application_name=kokyaku"
    extra = [f"connect_timeout={CONNECT_SECONDS}", "application_name=kokyaku"]
    extra = [one for one in extra if one.split("=", 1)[0] not in url]
    return url + ("&" if "?" in url else "?") + "&".join(extra) if extra else url
