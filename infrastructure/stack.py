"""The whole system, put together: what is wired to what, and nothing about how each part works."""

from collections.abc import Iterable

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infrastructure.alarms import Alarms
from infrastructure.bank_topic import BankTopic
from infrastructure.http_api import Api
from infrastructure.mac_key import MacKey
from infrastructure.page import Page, PageSource
from infrastructure.partner_channel import PartnerChannel
from infrastructure.partners import Partner
from infrastructure.permissions import Resources
from infrastructure.sequencer import Sequencer
from infrastructure.settings import disputed_after
from infrastructure.site import Site
from infrastructure.tables import Tables
from infrastructure.withdrawals import withdrawals


class NotYours(cdk.Stack):
    """One stack. Nothing in it is named after an environment and nothing is looked up."""

    def __init__(
        self,
        scope: Construct,
        ident: str,
        *,
        code: lambda_.Code,
        page: PageSource,
        partners: Iterable[Partner],
    ) -> None:
        super().__init__(
            scope,
            ident,
            description="NotYours: an open hash bank against intimate-image abuse",
            termination_protection=True,
        )
        tables = Tables(self, "Tables")
        mac_key = MacKey(self, "MacKey")
        bank_topic = BankTopic(self, "BankTopic")
        alarms = Alarms(self, "Alarms")
        resources = Resources(
            cases=tables.cases,
            bank=tables.bank,
            deliveries=tables.deliveries,
            erasures=tables.erasures,
            mac_key=mac_key.key,
            topic=bank_topic.topic,
            disputed_after=disputed_after(self.node),
        )

        api = Api(self, "Api", code=code, resources=resources)
        mac_key.open_to(api.mac_roles)
        Sequencer(self, "Sequencer", code=code, resources=resources, alarms=alarms)
        withdrawals(self, code=code, resources=resources, alarms=alarms)
        for partner in partners:
            PartnerChannel(self, partner=partner, code=code, resources=resources, alarms=alarms)
        site = Site(self, "Site", api=api.http_api)
        Page(self, "Page", source=page, bucket=site.bucket)

        self._tell(
            PageUrl=f"https://{site.distribution.distribution_domain_name}",
            ApiId=api.http_api.http_api_id,
            DistributionId=site.distribution.distribution_id,
            CasesTable=tables.cases.table_name,
            BankTable=tables.bank.table_name,
            DeliveriesTable=tables.deliveries.table_name,
            ErasuresTable=tables.erasures.table_name,
            TopicArn=bank_topic.topic.topic_arn,
            MacKeyArn=mac_key.key.key_arn,
            PageBucket=site.bucket.bucket_name,
            AlarmTopicArn=alarms.topic.topic_arn,
        )

    def _tell(self, **outputs: str) -> None:
        for name, value in outputs.items():
            cdk.CfnOutput(self, name, value=value)
