"""A case on paper: one player N against an organisation of R and small members, whose numbers are certain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from detente.assessment.assess import read_case
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.methods.offer_model.gains import evaluate_gains
from detente.methods.offer_model.model_draws import mean_numbers
from detente.rooms.gains.model.network.build_network import build_actor_network
from detente.rooms.gains.model.simulation.channel_model import ChannelModel

SMALL = 3
"""How many small members there are."""


def written(folder: Path, **more: Any) -> Path:
    """A case of one player N against an organisation of R and small members, whose numbers are certain."""
    names = ["r", *(f"j{k}" for k in range(SMALL))]
    case: dict[str, Any] = {
        **{"case": "paper", "title": "On paper", "question": "Who gains?", "period": "2000"},
        "actors": {name: {"name": name.upper(), "kind": "state"} for name in ["n", *names]},
        "organisations": {
            "east": {"name": "East", "members": [{"actor": name, "in": "1990/.."} for name in names]},
            "west": {"name": "West", "members": [{"actor": "n", "in": "1990/.."}]},
        },
        "sides": ["east", "west"],
        "issues": {"road": {"title": "The road", "stakes": 1, "multilateral": 0.5}},
        "capabilities": {"wagons": {"title": "Wagons", "held": {2000: {"n": 9, "r": 4, "j0": 1, "j1": 2, "j2": 0.5}}}},
        "channels": {
            "none": {"title": "None", "links": [["r", "east"]]},
            "bilateral": {"title": "Bilateral", "links": [["r", "east"], ["n", "east"]], "efficiency": 0.6},
            "bloc": {
                **{"title": "Bloc", "links": [["r", "east"]], "joins": ["west", "east"], "displaces": "bilateral"},
                "exclusivity": 0.7,
            },
        },
        "network": {"observed": "bilateral", "gravity": 1, "through": {"east": "r"}, "draws": 100},
    }
    for path, value in more.items():
        place = case
        *before, last = path.split("__")
        for key in before:
            place = place.setdefault(key, {})
        place[last] = value
    file = folder / "case.yaml"
    file.write_text(yaml.safe_dump(case, sort_keys=False), encoding="utf-8")
    return file


def block(file: Path, year: int = 2000) -> tuple[ChannelModel, Any]:
    """The values at the central estimates, in the units of the case."""
    case = read_case(str(file)).case
    model = ChannelModel(case, build_actor_network(case, year))
    return model, evaluate_gains(mean_numbers(model.description))


def gains(file: Path, channel: str, form: Any) -> dict[str, float]:
    """Each actor's gain beside the bilateral channel, in the units of the case."""
    model, found = block(file)
    total = float(found.issue_stakes.sum())
    base = found.values[ChannelVariant("bilateral", "hub")]
    run = model.variant_of(channel, form)
    change = (found.values[run] - base).sum(axis=0)[0] * total
    return dict(zip(model.actor_network.actors, change.tolist(), strict=True))


def sums(efficiency: float = 1.0) -> tuple[float, float, float, float]:
    """A, B, C and D of the closed forms for that case: N with R, N with the small, the small, R with the small."""
    n, r, small = 9.0, 4.0, [1.0, 2.0, 0.5]
    unit = n * r  # the pair across organisations that can do most
    a, b = n * r / unit, n * sum(small) / unit
    c = sum(x * y for k, x in enumerate(small) for y in small[k + 1 :]) / unit
    return a * efficiency, b * efficiency, c, r * sum(small) / unit


LOST = 1 - 0.5 * (1 - 0.6)
"""What bilateral channels leave of what is at stake: half of it takes all members, of which they get 0.6 done."""
