"""What is left of a withdrawal is dealt with by the clock, one failed call being no matter."""

import pytest

from infrastructure.routes import FINISHER, PURGER, WORKERS
from tests.wiring.reading import Template, target
from tests.wiring.test_queues import calling
from tests.wiring.test_rights import granted, own_log


@pytest.mark.parametrize(
    ("handler", "pace"), [(FINISHER, "rate(1 minute)"), (PURGER, "rate(1 hour)")]
)
def test_each_is_called_at_its_pace(template: Template, handler: str, pace: str) -> None:
    ident, _ = template.function_for(f"functions.{handler}.handler")
    (rule,) = calling(template, ident)
    assert rule["ScheduleExpression"] == pace
    configs = template.of_type("AWS::Lambda::EventInvokeConfig").values()
    (config,) = (each for each in configs if target(each["FunctionName"]) == ident)
    assert config["MaximumRetryAttempts"] == 0


@pytest.mark.parametrize("handler", [FINISHER, PURGER])
def test_each_may_do_what_it_lists_and_write_its_log(template: Template, handler: str) -> None:
    _, function = template.function_for(f"functions.{handler}.handler")
    assert template.rights(function) == granted(template, WORKERS[handler]) | own_log(function)


@pytest.mark.parametrize("handler", [FINISHER, PURGER])
def test_the_operator_hears_when_one_keeps_failing(template: Template, handler: str) -> None:
    ident, _ = template.function_for(f"functions.{handler}.handler")
    alarms = template.of_type("AWS::CloudWatch::Alarm").values()
    watched = [
        target(dimension["Value"])
        for alarm in alarms
        for dimension in alarm["Dimensions"]
        if alarm["MetricName"] == "Errors"
    ]
    assert watched.count(ident) == 1


def test_the_purge_has_time_and_runs_once_at_a_time(template: Template) -> None:
    _, function = template.function_for(f"functions.{PURGER}.handler")
    assert function["Timeout"] == 600
    assert function["ReservedConcurrentExecutions"] == 1
