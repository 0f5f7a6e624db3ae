"""The page at work in Chromium, from a file: levers, the address, the drawer, what is taken along, and no worker."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from detente import Assessment, assess, read_case, write_report
from detente.case.loading.model_patch import case_with_values
from detente.methods.offer_model.description import ModelDescription
from detente.methods.offer_model.model_draws import sample_model
from detente.report.live.page_data import live_data
from detente.rooms.acceptance.model.choices.choice_answers import describe_offer
from detente.text.brief_sentences import short_range
from tests.cases.assessed_cases import assessed_case
from tests.report.live.product_answers import FormAnswer, differences, product_answers, random_setting
from tests.report.test_page_in_browser import ALL_BUT_CONTRAST, CONTRAST, opened, violations

pytestmark = pytest.mark.browser
EXCLUSIVITY = "channels.bloc.exclusivity"
STATES = 50
FRAGMENTS = int(os.environ.get("DETENTE_FRAGMENTS", "2000"))
RUN_STATES = """states => new Promise((resolve, reject) => {
    const data = JSON.parse(document.querySelector("#live").textContent), found = [];
    const patches = Object.fromEntries(data.alternatives.map(one => [one.id, one.patch]));
    const ask = startDetenteEngine(data.model, patches, document.querySelector("#engine").textContent, reply => {
        if (reply.part === "rest") { found[found.length - 1].gains = reply.gains; next(); }
        else if (reply.part === "fault") { found.push({ fault: reply.says }); next(); }
        else found.push(reply);
    });
    const next = () => (found.length === states.length ? resolve(found) : ask(states[found.length]));
    next();
})"""
"""Asks the engine of the page for one state after another."""
SHOWN = "document.documentElement.dataset.shown"


@pytest.fixture(scope="module")
def report(assessed: Assessment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed, tmp_path_factory.mktemp("report") / "out")


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(assessed_case("two-leagues"), tmp_path_factory.mktemp("small") / "out")


@pytest.fixture
def page(browser: Any, report: Path) -> Iterator[Any]:
    view, requests, messages = opened(browser, report)
    yield view
    assert [one for one in requests if not one.startswith((report.as_uri(), "blob:"))] == []
    assert messages == []
    view.close()


def model_of(assessment: Assessment) -> ModelDescription:
    assert assessment.brief.live is not None
    return assessment.brief.live.description


def is_drawn(view: Any, part: str = "rest") -> None:
    """Waits until the state that was asked for last is drawn."""
    view.wait_for_function(f"() => ({SHOWN} || '').endsWith(' {part}')")


def set_number(view: Any, path: str, value: float, part: str = "rest") -> None:
    """Moves a lever of the brief."""
    view.fill(f'.levers input[type=range][data-lever="{path}"]', f"{value}")
    asked = f'"{path}":{value}'
    view.wait_for_function(f"() => ({SHOWN} || '').endsWith(' {part}') && {SHOWN}.includes('{asked}')")


def expected_ranges(forms: list[FormAnswer], theory: str) -> list[str]:
    shares = [(float(one.strict[theory].mean()), float(one.best[theory][0].mean())) for one in forms]
    return [short_range(min(both), max(both)) for both in shares]


def main_theory(description: ModelDescription) -> str:
    assert description.decision is not None
    return description.decision.theories[description.decision.main_theory].id


def test_random_states_have_the_counts_of_the_product(page: Any, assessed: Assessment) -> None:
    """In a worker, from a file, under the policy of the page; every alternative of the case among them."""
    description, random, draws = model_of(assessed), Random(24), assessed.loaded.case.network.draws
    assert assessed.brief.live is not None
    data = live_data(assessed)
    assert data is not None
    values = {one["id"]: one["values"] for one in data["alternatives"]}
    states: list[dict[str, Any]] = []
    for _ in range(STATES - 8):
        states.append({"change": "", "numbers": random_setting(description, random), "windows": []})
    states += [
        {"change": change, "numbers": random_setting(description, random, 0.02), "windows": []}
        for change in random.sample(sorted(values), 8)
    ]
    told = page.evaluate(RUN_STATES, states)
    assert page.evaluate("document.documentElement.dataset.engine") == "worker"
    case = assessed.loaded.case
    for state, found in zip(states, told, strict=True):
        changed = describe_offer(case_with_values(case, values[state["change"]])) if state["change"] else description
        assert changed is not None
        changed = changed.with_values(state["numbers"])
        if "fault" in found:
            with pytest.raises(ValueError, match=found["fault"]):
                product_answers(changed, draws)
            continue
        expected = product_answers(changed, draws)
        theories = [one.id for one in changed.decision.theories] if changed.decision else []
        assert differences(found, expected, theories, main_theory(changed)) == [], state


def test_a_lever_moves_your_setting_and_not_the_report(page: Any, assessed: Assessment) -> None:
    answer, figure = page.inner_text("#brief .answer"), page.inner_html("#brief figure tbody tr.base")
    assert not page.is_visible("tr.mine")
    set_number(page, EXCLUSIVITY, 0.4)
    description = model_of(assessed)
    expected = product_answers(description.with_values({EXCLUSIVITY: 0.4}), assessed.loaded.case.network.draws)
    cells = page.locator("#brief tr.mine:not(.pinned) td.v")
    found = [cells.nth(place).text_content() for place in range(2)]
    for text, wanted in zip(found, expected_ranges(expected, main_theory(description)), strict=True):
        assert text.split(" ")[0] == wanted.split(" ")[0]
        assert text.startswith(wanted)
    assert page.inner_text("#brief .answer") == answer
    assert page.inner_html("#brief figure tbody tr.base") == figure
    assert page.evaluate("location.hash") == f"#brief;{EXCLUSIVITY}=0.4"
    page.wait_for_function("() => document.querySelector('.levers .say').textContent.startsWith('With your setting')")
    page.reload()
    is_drawn(page)
    assert [cells.nth(place).text_content() for place in range(2)] == found
    page.click("#bar [data-reset]")
    assert not page.is_visible("tr.mine")
    assert page.evaluate("location.hash") == "#brief"


def test_figures_of_the_setting_stand_beside_those_of_the_report(page: Any, assessed: Assessment) -> None:
    """Theories, gains, reasons, replies and what matters; the report's own are marked as fixed."""
    before = {id: page.inner_html(f"#{id} figure:not(.live)") for id in ("channels", "response", "sure")}
    assert page.locator("figure.live:visible").count() == 0
    set_number(page, EXCLUSIVITY, 0.4)
    description = model_of(assessed).with_values({EXCLUSIVITY: 0.4})
    expected = product_answers(description, assessed.loaded.case.network.draws)
    kinds = page.evaluate("[...document.querySelectorAll('figure.live:not([hidden])')].map(one => one.dataset.live)")
    assert sorted(kinds) == ["actor", "number", "reason", "replies", "theory"]
    for id, html in before.items():
        assert page.inner_html(f"#{id} figure:not(.live)") == html
    assert description.decision is not None
    rows = page.locator('figure.live[data-live="theory"] tbody tr th')
    assert rows.count() == len(expected[0].strict)
    main = main_theory(description)
    texts = page.locator('figure.live[data-live="theory"] table.rows tbody tr').first.text_content()
    for wanted in expected_ranges(expected, main):
        assert wanted in texts
    gains = page.locator('figure.live[data-live="actor"] tbody tr', has_text="NATO").first.text_content()
    nato = description.network.actors.index("nato")
    for form in expected:
        mean = round(100 * float(form.gains[:, nato].mean()), 1)
        assert f"{abs(mean):.1f}" in gains
    assert page.locator(".tag.fixed:visible").count() > 0
    page.click("#bar [data-reset]")
    assert page.locator("figure.live:visible, .tag.fixed:visible").count() == 0


