"""Makes the picture of the README, `docs/brief.png`: the first screen of the brief of the first case, as it is now.

It takes a browser on this machine; nothing else of the documents does.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from detente import assess, read_case, write_report

CASE = "nato-csto"
WIDTH, HEIGHT = 1280, 1010
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PICTURE_FILE = Path(__file__).resolve().parent / "brief.png"


def main() -> None:
    """Writes the picture."""
    from playwright.sync_api import sync_playwright

    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        raise SystemExit(f"none of these is on this machine: {', '.join(BROWSERS)}")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = write_report(assess(read_case(CASE)), Path(folder) / "report")
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(page_file.as_uri())
        view.screenshot(path=str(PICTURE_FILE))
        browser.close()
    print(PICTURE_FILE)


if __name__ == "__main__":
    main()
