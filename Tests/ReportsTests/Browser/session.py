"""One report in one browser: what a reading of it saw is printed as JSON.

Screenshots and the printed page are kept below GCR_REPORT_SCREENSHOTS, if that is a folder.
"""

import json
import os
import shutil
import sys
import tempfile

from devtools import Browser


def run(read):
    """Calls read(browser, url, folder) for the file that the one argument names."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    kept = os.environ.get("GCR_REPORT_SCREENSHOTS")
    folder = tempfile.mkdtemp(prefix="gcr-report-html-", dir=kept)
    # A browser reads a file by its ending.
    path = os.path.join(folder, "report.html")
    shutil.copyfile(sys.argv[1], path)
    browser = Browser(program, seconds=30)
    try:
        browser.attach()
        json.dump(read(browser, "file://" + path, folder), sys.stdout)
    finally:
        browser.close()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
