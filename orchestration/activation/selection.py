"""Who of a segment may be delivered, and for each of the others why not.

Belongs here: shared and missing identifiers, and asking the consent ledger.
Does not belong here: who may be used for what (``marts.consent_ledger`` of the dbt project),
writing files, remembering deliveries.

Everybody gets one reason, the gravest first; members = exported + withheld by construction.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from orchestration.activation.normalise import digits, google_email
from orchestration.activation.shapes import Shape
from orchestration.segments import Audience

READ = "published"
"""Name the published warehouse is attached by."""

_PEOPLE = """
create or replace temp table person as
with

as_of as (

    select coalesce(max(as_of_at), timestamp '0001-01-01') as as_of_at
    from {read}.marts.customer_360

),

-- figures end at as_of_at; a no that was said after it is a no all the same
weighed as (

    select
        l.customer_id,
        min(
            case l.reason
                when 'granted' then 9 when 'not_denied' then 9
                when 'erasure' then 1 when 'restricted' then 2 when 'no_to_sale' then 4 else 3
            end
        ) as gravity,
        bool_and(l.is_allowed) as is_allowed
    from {read}.marts.consent_ledger as l
    cross join as_of as t
    where l.purpose = '{purpose}' and (l.valid_to is null or l.valid_to > t.as_of_at)
    group by l.customer_id

),

allowed as (

    select
        customer_id,
        case
            when is_allowed and gravity = 9 then null
            when gravity = 1 then 'erasure'
            when gravity = 2 then 'restricted'
            when gravity = 4 then 'do_not_sell'
            else 'no_consent'
        end as reason
    from weighed

),

-- an address of somebody who has not agreed is not used, although another customer has it too; two
-- ways of writing one mailbox or number are one
taken as (

    select distinct
        b.identifier_type,
        case b.identifier_type
            when 'email' then {mailbox} else {number}
        end as identifier_value
    from {read}.pii.bridge_customer_identifier as b
    inner join allowed as a on b.customer_id = a.customer_id
    where a.reason is not null and b.identifier_type in ('email', 'phone')

),

members as (

    select customer_id from {read}.marts.segment_membership
    where segment = $segment and is_member

)

select
    m.customer_id,
    case when a.customer_id is null then 'no_consent' else a.reason end as reason,
    case when te.identifier_value is null then p.email end as email,
    case
        when tm.identifier_value is null and p.mobile_phone is not null then p.mobile_phone
        when tp.identifier_value is null then p.phone
    end as phone,
    te.identifier_value is not null or tm.identifier_value is not null
    or tp.identifier_value is not null as is_shared,
    p.given_name,
    p.family_name,
    p.birth_date,
    c.gender,
    c.city,
    c.state,
    c.postcode,
    c.country_code,
    c.preferred_language

from members as m
left join allowed as a on m.customer_id = a.customer_id
left join {read}.marts.dim_customer as c on m.customer_id = c.customer_id
left join {read}.pii.dim_customer as p on m.customer_id = p.customer_id
left join taken as te on te.identifier_type = 'email' and {email} = te.identifier_value
left join taken as tm on tm.identifier_type = 'phone' and {mobile} = tm.identifier_value
left join taken as tp on tp.identifier_type = 'phone' and {phone} = tp.identifier_value
"""

_SHAPED = """
create or replace temp table shaped as
with

written as (

    select p.customer_id as _customer_id, p.reason as _reason, p.is_shared as _is_shared, {columns}
    from person as p

),

weighed as (

    select
        * replace (
            coalesce(
                _reason,
                case
                    when {usable} then null
                    when _is_shared then 'shared_identifier'
                    else 'no_identifier'
                end
            ) as _reason
        )
    from written

)

select
    * exclude (_is_shared)
    replace (
        case
            when _reason is null and {repeated} then 'duplicate_identifier' else _reason
        end as _reason
    )
from weighed
"""


@dataclass(frozen=True)
class Selection:
    """How many members there are, and how many of them are withheld for which reason."""

    members: int
    withheld: dict[str, int]

    @property
    def exported(self) -> int:
        """Members who are delivered."""
        return self.members - sum(self.withheld.values())


def select(connection: duckdb.DuckDBPyConnection, audience: Audience, shape: Shape) -> Selection:
    """Fill the temporary table ``shaped``: every member with ``_reason`` (null: is delivered)."""
    connection.execute(
        _PEOPLE.format(
            read=READ,
            purpose=audience.purpose,
            mailbox=google_email("b.identifier_value"),
            number=digits("b.identifier_value"),
            email=google_email("p.email"),
            mobile=digits("p.mobile_phone"),
            phone=digits("p.phone"),
        ),
        {"segment": audience.segment},
    )
    columns = ", ".join(f'{sql} as "{name}"' for name, sql in shape.columns.items())
    usable = " or ".join(f'"{name}" is not null' for name in shape.identifiers)
    repeated = "false"
    if shape.unique:
        repeated = (
            f'row_number() over (partition by _reason is null, "{shape.unique}"'
            " order by _customer_id) > 1"
        )
    connection.execute(_SHAPED.format(columns=columns, usable=usable, repeated=repeated))
    counts = connection.execute(
        "select _reason, count(*) from shaped group by _reason order by _reason"
    ).fetchall()
    return Selection(
        members=sum(count for _, count in counts),
        withheld={reason: count for reason, count in counts if reason is not None},
    )
