"""The place deliveries go to: a folder, or anything fsspec knows.

Belongs here: putting a delivery there whole, or not at all. Does not belong here: its content.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

VARIABLE = "KOKYAKU_EXPORTS"


class DeliveryError(RuntimeError):
    """An audience could not be delivered; the message names it and what to do."""


@dataclass(frozen=True)
class Target:
    """``root`` below ``filesystem``; ``url`` as a person may see it, without credentials."""

    filesystem: Any
    root: str
    url: str

    @classmethod
    def of(cls, url: str) -> Target:
        """The target of a URL, or of a path.

        Raises:
            DeliveryError: nothing here can write to it.

        """
        shown = re.sub(r"//[^/@]*@", "//", url).partition("?")[0]
        try:
            filesystem, root = fsspec.core.url_to_fs(url)
        except Exception as error:
            raise DeliveryError(
                f"{VARIABLE}: {shown} cannot be written to: {error}. Install the package that "
                "knows it (such as s3fs for s3://), or name a folder."
            ) from error
        return cls(filesystem, root.rstrip("/"), shown)

    def read_manifest(self, audience: str, delivery_id: str) -> dict[str, Any] | None:
        """The manifest of a delivery that lies there; without it there is no delivery."""
        try:
            content = self.filesystem.cat_file(self._place(audience, f"{delivery_id}.json"))
            found = json.loads(content)
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def put(self, audience: str, files: Mapping[str, Path]) -> None:
        """Put files there, in order, the last one (the manifest) making them a delivery.

        They are written to a draft folder first, then moved; when anything fails, what was moved is
        taken back.

        Raises:
            DeliveryError: nothing of it is there.

        """
        moved: list[str] = []
        draft = self._place(audience, ".draft")
        try:
            self._prepare(draft)
            for name, path in files.items():
                self.filesystem.put_file(str(path), f"{draft}/{name}")
            self._sync(f"{draft}/{name}" for name in files)
            for name in files:
                place = self._place(audience, name)
                moved.append(place)
                self.filesystem.mv(f"{draft}/{name}", place)
            self._sync([self._place(audience)])
        except BaseException as error:
            self._take_back([*moved, draft])
            if not isinstance(error, Exception):
                raise
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise DeliveryError(
                f"{audience} was not delivered: {self.url} cannot be written to: {reason}. Its "
                f"last delivery stands. Make the place writable, or set {VARIABLE} to another, "
                "and run again."
            ) from error
        self._take_back([draft])

    def _prepare(self, draft: str) -> None:
        new = not self.filesystem.exists(self.root)
        if self.filesystem.exists(draft):
            self.filesystem.rm(draft, recursive=True)
        self.filesystem.makedirs(draft, exist_ok=True)
        if new and isinstance(self.filesystem, LocalFileSystem):
            Path(self.root).chmod(0o700)  # personal data: not for every account of the machine

    def _take_back(self, places: list[str]) -> None:
        for place in places:
            with suppress(Exception):
                if self.filesystem.exists(place):
                    self.filesystem.rm(place, recursive=True)

    def _sync(self, places: Any) -> None:
        if isinstance(self.filesystem, LocalFileSystem):
            for place in places:
                descriptor = os.open(place, os.O_RDONLY)
                try:
                    os.fsync(descriptor)
                finally:
                    os.close(descriptor)

    def _place(self, *parts: str) -> str:
        return "/".join((self.root, *parts))
