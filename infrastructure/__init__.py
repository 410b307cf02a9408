"""The whole system as one CDK stack."""

import os

# jsii warns about the end of life of Node 20, which the project supports. Every import of aws_cdk
# starts jsii, so this has to come before the first.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")
