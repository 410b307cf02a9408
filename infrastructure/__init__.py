"""The whole system as one CDK stack."""
