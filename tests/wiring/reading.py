"""A CloudFormation template, as the wiring tests want to read it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Properties = dict[str, Any]


@dataclass(frozen=True)
class Template:
    """The one stack's template."""

    resources: dict[str, dict[str, Any]]

    def of_type(self, kind: str) -> dict[str, Properties]:
        """Return the properties of every resource of a type, by logical id."""
        return {
            ident: resource.get("Properties", {})
            for ident, resource in self.resources.items()
            if resource["Type"] == kind
        }

    def sole(self, kind: str) -> tuple[str, Properties]:
        """Return the one resource of a type."""
        (found,) = self.of_type(kind).items()
        return found

    def function_for(self, handler: str) -> tuple[str, Properties]:
        """Return the one function with that handler."""
        functions = self.of_type("AWS::Lambda::Function").items()
        (found,) = (each for each in functions if each[1]["Handler"] == handler)
        return found

    def statements(self, role: str) -> Iterator[Properties]:
        """Yield every statement in the policies of a role."""
        for policy in self.of_type("AWS::IAM::Policy").values():
            if role in map(target, policy["Roles"]):
                yield from policy["PolicyDocument"]["Statement"]

    def rights(self, function: Properties) -> dict[str, set[str]]:
        """Return what a function may do, by resource."""
        rights: dict[str, set[str]] = defaultdict(set)
        for statement in self.statements(target(function["Role"])):
            assert statement["Effect"] == "Allow"
            for resource in as_list(statement["Resource"]):
                rights[written(resource)] |= set(as_list(statement["Action"]))
        return dict(rights)


def target(reference: Any) -> str:
    """Return the logical id that a Ref or GetAtt, possibly inside a Join, points to."""
    if "Ref" in reference:
        return str(reference["Ref"])
    if "Fn::GetAtt" in reference:
        return str(reference["Fn::GetAtt"][0])
    parts = reference["Fn::Join"][1]
    (found,) = (part for part in parts if isinstance(part, dict) and "Fn::GetAtt" in part)
    return target(found)


def written(value: Any) -> str:
    """Return an ARN or name as one string, with `${Id}` or `${Id.Attribute}` to be filled in."""
    if isinstance(value, str):
        return value
    if "Fn::Join" in value:
        separator, parts = value["Fn::Join"]
        return str(separator).join(map(written, parts))
    if "Fn::Sub" in value:
        return str(value["Fn::Sub"])
    return f"${{{value['Ref']}}}" if "Ref" in value else f"${{{'.'.join(value['Fn::GetAtt'])}}}"


def as_list(value: Any) -> list[Any]:
    """Return CloudFormation's one-or-many as a list."""
    return value if isinstance(value, list) else [value]