def test_an_exact_value_can_be_typed(page: Any) -> None:
    field = page.get_by_label("exact value").first
    page.evaluate(f"delete {SHOWN}")
    field.fill("0.123456")
    field.press("Enter")
    is_drawn(page)
    assert page.evaluate("location.hash").endswith("=0.123456")
    field.fill("7")
    field.press("Enter")
    assert "from 0 to 1" in page.inner_text("#levers .fault >> nth=0")
    assert page.evaluate("location.hash").endswith("=0.123456")


def test_the_keyboard_moves_levers_and_opens_the_drawer(page: Any) -> None:
    slider = page.locator(".levers input[type=range]").first
    slider.focus()
    page.evaluate(f"delete {SHOWN}")
    slider.press("ArrowRight")
    is_drawn(page)
    assert EXCLUSIVITY in page.evaluate("location.hash")
    opener = page.get_by_role("button", name="All numbers, scenarios and choices")
    opener.focus()
    opener.press("Enter")
    assert page.evaluate("document.activeElement.id") == "drawer-search"
    page.keyboard.type("gravity")
    shown = page.locator("#drawer li:visible")
    assert shown.count() == 1
    page.keyboard.press("Escape")
    assert not page.is_visible("#drawer")
    assert opener.evaluate("node => node === document.activeElement")


