"""The distribution, as read from a template."""

import json
from dataclasses import asdict

import pytest

from local.distribution import Behaviour, Distribution
from tests.unit.local.templates import TEMPLATE

DISTRIBUTION = Distribution.from_template(TEMPLATE)


def test_a_path_goes_to_the_first_behaviour_that_matches() -> None:
    assert DISTRIBUTION.behaviour("/v1/FetchHashes").api
    assert not DISTRIBUTION.behaviour("/").api
    assert not DISTRIBUTION.behaviour("/v1").api


def test_patterns_know_no_character_classes() -> None:
    behaviour = Behaviour("/[a]*", True, (), (), {}, ())

    assert behaviour.matches("/[a]b")
    assert not behaviour.matches("/ab")


def test_the_headers_are_those_that_cloudfront_would_set() -> None:
    assert DISTRIBUTION.behaviour("/").headers == {
        "Content-Security-Policy": "default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=60; includeSubDomains; preload",
        "X-Robots-Tag": "noindex",
    }


def test_what_is_forwarded_and_removed_is_read_too() -> None:
    assert DISTRIBUTION.behaviour("/v1/x").forwards == ("Content-Type", "x-functions-key")
    assert DISTRIBUTION.behaviour("/").forwards == ()
    assert DISTRIBUTION.behaviour("/").removes == ("Server",)


def test_a_setting_that_nobody_knows_does_not_go_unnoticed() -> None:
    template = json.loads(json.dumps(TEMPLATE))
    policy = template["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    policy["SecurityHeadersConfig"]["XSSProtection"] = {"Protection": True}

    with pytest.raises(KeyError, match="XSSProtection"):
        Distribution.from_template(template)


def test_it_survives_being_written_down() -> None:
    written = json.dumps(asdict(DISTRIBUTION))

    assert Distribution.from_data(json.loads(written)) == DISTRIBUTION
