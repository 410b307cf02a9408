"""The operator hears of what will not mend itself, under the names by which it is counted."""

import json
import re
from typing import Any

import pytest

from functions.partner_sync import sequence
from infrastructure.app import ROOT
from infrastructure.routes import SEQUENCER
from tests.wiring.every_kind import EVERY_KIND
from tests.wiring.reading import Template
from tests.world import AppFor


def alarms_on(template: Template, metric: str) -> list[dict[str, str]]:
    """Return the dimensions of each alarm on one of the functions' own metrics."""
    return [
        {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
        for alarm in template.of_type("AWS::CloudWatch::Alarm").values()
        if (alarm["Namespace"], alarm["MetricName"]) == ("NotYours", metric)
    ]


@pytest.mark.parametrize("metric", ["Parked", "EndpointsDisabled"])
def test_each_partners_parked_deliveries_and_closed_endpoints_raise_an_alarm(
    channels: Template, metric: str
) -> None:
    expected = [{"service": "deliver", "partner": partner.id} for partner in EVERY_KIND]
    assert sorted(alarms_on(channels, metric), key=_partner) == sorted(expected, key=_partner)


def _partner(dimensions: dict[str, str]) -> str:
    return dimensions["partner"]


@pytest.mark.parametrize("metric", ["LogAheadSeconds", "RowsSetAside", "RowsStuck"])
def test_the_sequencer_counts_what_its_alarms_listen_for(
    template: Template,
    metric: str,
    app_for: AppFor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sequence.metrics, "service", service_of(template, SEQUENCER))
    monkeypatch.setattr(sequence, "app", lambda: app_for(SEQUENCER))
    sequence.handler({}, None)
    (told,) = (json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line)
    assert alarms_on(template, metric) == [counted(told, metric)]


def test_the_runbook_says_of_each_alarm_in_one_place_what_to_do(channels: Template) -> None:
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+`) \| \[(.+)\]\(#.+\) \|$", text, re.MULTILINE)
    for alarm in channels.of_type("AWS::CloudWatch::Alarm"):
        sections = [section for names, section in rows if _named(alarm, names)]
        assert len(sections) == 1, alarm
        assert f"\n## {sections[0]}\n" in text


def _named(alarm: str, names: str) -> bool:
    """Whether a logical id, less the digest at its end, is one of the names in a row."""
    patterns = (re.escape(name).replace("…", ".*") for name in re.findall("`([^`]+)`", names))
    return any(re.fullmatch(pattern, alarm[:-8]) for pattern in patterns)


def service_of(template: Template, handler: str) -> str:
    """Return what a function is told to call itself."""
    _, function = template.function_for(f"functions.{handler}.handler")
    return str(function["Environment"]["Variables"]["POWERTOOLS_SERVICE_NAME"])


def counted(told: dict[str, Any], metric: str) -> dict[str, str]:
    """Return the dimensions under which CloudWatch files a metric that a function wrote."""
    (directive,) = told["_aws"]["CloudWatchMetrics"]
    assert metric in {each["Name"] for each in directive["Metrics"]}
    (names,) = directive["Dimensions"]
    return {name: told[name] for name in names}