def test_scenarios_choices_and_numbers_go_together(page: Any, assessed: Assessment) -> None:
    page.evaluate(f"location.hash = 'response;change=present-channel.none;{EXCLUSIVITY}=0.5'")
    is_drawn(page)
    case = assessed.loaded.case
    other = case_with_values(case, case.choices["present-channel"].alternatives["none"].set)
    description = describe_offer(case_with_values(other, {EXCLUSIVITY: 0.5}))
    assert description is not None
    expected = expected_ranges(product_answers(description, case.network.draws), main_theory(description))
    told = page.text_content("#brief tr.mine:not(.pinned)")
    assert all(wanted in told for wanted in expected)
    page.click("#levers .note button")
    assert page.locator("#drawer input[type=radio][value='present-channel.none']").is_checked()


def taken(view: Any, name: str) -> str:
    view.get_by_role("button", name=name, exact=True).click()
    text = str(view.input_value("#taken textarea"))
    view.locator("#taken").get_by_role("button", name="Close").click()
    return text


def counts_of(view: Any) -> list[list[float]]:
    """What the engine makes of the state of the page: counts by form and theory, both tests."""
    state = view.evaluate(f"JSON.parse({SHOWN}.replace(/ rest$/, ''))")
    (found,) = view.evaluate(RUN_STATES, [state])
    return [[one["strict"]["count"], one["generous"]["count"]] for form in found["forms"] for one in form["theories"]]


def product_counts(loaded: Any) -> list[list[Any]]:
    description = describe_offer(loaded.case)
    assert description is not None
    return [
        [int(form.strict[theory].sum()), pytest.approx(float(form.best[theory][0].sum()), abs=1e-6)]
        for form in product_answers(description, loaded.case.network.draws)
        for theory in form.strict
    ]


STATE = f"brief;change=all-for-the-offer;{EXCLUSIVITY}=0.25;channels.bloc.efficiency=0.7;network.gravity=0.3"
"""An alternative, and numbers of which it sets two as well."""


def test_the_command_gives_the_same_counts(page: Any) -> None:
    page.evaluate(f"location.hash = '{STATE}'")
    is_drawn(page)
    name, scenario, changes = read_command(taken(page, "Command"))
    assert (name, scenario) == ("nato-csto", None)
    assert counts_of(page) == product_counts(read_case(name, scenario, changes))
    page.evaluate("location.hash = 'brief;change=members-turn-west;network.link_cost=0'")
    page.wait_for_function(f"() => {SHOWN}.includes('members-turn-west') && {SHOWN}.endsWith(' rest')")
    name, scenario, changes = read_command(taken(page, "Command"))
    assert (scenario, changes) == ("members-turn-west", {"network.link_cost": "0"})
    assert counts_of(page) == product_counts(read_case(name, scenario, changes))


def read_command(text: str) -> tuple[str, str | None, dict[str, str]]:
    """The case, the scenario and the changes of a command."""
    words = shlex.split(text)
    assert words[:2] == ["detente", "run"]
    pairs = list(zip(words[3::2], words[4::2], strict=True))
    scenario = next((value for option, value in pairs if option == "--scenario"), None)
    changes = dict(value.split("=", 1) for option, value in pairs if option == "--set")
    return words[2], scenario, changes


def test_the_scenario_can_be_pasted_into_the_case(page: Any, first_case: Path) -> None:
    page.evaluate(f"location.hash = '{STATE}'")
    is_drawn(page)
    block = taken(page, "As a scenario")
    file = first_case / "case.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("scenarios:\n", block, 1), encoding="utf-8")
    assert counts_of(page) == product_counts(read_case(str(first_case), "my-setting"))


