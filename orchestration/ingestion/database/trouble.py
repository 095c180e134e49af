"""What went wrong with a database, in words that may be shown and kept.

Belongs here: telling errors apart by SQLSTATE and libpq's words, the remedy of each.
Does not belong here: catching them, trying again.

Messages of the server are repeated only where they can hold nothing but names: others may quote
values of the data, and libpq's own complaints about an address may quote the password in it.
"""

from __future__ import annotations

import re

NAMES_ONLY = {
    "42P01": ("missing_table", "create it, or correct the table or query in defs.yaml"),
    "3F000": ("missing_table", "create the schema, or correct the table or query in defs.yaml"),
    "42703": ("missing_column", "restore the column, or correct the query in defs.yaml"),
    "42702": ("query_failed", "give each column of the query a name of its own"),
    "42501": ("no_permission", "grant select on it to the user that reads"),
    "42601": ("query_failed", "correct the query in defs.yaml"),
    "42883": ("query_failed", "correct the query in defs.yaml; key and watermark must be sortable"),
}
REFUSED = {
    "password authentication failed": ("login_refused", "the password is wrong"),
    "no password supplied": ("login_refused", "a password is needed"),
    "no pg_hba.conf entry": ("login_refused", "the server admits no such login from here"),
    "role ": ("login_refused", "there is no such user"),
    "database ": ("login_refused", "there is no such database"),
    "permission denied": ("login_refused", "the user may not enter the database"),
    "SSL": ("login_refused", "server and address disagree on SSL"),
}
DOWN = (
    "refused", "timeout", "timed out", "could not translate host name", "starting up",
    "shutting down", "too many", "server closed", "No such file or directory", "unreachable",
    "remaining connection slots", "terminating connection",
)  # fmt: skip
_FOR_A_WHILE = re.compile(r"08...|57P0[123]|40...|53...")
_SAID = re.compile(r"ERROR:\s+(.*)")


class Trouble(Exception):  # noqa: N818  (a verdict on the read)
    """A stream cannot be read: reason, what is the matter and what to do; both may be shown.

    ``passing``: trying again may help. ``whole``: no stream of the system can be read.
    """

    def __init__(
        self, reason: str, matter: str, remedy: str, *, passing: bool = False, whole: bool = False
    ) -> None:
        super().__init__(f"{matter}: {remedy}")
        self.reason, self.passing, self.whole = reason, passing, whole


def of_login(error: Exception, variable: str) -> Trouble:
    """Why no connection came about."""
    message = str(error)
    for words, (reason, matter) in REFUSED.items():
        if f"FATAL:  {words}" in message or (words == "SSL" and "SSL" in message):
            return Trouble(reason, f"the database refuses the login, {matter}",
                           f"correct the address in {variable}", whole=True)  # fmt: skip
    for words in DOWN:
        if words in message:
            return Trouble("not_reachable", "the database cannot be reached",
                           f"start it, or correct the address in {variable}",
                           passing=True, whole=True)  # fmt: skip
    return Trouble(
        "login_refused", f"the address in {variable} cannot be used",
        "write postgresql://user@host:5432/database, with special characters as %XX", whole=True,
    )  # fmt: skip


def of_query(error: Exception) -> Trouble:
    """Why a statement failed."""
    state, message = str(getattr(error, "sqlstate", None) or ""), str(error)
    if state in NAMES_ONLY:
        reason, remedy = NAMES_ONLY[state]
        said = _SAID.search(message)
        return Trouble(reason, said[1].strip() if said else f"SQLSTATE {state}", remedy)
    if _FOR_A_WHILE.fullmatch(state) or "conflict with recovery" in message:
        return _lost()
    # Errors in the middle of a result come without a state.
    if not state and ("ERROR:" not in message or any(words in message for words in DOWN)):
        return _lost()
    if state == "57014" or "canceling statement due to" in message:
        return Trouble("query_timeout", "the query was cancelled after its time was up",
                       "index the watermark, or allow more statement_timeout")  # fmt: skip
    matter, remedy = f"the server refused the query (SQLSTATE {state or '?'})", "run it in psql"
    if "in a read-only transaction" in message:
        matter, remedy = "the query writes, and the connection only reads", "take out what writes"
    return Trouble("query_failed", matter, f"{remedy}, and correct defs.yaml")


def _lost() -> Trouble:
    return Trouble("connection_lost", "the connection to the database was lost",
                   "run again; what was read stays", passing=True)  # fmt: skip
