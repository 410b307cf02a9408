"""Everything that judges the stack, in one command: CDK's own rules, cdk-nag, cfn-lint.

What is judged is the stack with the partners we have and one more of each kind of transport.

python -m infrastructure.lint
"""

import sys
import tempfile
from pathlib import Path

from cfnlint.api import lint_file  # type: ignore[import-untyped]

from infrastructure.app import judged
from infrastructure.partners import Partner, load_partners
from infrastructure.transports import SnsTransport, SqsTransport, WebhookTransport
from infrastructure.unbundled import template_of, unbundled

_FROM_CDK = ["W3005"]
"""CDK writes DependsOn for a role that GetAtt depends on already; nothing here could stop it."""


ONE_OF_EACH_KIND = (
    Partner("lint-sqs", "-", SqsTransport("arn:aws:sqs:eu-north-1:111122223333:inbox")),
    Partner("lint-sns", "-", SnsTransport("111122223333")),
    Partner("lint-webhook", "-", WebhookTransport("https://hooks.example.org/in")),
)


def findings() -> list[str]:
    """Return what is wrong with the stack, a line for each."""
    partners = (*load_partners(), *ONE_OF_EACH_KIND)
    with tempfile.TemporaryDirectory() as folder:
        try:
            template = template_of(judged(unbundled(Path(folder), partners)))
        except RuntimeError:
            # jsii turns every failure into this one. The report is on the screen by now.
            return ["The stack does not pass."]
        matches = lint_file(template, {"ignore_checks": _FROM_CDK})
    return [f"{match.rule.id} {match.message} (line {match.linenumber})" for match in matches]


if __name__ == "__main__":
    sys.exit("\n".join(findings()) or None)
