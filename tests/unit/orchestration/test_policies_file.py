"""The policies file: what it may say, and every error it can hold, with file, type and remedy."""

import shutil

import pytest
import yaml

from orchestration.identity.policies import (
    FILE,
    PolicyError,
    change_digest,
    differences,
    load_policies,
    used_types,
)
from orchestration.settings import DBT_PROJECT, DEFS
from orchestration.transformation.dbt import Dbt
from orchestration.transformation.variables import variables

PLAIN = {"priority": 2, "check_person": False, "max_people": 50}


@pytest.fixture
def load(tmp_path):
    """Load the project's policies after an edit of their content."""

    def go(edit):
        content = yaml.safe_load((DBT_PROJECT / FILE).read_text(encoding="utf-8"))
        edit(content)
        path = tmp_path / "policies.yml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return load_policies(DBT_PROJECT, path)

    return go


def email(**keys):
    return lambda content: content["types"]["email"].update(keys)


WRONG = {
    "unknown type": (lambda c: c["types"].update(fax=PLAIN), "types.fax: unknown type, no staging"),
    "missing type": (lambda c: c["types"].pop("email"), "types.email: missing, and stg_"),
    "unknown key": (email(max_persons=3), "types.email.max_persons: unknown key; remove it"),
    "unknown window key": (
        email(max_people_in={"days": 1, "people": 2, "hours": 3}),
        "types.email.max_people_in.hours: unknown key; remove it, or use one of days, people",
    ),
    "unknown top key": (lambda c: c.update(typs={}), "typs: unknown key; remove it, or use one of"),
    "negative limit": (email(max_people=-1), "types.email.max_people: input should be greater"),
    "zero per customer": (email(max_per_customer=0), "types.email.max_per_customer: input should"),
    "negative window": (
        email(max_people_in={"days": -1, "people": 2}),
        "types.email.max_people_in.days: input should be greater",
    ),
    "window that never acts": (
        email(max_people_in={"days": 1, "people": 12}),
        "types.email: max_people_in.people (12) never acts: make it less than max_people (12)",
    ),
    "half a window": (
        email(max_people_in={"days": 1}), "types.email.max_people_in.people: missing; add it"
    ),
    "no number": (email(max_people="many"), "types.email.max_people: input should be a valid int"),
    "yes for a number": (email(priority=True), "types.email.priority: must be a whole number"),
    "priority of a reviewer": (email(priority=0), "types.email.priority: input should be greater"),
    "missing key": (
        lambda c: c["types"]["email"].pop("max_people"), "types.email.max_people: missing; add it"
    ),
    "wrong pattern": (
        email(block={"test": ["("]}), "types.email.block.test.0: '(' is no pattern of RE2"
    ),
    "reason without patterns": (email(block={"test": []}), "types.email.block.test: "),
    "unknown strength": (email(strength="medium"), "types.email.strength: input should be"),
    "weak without names": (
        lambda c: c["types"]["user_id"].update(strength="weak"),
        "types.user_id: strength: weak needs check_person: true",
    ),
    "share above one": (
        lambda c: c.update(accept_change_share=2), "accept_change_share: input should be less"
    ),
    "no types": (lambda c: c.pop("types"), "types: missing; add it"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named_with_file_type_and_remedy(load, name):
    edit, text = WRONG[name]
    with pytest.raises(PolicyError) as error:
        load(edit)
    assert "policies.yml: " + text in str(error.value)


def test_every_problem_is_named_at_once(load):
    def edit(content):
        content["types"]["email"].update(max_people=-1, max_persons=2)

    with pytest.raises(PolicyError) as error:
        load(edit)
    assert len(str(error.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["[", "- a list", ""])
def test_a_file_that_is_no_mapping(tmp_path, text):
    path = tmp_path / "p.yml"
    path.write_text(text)
    with pytest.raises(PolicyError, match=r"p\.yml: "):
        load_policies(DBT_PROJECT, path)
    with pytest.raises(PolicyError, match="cannot be read"):
        load_policies(DBT_PROJECT, tmp_path / "none.yml")


def test_the_projects_own_file_reaches_dbt_whole(settings):
    found = variables([], DBT_PROJECT)["identity_policies"]
    assert set(found) >= {"email", "phone", "national_id", "user_id"}
    assert found["email"]["block"]["sends but is read by nobody"]
    assert all({"priority", "max_people", "max_per_customer"} <= set(one) for one in found.values())
    assert "no-?reply" in Dbt(settings).variables


def test_cookies_need_no_policy():
    used = used_types(DBT_PROJECT)
    assert used["anonymous_id"][1] is False and used["email"][1] is True


def test_a_changed_file_is_parsed_again(settings, tmp_path):
    project = tmp_path / "dbt_project"
    shutil.copytree(
        DBT_PROJECT / "models" / "staging", project / "models" / "staging",
        ignore=shutil.ignore_patterns("*.sql"),
    )  # fmt: skip
    text = (DBT_PROJECT / FILE).read_text(encoding="utf-8")
    (project / FILE).write_text(text, encoding="utf-8")
    first = Dbt(settings, project)._digest()
    assert Dbt(settings, project)._digest() == first
    (project / FILE).write_text(text.replace("max_people: 12", "max_people: 11"), encoding="utf-8")
    assert Dbt(settings, project)._digest() != first
    assert DEFS.is_dir()


def test_a_change_has_a_digest_and_words(load):
    own = load(lambda c: None)
    other = load(email(max_people=9))
    assert own.meaning == load_policies(DBT_PROJECT).meaning
    assert differences(own.variable, other.variable) == ["email.max_people: 12 -> 9"]
    there, back = (
        change_digest(own.meaning, other.meaning),
        change_digest(other.meaning, own.meaning),
    )
    assert there != back and len(there) == 12
    told = load(lambda c: c.update(accepted_changes=[there]))
    assert told.meaning == own.meaning, "a word of acceptance is no change of policy"
