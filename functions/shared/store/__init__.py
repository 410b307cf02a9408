"""The only code that speaks to DynamoDB."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.shared.store.bank import BankStore
from functions.shared.store.cases import CaseStore
from functions.shared.store.deliveries import DeliveryStore
from functions.shared.store.endpoints import EndpointStore
from functions.shared.store.erasures import ErasureStore
from functions.shared.store.forgetting import ForgettingStore
from functions.shared.store.keys import KeyStore
from functions.shared.store.log import LogStore
from functions.shared.store.outbox import Outbox
from functions.shared.store.partners import PartnerStore
from functions.shared.store.table import Table
from functions.shared.store.withdrawals import WithdrawalStore

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
    clock: Callable[[], float] = time.time
    """By it, what has expired is told from what has not."""

    @property
    def cases(self) -> CaseStore:
        """Cases and their links."""
        return CaseStore(self._table(self.cases_table), self.bank)

    @property
    def withdrawals(self) -> WithdrawalStore:
        """Cases on their way out."""
        return WithdrawalStore(self.cases.table, self.bank, self.erasures)

    @property
    def forgetting(self) -> ForgettingStore:
        """Withdrawn links on their way out of the bank."""
        return ForgettingStore(self.bank)

    @property
    def erasures(self) -> ErasureStore:
        """The ledger of erased cases."""
        return ErasureStore(self._table(self.erasures_table))

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
    def keys(self) -> KeyStore:
        """Partners' keys."""
        return KeyStore(self._bank)

    @property
    def partners(self) -> PartnerStore:
        """Partners' acknowledgements."""
        return PartnerStore(self._bank)

    @property
    def deliveries(self) -> DeliveryStore:
        """What partners were told of and did not take."""
        return DeliveryStore(self._table(self.deliveries_table))

    @property
    def endpoints(self) -> EndpointStore:
        """How partners' endpoints do."""
        return EndpointStore(self._table(self.deliveries_table))

    @property
    def _bank(self) -> Table:
        return self._table(self.bank_table)

    def _table(self, name: str) -> Table:
        return Table(self.client, name, self.clock)
