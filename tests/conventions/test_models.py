"""Rules for every dbt model, read from dbt's own manifest.

A test that fails lists the models or columns that break the rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from orchestration.identity.policies import load_policies
from orchestration.settings import DBT_PROJECT

Model = Mapping[str, Any]
Models = Sequence[Model]
# Published under these names, which readers rely on.
IDENTITY_NAMES = {
    "record_customer", "identifier_customer", "anonymous_customer", "device_interval", "evidence",
    "suppressed_edge", "decision", "history", "redirect", "golden_attribute", "golden_candidate",
    "household", "review_queue", "match_weight", "match_model", "blocking",
}  # fmt: skip
# Likewise: what the analyst and the marketer ask for by name.
MART_NAMES = {
    "customer_360", "journey_path", "journey_funnel", "attribution", "activity_heatmap",
    "feature_use", "cohort_retention", "repeat_rate", "subscription_movement", "nps_trend",
    "csat_trend", "complaint_themes", "lifecycle_flow", "market_analysis", "channel_performance",
    "campaign_performance", "next_best_product", "product_affinity", "recommendation_quality",
    "segment_membership", "segment", "metric", "lifetime_value", "lifetime_value_backtest",
    "delivery", "consent_ledger",
}  # fmt: skip
NAMES = {
    "staging": r"stg_(?P<system>[a-z][a-z0-9_]*?)__[a-z_]+",
    "identity": rf"int_identity__[a-z_]+|{'|'.join(sorted(IDENTITY_NAMES))}",
    "marts": rf"(dim|fct|bridge)_[a-z_]+|int_[a-z]+__[a-z_]+|{'|'.join(sorted(MART_NAMES))}",
    "quarantine": r"rejected|field_issue",
}
# One row per value that was set aside: a delivery may hold the same twice.
WITHOUT_KEY = {"rejected", "field_issue"}


def layer(model: Model) -> str:
    return str(model["fqn"][1])


def names(models: Models) -> list[str]:
    return sorted(str(model["name"]) for model in models)


def test_names_carry_layer_and_source(models: Models) -> None:
    wrong = [m for m in models if not re.fullmatch(NAMES[layer(m)], m["name"])]
    assert names(wrong) == []
    folders = {m["name"]: m["fqn"][2] for m in models if layer(m) == "staging"}
    systems = {name: name.removeprefix("stg_").split("__")[0] for name in folders}
    assert folders == systems


def test_every_model_says_what_a_row_is(models: Models) -> None:
    assert names([m for m in models if not m["description"].strip()]) == []
    unsaid = [m for m in models if not re.search(r"\bone row per\b", m["description"], re.I)]
    assert names(unsaid) == []


def test_every_column_is_described(models: Models) -> None:
    assert names([m for m in models if not m["columns"]]) == []
    bare = [
        f"{model['name']}.{column}"
        for model in models
        for column, what in model["columns"].items()
        if not what["description"].strip()
    ]
    assert bare == []


def test_the_grain_stands_in_the_file(models: Models) -> None:
    silent = [m for m in models if "grain:" not in m["raw_code"].split("with", 1)[0].lower()]
    assert names([m for m in silent if layer(m) != "staging"]) == []


def test_every_model_has_its_key_tested(manifest: Mapping[str, Any], models: Models) -> None:
    tested = {
        test["attached_node"]
        for test in manifest["nodes"].values()
        if test["resource_type"] == "test"
        and (test.get("test_metadata") or {}).get("name") in {"unique", "unique_combination"}
    }
    missing = [m for m in models if m["unique_id"] not in tested and m["name"] not in WITHOUT_KEY]
    assert names(missing) == []


def test_no_model_past_staging_reads_a_source(manifest: Mapping[str, Any], models: Models) -> None:
    wrong = {
        model["name"]: source
        for model in models
        for source in model["depends_on"]["nodes"]
        if source.startswith("source.")
        and layer(model) != "staging"
        and not (
            layer(model) in {"quarantine", "identity", "marts"}
            and source.startswith("source.kokyaku.ops.")
        )
    }
    assert wrong == {}
    strangers = {
        (model["name"], read)
        for model in models
        for read in model["depends_on"]["nodes"]
        if layer(model) == "staging"
        and not read.startswith(("source.kokyaku.raw", "seed.kokyaku."))
        and f".stg_{model['fqn'][2]}__" not in read
        and not read.startswith(f"source.kokyaku.{model['fqn'][2]}.")
    }
    assert strangers == set(), "staging reads its own system only"


def test_what_is_published_has_an_enforced_contract(models: Models) -> None:
    marts = [m for m in models if layer(m) == "marts"]
    assert len(marts) >= 7
    # dbt has no contracts for Python models; what is published of them goes through SQL
    held = [m for m in marts if m["language"] == "sql" or not m["name"].startswith("int_")]
    assert names([m for m in held if not m["config"]["contract"]["enforced"]]) == []
    untyped = [
        f"{m['name']}.{name}"
        for m in marts
        for name, column in m["columns"].items()
        if not column["data_type"]
    ]
    assert untyped == []
    hidden = [m for m in marts if re.search(r"\b[a-z]\w*\.\*", m["raw_code"])]
    assert names(hidden) == [], "select a.* hides what is published"


def test_person_models_are_those_with_identity(manifest: Mapping[str, Any], models: Models) -> None:
    import yaml

    variables = yaml.safe_load((DBT_PROJECT / "dbt_project.yml").read_text())["vars"]
    people, others = variables["person_models"], variables["other_models"]
    staging = [m for m in models if layer(m) == "staging"]
    with_identity = names([m for m in staging if "identity" in m["config"]["meta"]])
    assert sorted(people) == with_identity
    told = variables["identifier_models"]
    assert sorted(told) == names([m for m in staging if "identifies" in m["config"]["meta"]])
    assert sorted([*people, *told, *others]) == names(staging)


def test_identifiers_have_a_policy(models: Models) -> None:
    declared = {
        column["config"]["meta"]["identifier"]
        for model in models
        for column in model["columns"].values()
        if "identifier" in column["config"]["meta"]
        and {"identity", "identifies"} & set(model["config"]["meta"])
    }
    assert declared - set(load_policies(DBT_PROJECT).types) == set()
    assert {"email", "phone", "user_id"} <= declared


def test_every_model_has_its_yml_beside_it(models: Models) -> None:
    far = [
        m
        for m in models
        if not m["patch_path"]
        or Path(m["patch_path"].partition("://")[2]).parent != Path(m["original_file_path"]).parent
    ]
    assert names(far) == []


# Rows of these tell of companies, senders and the company's own posts, not of customers.
OF_NO_PERSON = {"stg_hubspot__company", "stg_mailchimp__campaign"}


def test_rows_with_personal_columns_say_whose_they_are(models: Models) -> None:
    """Erasure finds a person's rows by key, identifiers, or the rows they belong to."""
    silent = [
        model
        for model in models
        if model["config"]["materialized"] == "staged"
        and any("pii" in column["config"]["meta"] for column in model["columns"].values())
        and not any(
            {"identifier", "erases"} & set(column["config"]["meta"])
            for column in model["columns"].values()
        )
        and "owned_by" not in model["config"]["meta"]
        and model["name"] not in OF_NO_PERSON
    ]
    assert names(silent) == []