def test_another_state_stands_beside(page: Any) -> None:
    set_number(page, EXCLUSIVITY, 0.4)
    page.get_by_role("button", name="Pin beside").click()
    page.wait_for_selector("tr.pinned", state="visible")
    page.wait_for_function(f"() => {SHOWN}.endsWith(' rest')")
    first = page.text_content("tr.pinned td.v >> nth=1")
    set_number(page, EXCLUSIVITY, 0.9)
    assert page.text_content("tr.pinned td.v >> nth=1") == first
    assert page.text_content("tr.mine:not(.pinned) td.v >> nth=1") != first
    assert page.evaluate("location.hash") == f"#brief;{EXCLUSIVITY}=0.9;pin;{EXCLUSIVITY}=0.4"
    page.reload()
    page.wait_for_selector("tr.pinned", state="visible")
    assert page.text_content("tr.pinned td.v >> nth=1") == first
    page.get_by_role("button", name="Unpin").click()
    assert not page.is_visible("tr.pinned")


def test_simulations_can_be_narrowed(page: Any, assessed: Assessment) -> None:
    page.click("#levers .note button")
    page.fill("#drawer-search", EXCLUSIVITY)
    page.click("#drawer li:visible summary")
    page.fill("#drawer li:visible [aria-label$=': from']", "0.5")
    page.fill("#drawer li:visible [aria-label$=': to']", "0.6")
    page.click("#drawer li:visible >> text=Keep these")
    is_drawn(page)
    page.wait_for_function("() => document.querySelector('.levers .say').textContent.includes('are kept')")
    description = model_of(assessed)
    values = sample_model(description, range(4_096)).values[description.number_index[EXCLUSIVITY]]
    left = int(((values >= 0.5) & (values <= 0.6)).sum())
    assert f"{left} of 4,096 simulations are kept" in page.inner_text(".levers .say")
    assert page.evaluate("location.hash") == f"#brief;{EXCLUSIVITY}=0.5..0.6"
    page.fill("#drawer li:visible [aria-label$=': to']", "0.501")
    page.click("#drawer li:visible >> text=Keep these")
    page.wait_for_function("() => document.querySelector('.levers .say').textContent.startsWith('Only')")
    assert "at least 200 must be left" in page.inner_text(".levers .say")
    assert not page.is_visible("tr.mine")


def test_a_state_that_cannot_be_is_said(page: Any) -> None:
    """That earlier bodies worked is impossible where the channel of which they tell never works."""
    page.evaluate("location.hash = 'brief;channels.bilateral.efficiency=0.5;channels.bloc.efficiency=0'")
    page.wait_for_function(
        "() => document.querySelector('.levers .say').textContent.includes('This setting cannot be')"
    )
    set_number(page, EXCLUSIVITY, 0.5, "fault")
    page.evaluate(f"location.hash = 'brief;{EXCLUSIVITY}=0.5'")
    is_drawn(page)
    assert page.is_visible("tr.mine")


NO_WORKER = "window.Worker = function () { throw new Error('refused'); };"


@pytest.mark.parametrize("refusal", ["thrown", "by the policy"])
def test_without_a_worker_the_page_does_it_itself(browser: Any, report: Path, tmp_path: Path, refusal: str) -> None:
    html = report.read_text(encoding="utf-8")
    if refusal == "thrown":
        html = html.replace("<style>", f"<script>{NO_WORKER}</script><style>", 1)
    else:
        html = html.replace("worker-src blob:", "worker-src 'none'")
    file = tmp_path / "index.html"
    file.write_text(html, encoding="utf-8")
    rows = []
    for path in (report, file):
        view, _, _ = opened(browser, path, fragment=f"brief;{EXCLUSIVITY}=0.35")
        is_drawn(view)
        rows.append(view.text_content("tr.mine:not(.pinned)"))
        engine = view.evaluate("document.documentElement.dataset.engine")
        assert engine == ("worker" if path == report else "page")
        view.close()
    assert rows[0] == rows[1]


