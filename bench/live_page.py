"""The page that works itself out: from a lever to its answer in a browser, and until the engine is ready.

Chromium is driven on the report itself, from a file. Firefox, for which there is no driver here, opens the same engine
and model from this program, and sends back what it measured.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from time import perf_counter
from typing import Any

from detente import assess, read_case, write_report
from detente.methods.offer_model.offer_answers import answer_in_draws
from detente.report.html import ENGINE_SCRIPTS
from detente.report.live.page_data import live_data
from detente.report.static_text import script_text
from tests.conftest import FLAGS, browser_path

STEPS = 12
PATHS = 16
WAIT = 180
MEASURE = """(data, source) => new Promise(resolve => {
    const patches = {}, paths = data.model.numbers.path.filter((_, k) => data.sliders[k] !== 0);
    const every = Math.ceil(paths.length / PATHS), chosen = paths.filter((_, k) => k % every === 0);
    const asked = [], times = [], rests = [];
    for (const path of chosen) {
        const [low, high] = data.sliders[data.model.numbers.path.indexOf(path)];
        for (let step = 0; step < STEPS; step++) asked.push({ [path]: low + (high - low) * (step + 1) / (STEPS + 1) });
    }
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    const begun = performance.now();
    let at = -1, sent = 0, ready = 0;
    const next = () => {
        if (at >= asked.length) { resolve({ ready, times, rests }); return; }
        sent = performance.now();
        worker.postMessage({ id: at, change: "", numbers: at < 0 ? {} : asked[at], windows: [] });
    };
    worker.onmessage = ({ data: reply }) => {
        const taken = performance.now() - sent;
        if (reply.part === "answer" && at < 0) ready = performance.now() - begun;
        else if (reply.part === "answer") times.push([sent - begun, taken]);
        if (reply.part === "rest" || reply.part === "fault") { rests.push(taken); at += 1; next(); }
    };
    worker.postMessage({ model: data.model, patches });
    next();
})""".replace("PATHS", str(PATHS)).replace("STEPS", str(STEPS))


def print_table() -> None:
    """The rows for `BENCHMARKS.md`."""
    assessment = assess(read_case("nato-csto"))
    data = live_data(assessment)
    assert data is not None
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        page = write_report(assessment, Path(folder) / "out")
        if path := browser_path():
            rows.append(_row("Chromium, the page from a file", _in_chromium(page, path)))
        firefox = shutil.which("firefox-esr") or shutil.which("firefox")
        rows.append(
            _row("Firefox, the same engine", _in_firefox(firefox, data, Path(folder)))
            if firefox
            else ("Firefox", "not on this machine", "", "")
        )
    print("| what | ready, s | a lever, ms: median | worst after a second |")
    print("|---|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(f"| one state of own gains and the theory that is told, by NumPy | | {_by_numpy(assessment):.0f} | |")


def _row(name: str, found: dict[str, Any] | str) -> tuple[str, str, str, str]:
    if isinstance(found, str):
        return name, found, "", ""
    times = [taken for _, taken in found["times"]]
    later = [taken for at, taken in found["times"] if at > 1_000] or [float("nan")]
    rest = statistics.median(found["rests"])
    return (
        name,
        f"{found['ready'] / 1000:.2f}",
        f"{statistics.median(times):.0f} (all else by {rest:.0f})",
        f"{max(later):.0f}",
    )


def _in_chromium(page: Path, path: str) -> dict[str, Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        view = browser.new_page()
        view.goto(page.as_uri())
        # The engine that the page has begun by itself is given time to be ready.
        view.wait_for_timeout(3_000)
        text = "JSON.parse(document.querySelector('#live').textContent), document.querySelector('#engine').textContent"
        found: dict[str, Any] = view.evaluate(f"({MEASURE})({text})")
        browser.close()
    return found


def _in_firefox(path: str, data: dict[str, Any], folder: Path) -> dict[str, Any] | str:
    """What Firefox measured, or how it failed."""
    engine = str(script_text(*(f"live/{name}.js" for name in ENGINE_SCRIPTS)))
    text = f"<script>const data={json.dumps(data)}, source={json.dumps(engine)};".replace("</", "<\\/")
    send = "found => fetch('/', {method: 'POST', body: JSON.stringify(found)})"
    html = f"<!doctype html><meta charset=utf-8>{text}({MEASURE})(data, source).then({send});</script>"
    found: list[dict[str, Any]] = []
    done = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def do_POST(self) -> None:
            found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()
            done.set()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (folder / "profile").mkdir()
    words: Sequence[str] = (
        path,
        "--headless",
        "--no-remote",
        "--profile",
        str(folder / "profile"),
        f"http://127.0.0.1:{server.server_port}/",
    )
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    done.wait(WAIT)
    process.terminate()
    _, said = process.communicate(timeout=30)
    server.shutdown()
    return found[0] if found else f"failed: {said.strip().splitlines()[-1] if said.strip() else 'nothing came back'}"


def _by_numpy(assessment: Any) -> float:
    """Milliseconds of one state in Python, best of five."""
    description = assessment.brief.live.description
    found = []
    for step in range(5):
        begun = perf_counter()
        answer_in_draws(description.with_values({"channels.bloc.exclusivity": 0.3 + step / 10}), 4_096)
        found.append(perf_counter() - begun)
    return 1_000 * min(found)


if __name__ == "__main__":
    print_table()
