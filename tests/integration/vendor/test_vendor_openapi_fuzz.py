"""The published OpenAPI description, played at random against a real desk: whatever comes, an answer it describes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.fakes.asking_person import AskingPerson
from tests.fakes.vendor_process import Caller, VendorProcess, serving
from vrm_desktop.resources_folder import resources_folder

_DESCRIPTION = json.loads((resources_folder() / "schema" / "openapi.json").read_bytes())
_CALLS = [
    (path, method, mode)
    for path, item in _DESCRIPTION["paths"].items()
    for method in item
    if method in {"get", "post"}
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if "parameters" in item or "requestBody" in item[method] or mode is GenerationMode.POSITIVE
]
"""Each call with what its description allows, and with what it does not; the card's has nothing to get wrong."""
_CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
_EXAMPLES, _MANY = 50, 3000
_UNDESCRIBED = {400, 404, 405, 408, 411, 413, 414, 415, 431}
"""What HTTP itself answers where a request is none, or goes to no address of the desk's."""


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VendorProcess]:
    """One desk for all calls, with room for as many as are tried."""
    home: Path = tmp_path_factory.mktemp("fuzzed") / "shop"
    home.mkdir()
    limits = "conversations_per_minute = 1000000\nmessages_per_minute = 1000000\n"
    (home / "desk.toml").write_text(f'name = "Fuzzed"\n[limits]\n{limits}')
    with serving(home) as running:
        yield running


@pytest.mark.parametrize(
    ("path", "method", "mode"), _CALLS, ids=[f"{method}-{path}-{mode.value}" for path, method, mode in _CALLS]
)
def test_whatever_is_called_is_answered_as_described(
    caller: Caller,
    person: AskingPerson,
    vendor: VendorProcess,
    request: pytest.FixtureRequest,
    path: str,
    method: str,
    mode: GenerationMode,
) -> None:
    caller.exchange(person, person.ping())
    schema = schemathesis.openapi.from_dict(_DESCRIPTION)
    operation = schema[path][method.upper()]
    site = vendor.url if path.startswith("/.well-known/") else f"{vendor.url}/intentcast"
    count = _MANY if request.config.getoption("--long") else _EXAMPLES
    answered: list[int] = []
    with requests.Session() as session:
        session.trust_env = False

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=count, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
        def play(case: Any) -> None:
            case.headers.pop("Prefer", None)  # a read that is held for half a minute is another test's
            if mode is GenerationMode.POSITIVE and "conversation" in case.path_parameters:
                # An id at random is never one that the desk knows.
                case.path_parameters["conversation"] = str(person.conversation.id)
                case.headers["Authorization"] = f"Bearer {person.secret}"
            answer = case.call(base_url=site, session=session, timeout=20)
            answered.append(answer.status_code)
            described = {int(status) for status in operation.definition.raw["responses"]}
            assert answer.status_code in described | _UNDESCRIBED, answer.status_code
            case.validate_response(answer, checks=[check for check in _CHECKS if answer.status_code in described])

        play()
    assert len(answered) >= count // 2
