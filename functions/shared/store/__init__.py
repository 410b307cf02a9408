"""The only code that speaks to DynamoDB."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.shared.store.bank import BankStore
from functions.shared.store.cases import CaseStore
from functions.shared.store.log import LogStore
from functions.shared.store.outbox import Outbox
from functions.shared.store.partners import PartnerStore
from functions.shared.store.table import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True)
class Store:
    """All that is stored. A function that has no right to a table gets an error from AWS."""

    client: "DynamoDBClient"
    cases_table: str
    bank_table: str
    deliveries_table: str = ""
    erasures_table: str = ""

    @property
    def cases(self) -> CaseStore:
        """Cases and their links."""
        return CaseStore(Table(self.client, self.cases_table), self.bank)

    @property
    def bank(self) -> BankStore:
        """Hashes."""
        return BankStore(self._bank)

    @property
    def outbox(self) -> Outbox:
        """Changes that wait for the log."""
        return Outbox(self._bank)

    @property
    def log(self) -> LogStore:
        """The change log."""
        return LogStore(self._bank, self.bank)

    @property
    def partners(self) -> PartnerStore:
        """Partners' keys and acknowledgements."""
        return PartnerStore(self._bank)

    @property
    def _bank(self) -> Table:
        return Table(self.client, self.bank_table)