def test_hostile_fragments_neither_run_nor_stall_anything(browser: Any, small_report: Path) -> None:
    """From a seed, made of what the page knows and of what nobody should: two thousand, or as many as are asked for."""
    view, requests, messages = opened(browser, small_report, scheme="light")
    random = Random(9)
    paths = view.evaluate("JSON.parse(document.querySelector('#live').textContent).model.numbers.path")
    odd = [
        *(
            "pin",
            "__proto__",
            "constructor=1",
            "toString",
            "change=__proto__",
            "change=constructor",
            "hasOwnProperty=1",
        ),
        *(
            "<img src=x onerror=pwned=1>",
            "javascript:pwned=1",
            "%E0%A4%A",
            "\u0000",
            "𝔘" * 50,
            "=" * 99,
            ";" * 99,
            "x" * 9_999,
        ),
        *(
            "1e999",
            "NaN",
            "Infinity",
            "-0",
            "0x10",
            "1..0",
            "0..1",
            "..",
            "0..1..2",
            "0..1e999",
            "-1e999..1",
            "1e-320",
            "--1",
            "' or 1",
            "${pwned=1}",
        ),
    ]

    def piece() -> str:
        key, value = random.choice([*paths, "change", *odd]), random.choice([*odd, str(random.random())])
        return str(random.choice([f"{key}={value}", f"{key}={random.random()}", value, key]))

    fragments = [
        "#" + ";".join([random.choice(["brief", "response", *odd]), *(piece() for _ in range(random.randint(0, 5)))])
        for _ in range(FRAGMENTS)
    ]
    view.evaluate(
        "fragments => { for (const one of fragments) DetentePage.visit(one, false); }",  # browsers slow down addresses
        fragments,
    )
    assert view.evaluate("window.pwned") is None
    assert view.evaluate("Object.keys(Object.prototype).length + Object.keys(DetentePage.state).length") == 2
    assert messages == []
    view.evaluate("location.hash = 'brief;threat.nobody=1;network.decay=0.85'")
    is_drawn(view)
    assert "threat.nobody=1" in view.inner_text("#bar")
    assert "not understood" in view.inner_text("#bar")
    assert [one for one in requests if not one.startswith((small_report.as_uri(), "blob:"))] == []
    view.close()


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1400, "dark")])
def test_nothing_scrolls_sideways_and_axe_finds_nothing(
    browser: Any, small_report: Path, width: int, scheme: str
) -> None:
    path = "channels.league-to-league.exclusivity"
    view, _, messages = opened(browser, small_report, width, scheme, fragment=f"response;{path}=0.5;pin;{path}=0.7")
    is_drawn(view)
    for id in ("brief", "channels", "response", "sure", "lasting"):
        view.evaluate(f"DetentePage.$('.rail a[href=\"#{id}\"]').click()")
        view.wait_for_selector(f"#{id}", state="visible")
        view.evaluate(
            "document.querySelectorAll('section:not([hidden]) details').forEach(fold => { fold.open = true; })"
        )
        assert view.evaluate("document.documentElement.scrollWidth") == width, id
    view.evaluate("document.querySelector('#annex').remove()")
    assert violations(view, ALL_BUT_CONTRAST) == []
    assert violations(view, CONTRAST) == []
    view.evaluate("DetentePage.$('.rail a[href=\"#brief\"]').click()")
    view.click("#levers .note button")
    view.evaluate("document.querySelectorAll('#drawer details').forEach(fold => { fold.open = true; })")
    assert view.evaluate("document.documentElement.scrollWidth") == width
    assert violations(view, ALL_BUT_CONTRAST) == []
    assert violations(view, CONTRAST) == []
    assert messages == []
    view.close()


def test_on_paper_the_row_stays_and_the_levers_go(page: Any) -> None:
    set_number(page, EXCLUSIVITY, 0.4)
    page.emulate_media(media="print")
    assert page.is_visible("tr.mine:not(.pinned)")
    assert "not the report’s answer" in page.inner_text("tr.mine:not(.pinned)")
    assert not page.is_visible(".levers")
    assert not page.is_visible("#bar")


def test_thresholds_of_games_are_live(page: Any, assessed: Assessment) -> None:
    page.evaluate("location.hash = 'lasting;games.security.payoffs.free_rides=1.5'")
    page.wait_for_selector("#lasting figure.live", state="visible")
    told = page.inner_text("#lasting figure.live")
    assert "Peacekeeping" in told
    assert "closed forms" in told
    page.wait_for_function("() => document.querySelector('#lasting .say').textContent.includes('must count')")
    page.click("#lasting [data-reset]")
    assert not page.is_visible("#lasting figure.live")


