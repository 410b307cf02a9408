"""Every function runs on what it should, logs where it should, and knows no more than it needs."""

from infrastructure.bundle import RUNTIME
from infrastructure.routes import (
    DELIVERER,
    ROUTES,
    UNROUTED,
    UNROUTED_GRANTS,
    WORKERS,
)
from tests.wiring.reading import Template, target


def test_every_function_runs_on_arm64_and_the_current_python(template: Template) -> None:
    for function in template.of_type("AWS::Lambda::Function").values():
        assert function["Architectures"] == ["arm64"]
        assert function["Runtime"] == RUNTIME.name == "python3.14"


def test_every_function_has_a_log_of_its_own(template: Template) -> None:
    functions = template.of_type("AWS::Lambda::Function").values()
    logs = {target(function["LoggingConfig"]["LogGroup"]) for function in functions}
    assert len(logs) == len(functions)
    assert logs < set(template.of_type("AWS::Logs::LogGroup"))


def test_every_log_forgets_after_14_days(template: Template) -> None:
    logs = template.of_type("AWS::Logs::LogGroup").values()
    assert {log["RetentionInDays"] for log in logs} == {14}


def test_a_function_is_told_of_what_it_was_granted_and_of_nothing_else(template: Template) -> None:
    granted = {route.handler: route.grants for route in ROUTES}
    granted |= {
        **WORKERS,
        UNROUTED: UNROUTED_GRANTS,
    }
    for handler, grants in granted.items():
        _, function = template.function_for(f"functions.{handler}.handler")
        told = set(function["Environment"]["Variables"])
        assert ("CASES_TABLE" in told) is bool(grants.cases)
        assert ("BANK_TABLE" in told) is bool(grants.bank)
        assert ("DELIVERIES_TABLE" in told) is bool(grants.deliveries)
        assert ("ERASURES_TABLE" in told) is bool(grants.erasures)
        assert ("MAC_KEY" in told) is grants.mac
        assert ("TOPIC_ARN" in told) is grants.publish
        assert ("PARTNER" in told) is (handler == DELIVERER)
        assert ("QUEUE_URL" in told) is (handler == DELIVERER)
        assert ("ALLOWED" in told) is (handler == UNROUTED)
