"""The training job.

Belongs here: what Dagster shows of a training. Does not belong here: training.
"""

import dagster as dg

from orchestration.linkage.training import train
from orchestration.resources import POOL, Warehouse

JOB = "train_matching"


def build_training_job() -> dg.JobDefinition:
    """One step: train, write the parameters, report drift. Runs use the file once it is there."""

    @dg.op(
        name="learn_parameters",  # not as the job: Dagster's UI loads no two of one name
        pool=POOL,
        description="Learn the linkage parameters from the warehouse as it is, without labels.",
    )
    def learn_parameters(context: dg.OpExecutionContext, warehouse: Warehouse) -> None:
        done = train(warehouse.settings)
        columns = ("feature", "filled share", "variety in bits", "too far")
        records = [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in done.drift]
        kinds = ("string", "float", "float", "bool")
        schema = dg.TableSchema(
            [dg.TableColumn(name, kind) for name, kind in zip(columns, kinds, strict=True)]
        )
        context.add_output_metadata(
            {
                "descriptions": done.rows,
                "matches expected": done.matches,
                "parameters": dg.MetadataValue.path(str(done.file)),
                "kept parameters still fitted": done.fitted,
                "drift": dg.MetadataValue.table(records, schema=schema),
            }
        )

    @dg.job(
        name=JOB,
        executor_def=dg.in_process_executor,
        description="Train the linkage model; review the changed file before it is committed.",
    )
    def job() -> None:
        learn_parameters()

    return job
