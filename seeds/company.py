"""Makes the whole company: parts in parallel, then one set of truth files.

Belongs here: processes, folders, what concerns several parts. Not here: the content of a part.
"""

import csv
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from seeds import calendar
from seeds.options import Options
from seeds.part import make_part
from seeds.people import CELL
from seeds.truth import HEADERS, Truth


def parts(options: Options) -> Iterator[int]:
    """Yield the first person of each part, lazily; parts start at fixed numbers.

    Raises ValueError when the part size is not a whole number of cells.
    """
    if options.part_people % CELL or options.first % options.part_people:
        raise ValueError(
            f"parts must be a multiple of {CELL} people and --first a multiple of the part size "
            f"({options.part_people}): a part is the unit that is delivered"
        )
    return iter(range(options.first, options.last, options.part_people))


def make_company(options: Options, out: Path, workers: int) -> None:
    """Write `out`/landing, `out`/truth and `out`/databases anew, whatever the `workers`.

    Raises FileExistsError when `out` holds a landing folder that this generator did not make.
    """
    landing, truth, databases = out / "landing", out / "truth", out / "databases"
    if landing.exists() and not (truth / "person.csv").exists():
        raise FileExistsError(
            f"{landing} was not made by this generator (no {truth / 'person.csv'}); "
            "choose another --out or remove it"
        )
    starts = parts(options)
    for folder in (landing, truth, databases):
        shutil.rmtree(folder, ignore_errors=True)
    landing.mkdir(parents=True)
    pieces = truth / ".parts"
    jobs = [(options, landing, pieces / f"{first:08d}", first, databases) for first in starts]
    if workers == 1 or len(jobs) == 1:
        for job in jobs:
            make_part(*job)
    else:
        # Spawned, not forked: safe whatever threads the caller runs.
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for future in [pool.submit(make_part, *job) for job in jobs]:
                future.result()
    if options.messy and options.first == 0:
        _resend(landing, pieces)
    _join(pieces, truth)


def _resend(landing: Path, pieces: Path) -> None:
    """Deliver two files a second time under other names, and say so in the truth."""
    with (pieces / f"{0:08d}" / "file.csv").open(encoding="utf-8") as stream:
        counts = {row[2]: row[3:6] for row in csv.reader(stream)}
    with Truth(pieces / "99999999", headed=False, owners=False) as truth:
        for name, copy in (
            (f"zendesk/ticket/{calendar.SECOND_DELIVERY}.csv", "resent"),
            (f"shopify/customer/{calendar.FIRST_DELIVERY}.csv", "copy"),
        ):
            source = landing / name
            if not source.exists():
                continue
            target = source.with_name(f"{source.stem}-{copy}.csv")
            shutil.copyfile(source, target)
            truth.duplicate(target.relative_to(landing).as_posix(), name, counts[name])


def _join(pieces: Path, truth: Path) -> None:
    """Concatenate the parts' truth files in order and remove them (gzip members may follow)."""
    for name in HEADERS:
        with (truth / name).open("wb") as target:
            for piece in sorted(pieces.iterdir()):
                with (piece / name).open("rb") as source:
                    shutil.copyfileobj(source, target)
    shutil.rmtree(pieces)
