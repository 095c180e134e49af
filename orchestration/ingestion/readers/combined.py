r"""A line of a combined or common log, taken apart by SQL.

Belongs here: the shape of such a line and its escapes. Does not belong here: reading lines.

    host logname user [time] "request" status bytes "referer" "user agent" rest

The quotes divide the line; one regular expression over all of it takes twice as long.
"""

from __future__ import annotations

from orchestration.ingestion.rows import literal

COLUMNS = (
    "virtual_host", "remote_host", "remote_logname", "remote_user", "time", "request", "method",
    "target", "protocol", "status", "bytes", "referer", "user_agent", "rest",
)  # fmt: skip
_ESCAPED = ("\ufdd4", "\ufdd5")  # noncharacters: stand for \\ and \" while the line is divided
_JOINED = "array_to_string(rest, '\"')"
_REQUEST = r"^([A-Za-z]+) (\S.*?)(?: (HTTP/\S+))?$"
_SIGNS = (("t", r"\x09"), ("n", r"\x0A"), ("r", r"\x0D"), ("b", r"\x08"), ("v", r"\x0B"))


def records(lines: str) -> str:
    """Give a query: ``line``, ``is_record`` and a column ``c<n>`` for each of ``COLUMNS``."""
    hidden = f"replace(replace(line, '\\\\', '{_ESCAPED[0]}'), '\\\"', '{_ESCAPED[1]}')"
    parts = (
        "select line, string_split("
        f"case when contains(line, '\\') then {hidden} else line end, '\"') as parts from {lines}"
    )
    pieces = (
        "select *, string_split(split_part(parts[1], ' [', 1), ' ') as who, "
        "split_part(parts[1], ' [', 2) as clock, string_split(parts[3], ' ') as sizes, "
        f"len(parts) > 6 and parts[5] = ' ' as is_combined, {_unescaped('parts[2]')} as request "
        f"from ({parts})"
    )
    judged = (
        "select *, coalesce(len(parts) % 2 = 1 and len(who) > 2 and not list_contains(who, '') "
        "and ends_with(clock, '] ') and len(clock) > 2 and sizes[1] = '' "
        "and regexp_full_match(sizes[2], '[0-9]{3}|-') "
        "and regexp_full_match(sizes[3], '[0-9]+|-') and (not is_combined or len(sizes) = 4 "
        "and sizes[4] = '' and (parts[7] = '' or starts_with(parts[7], ' '))), false) "
        "as is_record, string_split(request, ' ') as asked, "
        "len(who) > 3 and regexp_full_match(who[1], '[^:]+:[0-9]+') as is_virtual, "
        f"case when is_combined then parts[7:] when len(sizes) > 3 then "
        f"list_prepend(array_to_string(sizes[4:], ' '), parts[4:]) end as rest from ({pieces})"
    )
    shown = (
        "select *, len(asked) = 3 and starts_with(asked[3], 'HTTP/') "
        f"and regexp_full_match(asked[1], '[A-Za-z]+') as is_plain from ({judged})"
    )
    values = {
        "virtual_host": "case when is_virtual then who[1] end",
        "remote_host": "case when is_virtual then who[2] else who[1] end",
        "remote_logname": "case when is_virtual then who[3] else who[2] end",
        "remote_user": "case when is_virtual then array_to_string(who[4:], ' ') "
        "when len(who) > 3 then array_to_string(who[3:], ' ') else who[3] end",
        "time": "left(clock, len(clock) - 2)",
        "request": "request",
        "status": "sizes[2]",
        "bytes": "sizes[3]",
        "referer": f"case when is_combined then {_unescaped('parts[4]')} end",
        "user_agent": f"case when is_combined then {_unescaped('parts[6]')} end",
        "rest": f"trim({_restored(_JOINED)})",
    }
    for at, name in enumerate(("method", "target", "protocol"), start=1):
        other = f"regexp_extract(request, {literal(_REQUEST)}, {at})"
        values[name] = f"case when is_plain then asked[{at}] else {other} end"
    columns = [
        f"nullif(nullif({values[name]}, '-'), '') as c{at}" for at, name in enumerate(COLUMNS)
    ]
    return f"select line, is_record, {', '.join(columns)} from ({shown})"


def _restored(text: str) -> str:
    r"""``text`` with the escapes that stood in the line."""
    both = f"replace(replace({text}, '{_ESCAPED[0]}', '\\\\'), '{_ESCAPED[1]}', '\\\"')"
    return f"case when contains(line, '\\') then {both} else {text} end"


def _unescaped(text: str) -> str:
    r"""Give SQL for a value without ``\"``, ``\\``, ``\xHH``; as delivered if that is no text.

    A cast to text shows each byte beyond plain ASCII, and the backslash, as ``\xHH``, and a cast
    back reads these: so one cast decodes them all.
    """
    shown = f"encode(replace({text}, '{_ESCAPED[1]}', '\"'))::varchar"
    shown = f"replace({shown}, '\\x5Cx', '\\x')"
    for sign, code in _SIGNS:
        shown = f"replace({shown}, '\\x5C{sign}', '{code}')"
    hidden = "".join(f"\\x{byte:02X}" for byte in _ESCAPED[0].encode())
    decoded = f"try(decode(try_cast(replace({shown}, '{hidden}', '\\x5C') as blob)))"
    kept = f"coalesce(case when not contains({decoded}, chr(0)) then {decoded} end, "
    return f"case when contains(line, '\\') then {kept}{_restored(text)}) else {text} end"
