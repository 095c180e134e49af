"""Grain: one row per period and customer for whom lifetime value is modelled.

Belongs here: what dbt needs to run it. Does not belong here: the models, see ``lifetime``; the
customers and what they bought, see int_customer__repeat.
"""

import pyarrow as pa
from lifetime import predict

TEXT, NUMBERS = predict.COLUMNS[:3], predict.COLUMNS[3:]


def model(dbt, session):
    """Fit on a draw of the customers, predict for all."""
    dbt.config(materialized="table")
    dbt.ref("int_customer__repeat")
    name = f'"{dbt.this.database}"."{dbt.this.schema}"."int_customer__repeat"'
    schema = pa.schema([*((n, pa.string()) for n in TEXT), *((n, pa.float64()) for n in NUMBERS)])
    found = pa.Table.from_pandas(predict.predict(session, name), schema, preserve_index=False)
    return found  # noqa: RET504 - dbt wants a name
