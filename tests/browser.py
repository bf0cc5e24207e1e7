"""A real browser: Debian's Chromium without a screen, driven by Playwright."""

import os
import shutil
from contextlib import contextmanager

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def program():
    """The path of a Chromium, or None."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def started(path):
    """A browser that runs until the block ends."""
    from playwright.sync_api import sync_playwright

    # A browser's own sandbox needs rights that a container's superuser has not; the pages are ours.
    sandbox = not hasattr(os, "geteuid") or os.geteuid() != 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, chromium_sandbox=sandbox)
        try:
            yield browser
        finally:
            browser.close()


class Shown:
    """A page of a file or an address, what it asked the network for, and what its console said."""

    def __init__(self, browser, file, **settings):
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.requests, self.complaints = [], []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(file if isinstance(file, str) else file.as_uri())

    def visible(self, selector):
        """The ids of the elements that are seen."""
        seen = "parts => parts.filter(part => part.getClientRects().length > 0).map(part => part.id)"
        return self.page.locator(selector).evaluate_all(seen)

    def close(self):
        self.context.close()
