"""Reads a report of `-o html` as people do, in a real Chromium, and prints what it saw as JSON.

usage: read_report.py FILE
"""

import base64
import os

import session

VISIBLE = "[...document.querySelectorAll('#findings-table tbody')].filter(b => !b.hidden)"
# WCAG 2.2, "contrast ratio", of every word on a coloured ground.
CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const luminance = (color) => {
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    while (node) {
      const color = getComputedStyle(node).backgroundColor;
      if (color !== 'rgba(0, 0, 0, 0)' && color !== 'transparent') return color;
      node = node.parentElement;
    }
    return 'white';
  };
  let least = 21, where = '';
  for (const node of document.querySelectorAll(
    'h1, p, dt, dd, a, th, td, small, .risk, .tile b, .tile span, .heat td a, .heat td span')) {
    if (!node.textContent.trim() || !node.checkVisibility()) continue;
    const a = luminance(getComputedStyle(node).color), b = luminance(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least) { least = ratio; where = node.className + ' ' + node.textContent.slice(0, 40); }
  }
  return [least, where];
})()"""


def read(browser, url, folder):
    seen = {}
    browser.open(url)
    seen["title"] = browser.evaluate("document.title")
    seen["heading"] = browser.evaluate("document.querySelector('h1').textContent")
    seen["rows"] = browser.evaluate(VISIBLE + ".length")
    seen["scripts"] = browser.evaluate("document.querySelectorAll('script').length")
    seen["landmarks"] = browser.evaluate(
        "['header', 'nav', 'main', 'footer'].filter(n => document.querySelectorAll(n).length === 1)")
    seen["broken"] = browser.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1))"
        ".filter(id => !document.getElementById(id))")
    seen["contrast"] = browser.evaluate(CONTRAST)

    if seen["rows"]:
        # Sorting, by a real key on the heading's button.
        browser.evaluate("document.querySelector('th[data-filter=namespace] button').focus()")
        browser.press("Enter", 13)
        browser.until("document.querySelector('th[data-filter=namespace]').ariaSort === 'ascending'")
        seen["sorted"] = browser.evaluate(VISIBLE + ".map(b => b.querySelector('.namespace').textContent)")
        browser.press("Enter", 13)
        browser.until("document.querySelector('th[data-filter=namespace]').ariaSort === 'descending'")
        seen["reversed"] = browser.evaluate(VISIBLE + ".map(b => b.querySelector('.namespace').textContent)")
        # Drilling down by keyboard.
        browser.evaluate("document.querySelector('#findings-table summary').focus()")
        browser.press("Enter", 13)
        browser.until("document.querySelector('#findings-table details').open")
        seen["story"] = browser.evaluate(
            "document.querySelector('#findings-table details').checkVisibility()"
            " && document.querySelector('#findings-table details dl').innerText")
        # Filtering by typing, by a choice, by a link of the map.
        browser.evaluate("document.querySelector('[name=search]').focus()")
        browser.call("Input.insertText", text="istio")
        browser.until("/ of /.test(document.getElementById('status').textContent)"
                      " || " + VISIBLE + ".length === 0")
        seen["searched"] = browser.evaluate(VISIBLE + ".map(b => /istio/i.test(b.textContent))")
        browser.evaluate("document.getElementById('clear').click()")
        browser.until(VISIBLE + f".length === {seen['rows']}")
        browser.evaluate("(() => { const s = document.querySelector('[name=risk]');"
                         " s.value = s.options[1].value;"
                         " s.dispatchEvent(new Event('input', {bubbles: true})); })()")
        browser.until("new Set(" + VISIBLE + ".map(b => b.querySelector('.risk').textContent)).size === 1")
        seen["filtered"] = browser.evaluate(VISIBLE + ".length")
        browser.evaluate("document.getElementById('clear').click()")
        browser.until(VISIBLE + f".length === {seen['rows']}")
        seen["linked"] = browser.evaluate(
            "(() => { const a = document.querySelector('#map a[data-filters]');"
            " if (!a) return null; a.click(); const v = " + VISIBLE + ";"
            " return [v.length, v.every(b => b.querySelector('.namespace').textContent"
            " === a.dataset.namespace)]; })()")
        browser.evaluate("document.getElementById('clear').click()")

    # The theme, by the system's wish and by the button.
    background = "getComputedStyle(document.body).backgroundColor"
    light = browser.evaluate(background)
    browser.call("Emulation.setEmulatedMedia",
                 features=[{"name": "prefers-color-scheme", "value": "dark"}])
    dark = browser.evaluate(background)
    seen["darkContrast"] = browser.evaluate(CONTRAST)
    shot(browser, folder, "dark.png")
    browser.evaluate("document.getElementById('theme').click()")
    seen["themes"] = [light != dark, browser.evaluate(background) == light]
    browser.call("Emulation.setEmulatedMedia", features=[])
    seen["screenshot"] = shot(browser, folder, "light.png")

    # A telephone: nothing is cut off at the side.
    browser.call("Emulation.setDeviceMetricsOverride", width=390, height=844,
                 deviceScaleFactor=1, mobile=False)
    seen["overflow"] = browser.evaluate("document.documentElement.scrollWidth - innerWidth")
    shot(browser, folder, "narrow.png")
    browser.call("Emulation.clearDeviceMetricsOverride")

    pdf = base64.b64decode(browser.call("Page.printToPDF", printBackground=True)["data"])
    seen["pdf"] = pdf[:5].decode("latin-1")
    with open(os.path.join(folder, "report.pdf"), "wb") as file:
        file.write(pdf)
    seen["complaints"], seen["requests"] = browser.complaints()

    # Even markup that got in could load and run nothing: the policy refuses it.
    seen["refused"] = browser.evaluate("""new Promise((resolve) => {
      const refused = new Set();
      document.addEventListener('securitypolicyviolation', (event) => {
        refused.add(event.effectiveDirective);
        if (refused.size === 3) resolve([...refused].sort());
      });
      const image = document.createElement('img');
      image.src = 'http://127.0.0.1:9/x.png';
      const script = document.createElement('script');
      script.textContent = 'window.owned = true';
      const paragraph = document.createElement('p');
      paragraph.setAttribute('style', 'color: red');
      document.body.append(image, script, paragraph);
    })""")
    seen["owned"] = browser.evaluate("window.owned === true")

    # Without a script everything can still be read and opened.
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.open(url)
    seen["plainRows"] = browser.evaluate(VISIBLE + ".filter(b => b.checkVisibility()).length")
    seen["plainControls"] = browser.evaluate(
        "[...document.querySelectorAll('form, button')].filter(n => n.checkVisibility()).length")
    return seen


def shot(browser, folder, name):
    data = base64.b64decode(
        browser.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data)
    return len(data) if data.startswith(b"\x89PNG") else 0


session.run(read)
