"""The page "Add a source in ten minutes" works to the letter, for a system nobody declared."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from orchestration.settings import CHECKOUT
from tests.support.tutorial import follow

MEMBERS = (
    "会員番号,氏名,メール,電話,入会日\n"
    "L-1,田中　花子様,HANAKO@mail.example,０９０－１２３４－５６７８,2026年5月1日\n"
    "L-2,John Smith,,not a phone,\n"
    ",No Number,,,\n"
)
SHOP = "id,first_name,last_name,email\n77,花子,田中,hanako@mail.example\n"


def test_a_new_source_reaches_the_customer(tmp_path: Path) -> None:
    checkout, landing, home = tmp_path / "checkout", tmp_path / "landing", tmp_path / "home"
    for part in ("orchestration", "dbt_project", "expectations", "seeds"):
        skipped = shutil.ignore_patterns("sample", "__pycache__")
        shutil.copytree(CHECKOUT / part, checkout / part, ignore=skipped)
    follow(CHECKOUT / "docs" / "adding-a-source.md", checkout)
    for name, content, encoding in (
        ("loyalty/member/members.csv", MEMBERS, "cp932"),
        ("shopify/customer/customers.csv", SHOP, "utf-8"),
    ):
        (landing / name).parent.mkdir(parents=True)
        (landing / name).write_text(content, encoding=encoding)
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.console"],
        cwd=checkout,
        env={
            **os.environ,
            "KOKYAKU_LANDING": str(landing),
            "KOKYAKU_HOME": str(home),
            "PYTHONPATH": str(checkout),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with duckdb.connect(str(home / "kokyaku.duckdb"), read_only=True) as published:
        people = published.execute("""
            select r.record_key, p.full_name, c.source_systems
            from identity.record_customer r
            join marts.dim_customer c using (customer_id)
            join pii.dim_customer p using (customer_id)
            where r.source_system = 'loyalty' order by 1
        """).fetchall()
        rejected = published.execute(
            "select file, row_number, reason from quarantine.rejected"
        ).fetchall()
    assert people == [
        ("L-1", "田中 花子", "loyalty,shopify"),
        ("L-2", "John Smith", "loyalty"),
    ]
    assert rejected == [("loyalty/member/members.csv", 3, "missing_key")]
