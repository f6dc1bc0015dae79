/// The frame of every page: one file that asks no network.
///
/// A Content-Security-Policy (https://www.w3.org/TR/CSP3/) forbids every source and allows the
/// styles and scripts of the page by their hashes, so that no name could do anything even as
/// markup.
struct HTMLDocument {
  let title: String
  let generator: String
  let parts: [HTMLPage.Part]
  let styles: [HTMLAssets]
  let scripts: [HTMLAssets]
  let main: HTML
  let footer: HTML

  var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="no-referrer">
    <meta name="generator" content="\(generator)">
    <title>\(title)</title>
    \(assets)
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    <header class="bar"><div><span class="brand">Image registries</span>
    <nav aria-label="Parts of the report"><ul>
    \(parts.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>" as HTML }.joined("\n"))
    </ul></nav>
    \(themeButton)</div></header>
    <main id="main">
    \(main)</main>
    <footer>\(footer)</footer>
    </body>
    </html>

    """
  }

  private var policy: String {
    let sources = [("style-src", styles), ("script-src", scripts)].filter { !$0.1.isEmpty }.map {
      "\($0.0) \($0.1.map(\.policySource).joined(separator: " "))"
    }
    return (["default-src 'none'"] + sources + ["base-uri 'none'", "form-action 'none'"])
      .joined(separator: "; ")
  }

  private var assets: HTML {
    let styles = styles.map { "<style>\(HTML(trusted: $0.text))</style>" as HTML }
    let scripts = scripts.map { "<script>\(HTML(trusted: $0.text))</script>" as HTML }
    return (styles + scripts).joined("\n")
  }

  /// The script shows it.
  private var themeButton: HTML {
    scripts.isEmpty ? "" : "<button type=\"button\" id=\"theme\" hidden>Dark theme</button>"
  }
}
