"""What a source system delivers, as declared in ``orchestration/defs/<system>/defs.yaml``.

Belongs here: the shape of a declaration, its checks, and reading all of them from a folder.
Does not belong here: matching a file's columns against it (``columns``), tables, Dagster.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orchestration.ingestion.columns import normalise

COMPONENT = "orchestration.components.SourceSystem"
NAME = r"^[a-z][a-z0-9_]*$"


class DeclarationError(ValueError):
    """A declaration file that cannot be used; the message names the file and the key."""


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnDeclaration(_Declared):
    """A column the pipeline knows by name; ``hash`` keeps only a keyed hash of its values."""

    name: str = Field(pattern=NAME)
    required: bool = False
    type: Literal["text", "json"] = "text"
    hash: bool = False
    aliases: tuple[str, ...] = ()
    description: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Normalised names the column answers to, best first."""
        return tuple(dict.fromkeys(normalise(name) for name in (self.name, *self.aliases)))


class StreamDeclaration(_Declared):
    """One kind of extract of a system: one folder in the landing tree, one raw table."""

    name: str = Field(pattern=NAME)
    description: str = ""
    key: tuple[str, ...] = ()
    columns: tuple[ColumnDeclaration, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _unambiguous(self) -> StreamDeclaration:
        owner: dict[str, str] = {}
        for column in self.columns:
            for spelling in column.spellings:
                if not spelling:
                    raise ValueError(f"column {column.name}: an alias has no letter or digit")
                if spelling in owner:
                    raise ValueError(f"columns {owner[spelling]} and {column.name} share a name")
                owner[spelling] = column.name
            if column.hash and column.type == "json":
                raise ValueError(f"column {column.name}: a hashed column cannot be json")
        if unknown := set(self.key) - {column.name for column in self.columns}:
            raise ValueError(f"key names undeclared columns: {', '.join(sorted(unknown))}")
        return self

    @property
    def hashed(self) -> bool:
        """Whether any column holds values that must never be written in the clear."""
        return any(column.hash for column in self.columns)


class SystemDeclaration(_Declared):
    """A source system; ``priority`` breaks ties of trust in identity, small first."""

    system: str = Field(pattern=NAME)
    description: str = ""
    owner: str = "team:data-platform"
    priority: int = 100
    streams: tuple[StreamDeclaration, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> SystemDeclaration:
        names = [stream.name for stream in self.streams]
        if len(set(names)) < len(names):
            raise ValueError("two streams have the same name")
        return self

    def table(self, stream: StreamDeclaration) -> str:
        """Name of the stream's table in schema ``raw``."""
        return f"{self.system}__{stream.name}"


def load_declarations(defs_dir: Path) -> list[SystemDeclaration]:
    """Read every ``<defs_dir>/*/defs.yaml`` that declares a source system, by priority and name.

    Raises:
        DeclarationError: a file is not YAML, lacks a key, or two files declare one system.

    """
    found: dict[str, Path] = {}
    declarations = []
    for path in sorted(defs_dir.glob("*/defs.yaml")):
        for attributes in _attributes(path):
            try:
                declaration = SystemDeclaration.model_validate(attributes)
            except ValidationError as error:
                raise DeclarationError(_explain(path, error)) from None
            if declaration.system in found:
                other = found[declaration.system]
                raise DeclarationError(f"{path}: {declaration.system} is declared in {other} too")
            found[declaration.system] = path
            declarations.append(declaration)
    return sorted(declarations, key=lambda one: (one.priority, one.system))


def _attributes(path: Path) -> list[Any]:
    try:
        documents = list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{path}: not readable as YAML: {error}") from None
    return [
        document.get("attributes") or {}
        for document in documents
        if isinstance(document, dict) and document.get("type") == COMPONENT
    ]


def _explain(path: Path, error: ValidationError) -> str:
    parts = []
    for problem in error.errors():
        where = ".".join(str(step) for step in problem["loc"]) or "attributes"
        parts.append(f"{where}: {problem['msg'].removeprefix('Value error, ')}")
    return f"{path}: " + "; ".join(parts)
