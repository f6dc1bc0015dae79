"""Reads a report with more findings than one table takes, in a real Chromium, and prints as JSON
what was shown after each step.

usage: read_tables.py FILE
"""

import session

# Of each table that is shown: the rows that are, as [id, risk, namespace, workload].
TABLES = """[...document.querySelectorAll('#findings-table table')]
  .filter(t => t.checkVisibility())
  .map(t => [...t.tBodies].filter(b => b.checkVisibility()).map(b => [
    b.id, b.querySelector('.risk').textContent, b.querySelector('.namespace').textContent,
    b.querySelector('.workload bdi').textContent]))"""
# Every row of the document, shown or not, counted once.
KNOWN = "new Set([...document.querySelectorAll('#findings-table tbody')].map(b => b.id)).size"
ROWS = "[...document.querySelectorAll('#findings-table tbody')].filter(b => !b.hidden).length"
STATUS = "document.getElementById('status').textContent"
# How each table that is shown says it is sorted by its namespaces.
ORDERS = """[...document.querySelectorAll('#findings-table table')].filter(t => t.checkVisibility())
  .map(t => t.tHead.querySelector('[data-filter=namespace]').ariaSort)"""


def read(browser, url, folder):
    seen = []

    def note(step):
        seen.append({
            "step": step, "tables": browser.evaluate(TABLES), "known": browser.evaluate(KNOWN),
            "status": browser.evaluate(STATUS), "orders": browser.evaluate(ORDERS),
            "more": browser.evaluate("document.getElementById('more').checkVisibility()"),
        })

    def click(selector):
        browser.evaluate(f"document.querySelector({selector!r}).click()")

    def choose(name, value):
        browser.evaluate(
            f"(() => {{ const s = document.querySelector('[name={name}]'); s.value = {value!r};"
            " s.dispatchEvent(new Event('input', {bubbles: true})); })()")

    browser.open(url)
    note("opened")
    click("#more-some")
    note("more")
    click("#more-all")
    note("all")
    # The heading of the last table, by a real key.
    browser.evaluate(
        "[...document.querySelectorAll('th[data-filter=namespace] button')].at(-1).focus()")
    browser.press("Enter", 13)
    browser.until(f"{ORDERS}.at(-1) === 'ascending'")
    note("sorted")
    browser.press("Enter", 13)
    browser.until(f"{ORDERS}.at(-1) === 'descending'")
    note("reversed")
    # A filter keeps the order, and what matches is gathered from every table.
    choose("risk", "low")
    browser.until("/ of /.test(" + STATUS + ")")
    note("filtered")
    browser.evaluate("document.querySelector('[name=search]').focus()")
    browser.call("Input.insertText", text="service-1231")
    browser.until(f"{ROWS} < 2")
    note("searched")
    choose("risk", "critical")
    browser.until(f"{ROWS} === 0")
    note("nothing")
    click("#clear")
    browser.until("!/ of /.test(" + STATUS + ")")
    note("cleared")
    # Paper holds all of it, and the page is afterwards as it was.
    browser.evaluate("dispatchEvent(new Event('beforeprint'))")
    note("printing")
    browser.evaluate("dispatchEvent(new Event('afterprint'))")
    note("printed")
    complaints, requests = browser.complaints()
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    note("plain")
    # Every story opens without a script.
    opened = browser.evaluate(
        "[...document.querySelectorAll('#findings-table details')].filter(d => {"
        " d.querySelector('summary').click(); return d.open; }).length")
    return {"steps": seen, "opened": opened, "complaints": complaints, "requests": requests}


session.run(read)
