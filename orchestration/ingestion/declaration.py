"""What a source system delivers, as declared in ``orchestration/defs/<system>/defs.yaml``.

Belongs here: the shape of a declaration, its checks, and reading all of them from a folder.
Does not belong here: matching a file's columns against it (``columns``), tables, Dagster.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from orchestration.ingestion.columns import normalise
from orchestration.ingestion.database.declared import Connection, Read
from orchestration.ingestion.lasting import Lasting
from orchestration.yaml_text import LOADER

COMPONENT = "orchestration.components.SourceSystem"
NAME = r"^[a-z][a-z0-9_]*$"
_IDENTITY_NUMBER = re.compile(
    r"(^|_)(iban|bic_account|ssn|my_?number|national_?id|social_security|personal_number|passport"
    r"|drivers?_?licen[cs]e|licen[cs]e_(no|number)|bank_account|account_(no|nr|number)"
    r"|routing_(no|number)|card_number|credit_card|tax_id)(_|$)"
    r"|個人番号|マイナンバー|口座番号|旅券番号|パスポート番号|免許証番号|年金番号|保険証番号|カード番号"
)


class DeclarationError(ValueError):
    """A declaration file that cannot be used; the message names the file and the key."""


def is_identity_number(name: str) -> bool:
    """Whether a column's name says that it holds numbers of documents, accounts or cards."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^\w]+", "_", unicodedata.normalize("NFKC", name))
    return _IDENTITY_NUMBER.search(spaced.lower()) is not None


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of the IANA list, such as Asia/Tokyo")
    return name


Zone = Annotated[str, AfterValidator(_zone)]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnDeclaration(_Declared):
    """A column the pipeline knows by name.

    ``type`` json is kept as JSON, all others as the text that was delivered; number, time and
    boolean say what the text must look like (see ``drift``), ``any_type`` that it may change.
    ``hash`` keeps only a keyed hash of the values, ``keep_last`` their last letters beside it; a
    column named like the number of a document or an account must say whether it is to be hashed.
    """

    name: str = Field(pattern=NAME)
    required: bool = False
    type: Literal["text", "json", "number", "time", "boolean"] = "text"
    any_type: bool = False
    hash: bool | None = None
    keep_last: int | None = Field(default=None, ge=1, le=4)
    aliases: tuple[str, ...] = ()
    description: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> ColumnDeclaration:
        if self.hash and self.type == "json":
            raise ValueError(f"column {self.name}: a hashed column cannot be json")
        number = next(filter(is_identity_number, (self.name, *self.aliases)), None)
        if number and self.hash is None:
            raise ValueError(
                f"column {self.name}: {number} names a number of a document or an account, and "
                "only its hash may be kept: add hash: true, or hash: false when it is none"
            )
        if self.keep_last and not self.hash:
            raise ValueError(f"column {self.name}: keep_last goes only with hash: true")
        return self

    @property
    def last_digits(self) -> str | None:
        """Raw column with the last letters of a hashed value; None when none are kept."""
        return f"{self.name}_last_digits" if self.keep_last else None

    @property
    def spellings(self) -> tuple[str, ...]:
        """Normalised names the column answers to, best first."""
        return tuple(dict.fromkeys(normalise(name) for name in (self.name, *self.aliases)))


class StreamDeclaration(Read, Lasting):
    """One kind of extract of a system: one folder in the landing tree, one raw table; with a
    ``query`` or ``table`` it is read from the system's database, too.

    ``formats`` and ``cadence`` say how the system delivers it, for docs/sources.md; any known
    format loads at any time. ``free_columns``: undeclared columns are what the stream is about,
    such as the questions of a form, and none of them is news.
    """

    name: str = Field(pattern=NAME)
    description: str = ""
    formats: tuple[str, ...] = ()
    cadence: str = "daily"
    key: tuple[str, ...] = ()
    free_columns: bool = False
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
        names = {column.name for column in self.columns}
        if taken := names & {column.last_digits for column in self.columns}:
            raise ValueError(f"column {', '.join(sorted(taken))} is made by keep_last already")
        if unknown := set(self.key) - names:
            raise ValueError(f"key names undeclared columns: {', '.join(sorted(unknown))}")
        if self.watermark and self.watermark not in {column.name for column in self.columns}:
            raise ValueError(f"watermark {self.watermark} is not a declared column")
        if self.is_read and {c.name for c in self.columns if c.hash} & {*self.key, self.watermark}:
            raise ValueError("key and watermark of a query are kept as they are: not hashed")
        return self

    @property
    def hashed(self) -> bool:
        """Whether any column holds values that must never be written in the clear."""
        return any(column.hash for column in self.columns)


class SystemDeclaration(_Declared):
    """A source system; ``priority`` breaks ties of trust in identity, small first.

    How its text is to be read: ``timezone`` of times without an offset, ``decimal_comma`` for
    1.234,50, ``date_order`` of 12/11/1978, ``region`` of phones without a country (ISO-2).
    """

    system: str = Field(pattern=NAME)
    description: str = ""
    owner: str = "team:data-platform"
    priority: int = 100
    timezone: Zone = "UTC"
    decimal_comma: bool = False
    date_order: Literal["mdy", "dmy"] | None = None
    region: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    connection: Connection | None = None
    streams: tuple[StreamDeclaration, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _distinct(self) -> SystemDeclaration:
        names = [stream.name for stream in self.streams]
        if len(set(names)) < len(names):
            raise ValueError("two streams have the same name")
        if self.connection is None and any(stream.is_read for stream in self.streams):
            raise ValueError("a stream with a query needs connection: {env: NAME} of the system")
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
        documents = list(yaml.load_all(path.read_text(encoding="utf-8"), Loader=LOADER))
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
