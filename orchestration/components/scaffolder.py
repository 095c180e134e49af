"""What `dg scaffold defs orchestration.components.SourceSystem <name>` writes.

Belongs here: the skeleton of a declaration. Does not belong here: its schema.
"""

from __future__ import annotations

from typing import Any

import dagster as dg

SKELETON = """\
# Fill in every line that has a comment; files then load from <landing>/{name}/<stream>/.
type: {type}
attributes:
  system: {name}
  description: What the system is and who uses it.  # shown in the UI
  owner: team:data-platform  # who is asked when something is wrong with it
  priority: 50  # whose values win when sources disagree; 1 = most trusted
  # timezone: Asia/Tokyo  # of times without an offset; UTC unless said
  # decimal_comma: true  # writes 1.234,50
  # date_order: dmy  # how 12/11/1978 is meant
  # region: JP  # of phones without a country
  # connection: {{env: CRM_DATABASE_URL}}  # a PostgreSQL address; streams then take table or query
  streams:  # one per kind of file the system delivers
    - name: customer  # folder below {name}/; becomes table raw.{name}__customer
      description: One row per version of a customer.
      # table: customer  # read from the database; with watermark: updated_at only what is new
      key: [id]  # what tells one record from another
      columns:  # as the files name them, whatever the case; others are kept as JSON in _extra
        - {{name: id, required: true, description: Key of the customer}}  # no such column, no load
        - {{name: email, aliases: [mail, email_address]}}  # other names the same column comes under
        - {{name: updated_at}}  # when the record last changed: the latest version wins
        # - {{name: address, type: json}}  # a nested value
        # - {{name: amount, type: number}}  # a file with anything else in it is not loaded
        # - {{name: national_id, hash: true}}  # only a keyed hash is ever stored
"""


class SourceSystemScaffolder(dg.Scaffolder[Any]):
    """Writes a declaration that is valid as it stands and says what each line is for."""

    def scaffold(self, request: dg.ScaffoldRequest[Any]) -> None:
        """Create ``defs.yaml`` in the target folder, named after it."""
        text = SKELETON.format(type=request.type_name, name=request.target_path.name)
        (request.target_path / "defs.yaml").write_text(text, encoding="utf-8")
