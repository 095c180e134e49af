"""How a function of this folder becomes known to SQL.

Belongs here: registration, the same for all of them. Does not belong here: what a function does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


def register_function(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    function: Callable[..., Any],
    arguments: Sequence[str],
    returns: str,
) -> None:
    """Make a vector function known to a connection and all its cursors; a second time does nothing.

    Args:
        connection: of the adapter.
        name: by which SQL calls it.
        function: takes an Arrow column per argument, nulls included, and gives one as long.
        arguments: SQL type of each.
        returns: SQL type of the result.

    """
    import duckdb  # noqa: PLC0415 -- the adapter has it loaded already

    try:
        connection.create_function(
            name,
            function,
            list(arguments),  # type: ignore[arg-type]
            returns,  # type: ignore[arg-type]
            type="arrow",  # type: ignore[arg-type]
            null_handling="special",  # type: ignore[arg-type]
        )
    except duckdb.CatalogException as error:
        if "already exists" not in str(error):
            raise
