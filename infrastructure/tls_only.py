"""The statement by which a resource refuses plain HTTP."""

from aws_cdk import aws_iam as iam


def tls_only(actions: list[str], *resources: str) -> iam.PolicyStatement:
    """Refuses plain HTTP from everywhere but the machine itself.

    In AWS no request ever comes from loopback, so there it means TLS and nothing else; on a
    laptop it lets the same template serve an emulator that has no certificate.
    """
    return iam.PolicyStatement(
        sid="TlsOnly",
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=actions,
        resources=list(resources),
        conditions={
            "Bool": {"aws:SecureTransport": "false"},
            "NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"},
        },
    )
