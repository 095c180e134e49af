"""What every pipeline process of these tests needs, imported once in the process they fork from.

Belongs here: imports, one parse of the dbt project and one reading of the dictionary of names.
Does not belong here: anything that starts a thread; a fork would lose it.
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path

import duckdb  # noqa: F401
import great_expectations  # noqa: F401
import pandas  # noqa: F401

import expectations.engine  # noqa: F401
import orchestration.console.run
import orchestration.console.summary  # noqa: F401
from orchestration.settings import DBT_PROJECT, Settings
from orchestration.transformation.dbt import Dbt

with tempfile.TemporaryDirectory() as home:
    before = dict(os.environ)
    # dbt's own parser of models keeps a pool of threads; Jinja does the same without.
    os.environ["DBT_STATIC_PARSER"] = "false"
    Dbt(Settings(landing=Path(home), home=Path(home))).prepare()
    os.environ.clear()
    os.environ.update(before)
sys.path.append(str(DBT_PROJECT))  # where dbt finds the project's functions
import matching.linkage  # noqa: F401
from udf.name_dictionary import dictionary

dictionary()
gc.collect()
gc.freeze()
