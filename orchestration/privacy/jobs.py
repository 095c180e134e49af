"""Erasure, access and retention in Dagster.

Belongs here: jobs, their forms in the launchpad, when they start by themselves.
Does not belong here: what they do.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import dagster as dg
from pydantic import Field

from orchestration.automation.instance import PROCESS_TAG
from orchestration.automation.job import daily
from orchestration.ingestion import SystemDeclaration
from orchestration.privacy import access, erase, retention
from orchestration.privacy.identifier import asks
from orchestration.privacy.plan import Work
from orchestration.privacy.request import Ask
from orchestration.resources import Warehouse
from orchestration.settings import Settings
from orchestration.transformation.dbt import Dbt

ERASE, ACCESS, RETENTION = "erase_person", "access_package", "retention"
DAILY = "30 4 * * *"


class PersonConfig(dg.Config):
    """Who is meant: a request of the register, a customer, or an identifier."""

    request_id: str = Field(
        default="",
        description="Id under which it is recorded. Alone: the register's request of this id, "
        "whatever its state. Empty: all requests that are open (erasure only).",
    )
    customer_id: str = Field(default="", description="Customer, such as c0123…")
    identifier_type: str = Field(default="", description="Such as email, phone or user_id")
    identifier_value: str = Field(default="", description="The value, as it is written")

    def asks(self, settings: Settings) -> list[Ask]:
        """What the form asks for; empty when it names no person itself."""
        kind, value = self.identifier_type, self.identifier_value
        return asks(settings, self.request_id, self.customer_id, kind, value)


class RetentionConfig(dg.Config):
    """Whether rows go."""

    dry_run: bool = Field(default=True, description="Only say what is past its period.")


@dataclass(frozen=True)
class Parts:
    """What the jobs need: the home, declared systems, dbt, and the job that builds everything."""

    settings: Settings
    systems: Sequence[SystemDeclaration]
    dbt: Dbt
    refresh: Callable[[], dg.JobDefinition]

    @property
    def work(self) -> Work:
        """For the steps of the package."""
        return Work(self.settings, self.systems, self.dbt)


def build_erase_job(parts: Parts) -> dg.JobDefinition:
    """One step that erases, runs everything again without the person, scans and proves."""

    @dg.op(name="erase", description="Erase, build everything again, scan every file, prove.")
    def step(context: dg.OpExecutionContext, config: PersonConfig, warehouse: Warehouse) -> None:
        run_erase(context, config, parts)

    @dg.job(
        name=ERASE,
        executor_def=dg.in_process_executor,
        description="Erase one person, or all whose request is open.",
    )
    def job() -> None:
        step()

    return job


def run_erase(context: dg.OpExecutionContext, config: PersonConfig, parts: Parts) -> None:
    """Go on with an erasure that was killed, then act on what is asked.

    Raises:
        dg.Failure: the pipeline did not publish, or the scan found something.

    """
    settings = parts.settings
    wanted = config.asks(settings)
    todo = erase.resume(settings, parts.dbt)
    if not todo:
        only = None if wanted else config.request_id or None
        todo = erase.begin(settings, asks=wanted, only=only, dbt=parts.dbt, say=context.log.info)
    if not todo:
        context.log.info("nobody to erase")
        return
    result = parts.refresh().execute_in_process(
        instance=context.instance, raise_on_error=False, tags={PROCESS_TAG: str(os.getpid())}
    )
    if not result.success:
        raise dg.Failure(
            f"Rows are gone from raw, but run {result.run_id} did not publish without them: mend "
            "what it names and start this job again.",
            allow_retries=False,
        )
    looked = erase.finish(settings, parts.dbt)
    context.log.info(erase.told(looked))
    found = len(looked.findings)
    context.add_output_metadata(
        {"files scanned": looked.files, "bytes scanned": looked.bytes, "findings": found}
    )
    if found:
        raise dg.Failure(erase.told(looked), allow_retries=False)


def build_access_job(parts: Parts) -> dg.JobDefinition:
    """One step that writes the package."""

    @dg.op(name="collect", description="Everything held on one person, from every layer.")
    def step(context: dg.OpExecutionContext, config: PersonConfig, warehouse: Warehouse) -> None:
        try:
            done = access.make(parts.work, config.asks(parts.settings), config.request_id or None)
        except access.AccessError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
        rows = sum(done.tables.values())
        path = dg.MetadataValue.path(str(done.folder))
        context.add_output_metadata({"package": path, "tables": len(done.tables), "rows": rows})

    @dg.job(
        name=ACCESS,
        executor_def=dg.in_process_executor,
        description="Write everything held on one person as one package.",
    )
    def job() -> None:
        step()

    return job


def build_retention_job(parts: Parts) -> dg.JobDefinition:
    """One step that says, or removes, what is past its period."""

    @dg.op(name="expire", description="Rows older than the period their stream declares.")
    def step(context: dg.OpExecutionContext, config: RetentionConfig, warehouse: Warehouse) -> None:
        found = retention.run(parts.work, enforce=not config.dry_run)
        context.add_output_metadata({"dry run": config.dry_run, "streams": _figures(found)})

    @dg.job(
        name=RETENTION,
        executor_def=dg.in_process_executor,
        description="Remove from raw what is older than its stream's period.",
    )
    def job() -> None:
        step()

    return job


def _figures(found: Sequence[retention.Expired]) -> dg.TableMetadataValue:
    columns = {"stream": "string", "period": "string", "before": "string", "past it": "int"}
    columns["of"] = "int"
    rows = [
        (f"{one.system}.{one.stream}", one.period, f"{one.cutoff:%Y-%m-%d}", one.rows, one.of)
        for one in found
    ]
    schema = dg.TableSchema([dg.TableColumn(name, kind) for name, kind in columns.items()])
    records = [dg.TableRecord(dict(zip(columns, row, strict=True))) for row in rows]
    return dg.MetadataValue.table(records, schema=schema)


def build_retention_schedule(job: dg.JobDefinition) -> dg.ScheduleDefinition:
    """Half an hour before the main run, which builds the layers above without what went."""
    enforced = {"ops": {"expire": {"config": {"dry_run": False}}}}
    told = "Daily at 04:30 Japan time; enforces the declared periods."
    return daily(job, "enforce_retention", DAILY, told, enforced)


def build_request_sensor(
    refresh: dg.JobDefinition, job: dg.JobDefinition, settings: Settings
) -> dg.SensorDefinition:
    """After every run that published: whether the register has somebody to erase."""

    @dg.run_status_sensor(
        name="erasure_requests",
        run_status=dg.DagsterRunStatus.SUCCESS,
        monitored_jobs=[refresh],
        request_job=job,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts an erasure when a run has brought a request that is open.",
    )
    def erasure_requests(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
        if erase.is_pending(settings):
            return dg.RunRequest(run_key=f"erase-{context.dagster_run.run_id}")
        return dg.SkipReason("no open request that names one person")

    return erasure_requests
