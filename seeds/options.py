"""What a run of the generator was asked for. Nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Size and character of the sample company.

    `first` is the number of the first person (a later delivery of the same company starts where an
    earlier one ended); means are per customer; `compress` says whether event, order and order line
    files are gzip; `owners` whether the owner of each event is written to the truth.
    """

    customers: int = 2000
    first: int = 0
    seed: int = 20_261_101
    events_per_customer: float = 10.0
    orders_per_customer: float = 3.0
    messy: bool = True
    compress: bool = True
    owners: bool = True
    part_people: int = 20_000

    @property
    def last(self) -> int:
        """One past the number of the last person."""
        return self.first + self.customers
