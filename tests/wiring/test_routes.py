"""Routes, handlers and template say the same."""

import json
from importlib import import_module

import pytest

from infrastructure.routes import ROUTES, UNROUTED, WORKERS, Route, allowed
from tests.wiring.reading import Template, target, written

HANDLERS = [*(route.handler for route in ROUTES), UNROUTED, *WORKERS]
LEADS_TO = {f"{route.method} {route.path}": route.handler for route in ROUTES} | {
    "$default": UNROUTED
}


@pytest.mark.parametrize("handler", HANDLERS)
def test_every_handler_exists(handler: str) -> None:
    assert callable(import_module(f"functions.{handler}").handler)


def test_every_function_of_the_template_is_a_handler_we_know(template: Template) -> None:
    functions = template.of_type("AWS::Lambda::Function").values()
    known = {f"functions.{handler}.handler" for handler in HANDLERS} | {"handler.handler"}
    assert {function["Handler"] for function in functions} == known


def test_the_api_has_these_routes_and_no_other(template: Template) -> None:
    routes = template.of_type("AWS::ApiGatewayV2::Route").values()
    assert sorted(route["RouteKey"] for route in routes) == sorted(LEADS_TO)


@pytest.mark.parametrize(("key", "handler"), LEADS_TO.items())
def test_a_route_leads_to_its_handler(template: Template, key: str, handler: str) -> None:
    routes = template.of_type("AWS::ApiGatewayV2::Route").values()
    (found,) = (each for each in routes if each["RouteKey"] == key)
    integration = written(found["Target"]).removeprefix("integrations/").strip("${}")
    uri = template.of_type("AWS::ApiGatewayV2::Integration")[integration]["IntegrationUri"]

    ident, _ = template.function_for(f"functions.{handler}.handler")
    assert target(uri) == ident


def test_what_answers_the_rest_knows_every_route(template: Template) -> None:
    _, function = template.function_for(f"functions.{UNROUTED}.handler")
    told = json.loads(function["Environment"]["Variables"]["ALLOWED"])
    assert told == allowed()
    keys = [f"{method} {path}" for path, some in told.items() for method in some.split(", ")]
    assert sorted(keys) == sorted(f"{route.method} {route.path}" for route in ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_what_checks_a_pin_has_a_whole_processor_and_a_ceiling(
    template: Template, route: Route
) -> None:
    _, function = template.function_for(f"functions.{route.handler}.handler")
    assert (function["MemorySize"] >= 1769) is route.verifies_pin
    assert ("ReservedConcurrentExecutions" in function) is route.verifies_pin


def test_the_api_answers_only_from_its_one_stage_with_a_ceiling(template: Template) -> None:
    _, stage = template.sole("AWS::ApiGatewayV2::Stage")
    assert stage["StageName"] == "$default"
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0


def test_the_access_log_knows_nobody(template: Template) -> None:
    _, stage = template.sole("AWS::ApiGatewayV2::Stage")
    logged = stage["AccessLogSettings"]["Format"]
    for revealing in ("identity", "sourceIp", "userAgent", "path", "error", "referer"):
        assert revealing not in logged