def test_in_a_notebook_the_levers_work_in_a_frame(browser: Any, assessed: Assessment, tmp_path: Path) -> None:
    file = tmp_path / "notebook.html"
    frame = assessed.live()._repr_html_()
    assert re.match(r'<iframe title="[^"]+" sandbox="allow-scripts', frame)
    file.write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    view, _, messages = opened(browser, file)
    inside = view.frame_locator("iframe")
    inside.locator("#levers input[type=range]").first.fill("0.4")
    inside.locator("tr.mine:not(.pinned)").wait_for(state="visible")
    inside.locator('.rail a[href="#response"]').click()
    inside.locator("#response figure.live").first.wait_for(state="visible")
    assert messages == []
    view.close()


def test_a_report_with_a_setting_of_its_own_starts_from_it(browser: Any, leagues: Path, tmp_path: Path) -> None:
    """Its command and its scenario hold the report's scenario and changes, and what is set on top; once each."""
    own = {"network.draws": "8192", "network.decay": "0.8", "threat.hill": "0.5"}
    path = write_report(assess(read_case(str(leagues), "freedom-like-any-other", own)), tmp_path / "out")
    for fragment in ("network.decay=0.9;change=no-envy", "change=grave-threat;threat.hill=0;network.decay=0.95"):
        view, _, messages = opened(browser, path, fragment=f"brief;{fragment}")
        is_drawn(view)
        name, scenario, changes = read_command(taken(view, "Command"))
        assert (name, scenario) == ("two-leagues", "freedom-like-any-other")
        assert changes["network.draws"] == "4096"
        assert counts_of(view) == product_counts(read_case(str(leagues), scenario, changes))
        block = taken(view, "As a scenario").replace("scenarios:\n", "")
        text = leagues.read_text(encoding="utf-8")
        pasted = leagues.with_name("pasted.yaml")
        pasted.write_text(text.replace("scenarios:\n", f"scenarios:\n{block}", 1), encoding="utf-8")
        loaded = read_case(str(pasted), "my-setting", {"network.draws": "4096"})
        assert counts_of(view) == product_counts(loaded)
        assert messages == []
        view.close()


def test_few_simulations_are_told_and_a_lever_that_moves_nothing_is_none(browser: Any, tmp_path: Path) -> None:
    """With a hundred simulations none are missing; and where little is uncertain, few numbers are levers."""
    certain = {f"channels.{name}.exclusivity": "0.5" for name in ("league-to-league",)} | {"network.draws": "100"}
    assessment = assess(read_case("two-leagues", None, certain))
    data = live_data(assessment)
    assert data is not None
    sliders = dict(zip(data["model"]["numbers"]["path"], data["sliders"], strict=True))
    assert all(sliders[lever["path"]] for lever in data["levers"])
    view, _, messages = opened(browser, write_report(assessment, tmp_path / "out"), fragment="brief;network.decay=0.9")
    is_drawn(view)
    assert view.is_visible("tr.mine:not(.pinned)")
    assert messages == []
    view.close()


def test_a_pinned_state_that_cannot_be_leaves_the_other(page: Any) -> None:
    page.evaluate(f"location.hash = 'brief;{EXCLUSIVITY}=0.4;pin;channels.bloc.efficiency=0'")
    is_drawn(page)
    assert page.is_visible("tr.mine:not(.pinned)")
    assert not page.is_visible("tr.pinned")


def test_a_number_can_be_what_the_case_has_on_top_of_an_alternative(page: Any) -> None:
    page.evaluate("location.hash = 'brief;change=grave-threat;threat.nato=0'")
    is_drawn(page)
    assert '"threat.nato":0' in page.evaluate(SHOWN)
    page.evaluate("location.hash = 'brief;threat.nato=0'")
    page.wait_for_selector("tr.mine:not(.pinned)", state="hidden")


def test_an_alternative_may_have_others_deal(page: Any) -> None:
    page.evaluate("location.hash = 'response;change=leading-member.kazakhstan'")
    is_drawn(page)
    page.wait_for_function("() => document.querySelector('#levers .say').textContent.includes('azakhstan')")
    assert "Kazakhstan-run" in page.text_content("figure.live[data-live='theory'] thead")
