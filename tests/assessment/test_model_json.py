"""The model of an offer as JSON: read back as it was written, by its schema, and refused where it is something else."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from typer.testing import CliRunner

from detente import read_case
from detente.assessment.model_json import describe_case, model_from_json, model_schema, model_to_json
from detente.cli.app import app
from detente.errors import DetenteError
from detente.methods.offer_model.description import DESCRIPTION_VERSION, ModelDescription
from detente.methods.offer_model.offer_answers import answer_in_draws
from tests.methods.offer_model.random_models import models

run = CliRunner()
BARE = "case: bare\ntitle: Bare\nquestion: What is there?\n"


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(models())
def test_a_model_is_read_back_as_it_was_written(description: ModelDescription):
    text = model_to_json(description)
    jsonschema.validate(json.loads(text), model_schema())
    assert model_from_json(text) == description


@pytest.mark.parametrize("name", ["nato-csto", "cmea-ec", "two-leagues"])
def test_a_case_compiles_to_one_file_that_gives_its_answers(name: str, tmp_path: Path):
    """Whoever has the file needs nothing of the case."""
    file = tmp_path / "model.json"
    assert run.invoke(app, ["export", name, "model", str(file)]).exit_code == 0
    description, own = model_from_json(file.read_bytes()), describe_case(read_case(name).case)
    assert description == own
    assert len(json.dumps(json.loads(file.read_text()), separators=(",", ":"))) < 60_000
    found, expected = (answer_in_draws(one, 500) for one in (description, own))
    for key, answers in expected.strict.items():
        assert (found.strict[key] == answers).all()


def test_what_is_no_model_is_refused_in_words(tmp_path: Path):
    with pytest.raises(DetenteError, match=r"this is no model: the whole: Invalid JSON"):
        model_from_json("{")
    with pytest.raises(DetenteError, match=r"this is no model: version"):
        model_from_json('{"seed": 1}')
    other = json.loads(model_to_json(describe_case(read_case("two-leagues").case))) | {"version": 99}
    with pytest.raises(DetenteError, match=rf"version 99, and {DESCRIPTION_VERSION} is read here"):
        model_from_json(json.dumps(other))
    case = tmp_path / "case.yaml"
    case.write_text(BARE, encoding="utf-8")
    refused = run.invoke(app, ["export", str(case), "model", str(tmp_path / "model.json")])
    assert isinstance(refused.exception, DetenteError)
    assert "nobody offers a channel to anybody" in str(refused.exception)
    assert not (tmp_path / "model.json").exists()


def test_its_schema_is_printed():
    assert json.loads(run.invoke(app, ["schema", "--model"]).stdout)["title"] == "ModelDescription"
