"""Every request to the sandbox and every answer of it, held against Stripe's own description of its API."""

import json
import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest
from jsonschema import ValidationError
from openapi_schema_validator import OAS30Validator

from portal.sandbox.reading import nested

GIVEN = Path(os.environ.get("STRIPE_OPENAPI") or Path(__file__).parents[3] / "shared/stripe/openapi.json")
_NUMBER = re.compile(r"-?\d+")


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """Stripe's description. With CI=true it has to be there; elsewhere a test that needs it is skipped without it."""
    if not GIVEN.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{GIVEN} has to be there.")
        pytest.skip(f"Stripe's description of its API is not at {GIVEN}.")
    found: dict[str, Any] = _with_nothing(json.loads(GIVEN.read_text()))
    return found


def _with_nothing(part: Any) -> Any:
    """Let null be one of the choices where Stripe says "nullable" beside them: validators read that otherwise."""
    if isinstance(part, list):
        return [_with_nothing(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {key: _with_nothing(one) for key, one in part.items()}
    if made.get("nullable") is True and isinstance(made.get("anyOf"), list):
        made["anyOf"].append({"enum": [None]})
    if made.get("nullable") is True and isinstance(made.get("enum"), list):
        made["enum"].append(None)
    return made


class Checked(httpx.AsyncBaseTransport):
    """A wire to the sandbox that lets nothing pass that Stripe would not send or take."""

    def __init__(self, wire: httpx.AsyncBaseTransport) -> None:
        self._wire = wire
        self.checked = 0
        self.faults: list[str] = []
        self.cut = 0
        """How many of the next answers are lost on the way, after the sandbox did what was asked."""
        self.away = 0
        """How many of the next requests reach nobody."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            self.away -= 1
            raise httpx.ConnectTimeout("Nobody answers.", request=request)
        body = (await request.aread()).decode()
        response = await self._wire.handle_async_request(request)
        await response.aread()
        try:
            operation = operation_for(request.method, request.url.path)
            assert operation is not None, f"Stripe has no {request.method} {request.url.path}"
            check_request(operation, request.method, body, request.url.query.decode())
            check_answer(operation, response.status_code, response.json())
        except (AssertionError, ValidationError) as fault:
            self.faults.append(f"{request.method} {request.url.path}: {fault}"[:600])
        self.checked += 1
        if self.cut:
            self.cut -= 1
            raise httpx.ReadTimeout("The answer was lost.", request=request)
        return response


def operation_for(method: str, path: str) -> dict[str, Any] | None:
    """Return the operation that a path is for."""
    for known, operations in description()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path) and method.lower() in operations:
            found: dict[str, Any] = operations[method.lower()]
            return found
    return None


def check_request(operation: dict[str, Any], method: str, body: str, query: str) -> None:
    """Hold what was asked against the description: fields of a form, or of the query."""
    if method == "POST":
        schema = operation["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]
        validate(_typed(schema, nested(parse_qsl(body, keep_blank_values=True))), schema)
        return
    known = {one["name"]: one["schema"] for one in operation.get("parameters", []) if one["in"] == "query"}
    for name, value in nested(parse_qsl(query)).items():
        assert name in known, f"Stripe takes no {name} there"
        validate(_typed(known[name], value), known[name])


def check_answer(operation: dict[str, Any], status: int, answer: Any) -> None:
    """Hold an answer against the description."""
    responses = operation["responses"]
    found = responses.get(str(status)) or responses["default"]
    validate(answer, found["content"]["application/json"]["schema"])


def validate(value: Any, schema: dict[str, Any]) -> None:
    """Raise what is wrong with a value."""
    whole = {**schema, "components": description()["components"]}
    OAS30Validator(whole).validate(value)


def _typed(schema: dict[str, Any], value: Any) -> Any:
    """Give the texts of a form the types that the description says they stand for."""
    if "$ref" in schema:
        schema = description()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _typed_by(schema["anyOf"], value)
    if isinstance(value, dict):
        inner, rest = schema.get("properties", {}), schema.get("additionalProperties")
        rest = rest if isinstance(rest, dict) else {}
        return {key: _typed(inner.get(key, rest), part) for key, part in value.items()}
    if isinstance(value, list):
        return [_typed(schema.get("items", {}), part) for part in value]
    if schema.get("type") == "integer" and _NUMBER.fullmatch(value):
        return int(value)
    if schema.get("type") == "boolean":
        return {"true": True, "false": False}.get(value, value)
    return value


def _typed_by(choices: list[dict[str, Any]], value: Any) -> Any:
    """Take the first choice that the value fits."""
    for choice in choices:
        typed = _typed(choice, value)
        whole = {**choice, "components": description()["components"]}
        if OAS30Validator(whole).is_valid(typed):
            return typed
    return value
