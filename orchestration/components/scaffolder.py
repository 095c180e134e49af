"""What `dg scaffold defs orchestration.components.SourceSystem <name>` writes.

Belongs here: the skeleton of a declaration. Does not belong here: its schema.
"""

from __future__ import annotations

from typing import Any

import dagster as dg

SKELETON = """\
type: {type}
attributes:
  system: {name}              # folder below the landing root
  description: What the system is and who uses it.
  owner: team:data-platform
  priority: 50                # whose values win when sources disagree; 1 = most trusted
  streams:
    - name: customer          # folder below {name}/; becomes table raw.{name}__customer
      description: One row per version of a customer.
      key: [id]
      columns:                # others are kept as JSON in _extra; case and separators do not matter
        - {{name: id, required: true, description: Key of the customer}}
        - {{name: email, aliases: [mail, email_address]}}
        - {{name: updated_at}}
"""


class SourceSystemScaffolder(dg.Scaffolder[Any]):
    """Writes a declaration that is valid as it stands and says what each line is for."""

    def scaffold(self, request: dg.ScaffoldRequest[Any]) -> None:
        """Create ``defs.yaml`` in the target folder, named after it."""
        text = SKELETON.format(type=request.type_name, name=request.target_path.name)
        (request.target_path / "defs.yaml").write_text(text, encoding="utf-8")
