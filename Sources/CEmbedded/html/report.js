// What `-o html` does beyond reading: sort, filter, page, choose the theme, print whole. The page is
// complete without it. Texts come from the page itself and are only ever read and compared.
"use strict";

// A table that grows while it is shown is laid out anew each time: it appears when it is complete.
document.documentElement.classList.add("loading");
document.addEventListener("DOMContentLoaded", () => {
  const pageSize = 500;
  const riskOrder = ["clean", "info", "low", "medium", "high", "critical"];
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const byId = (id) => document.getElementById(id);

  function element(name, text) {
    const node = document.createElement(name);
    if (text !== undefined) node.textContent = text;
    return node;
  }

  // The theme: the system's until the button says otherwise.
  const theme = byId("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () =>
    document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === "dark"
      : prefersDark.matches;
  const nameTheme = () => {
    theme.textContent = isDark() ? "Light theme" : "Dark theme";
  };
  theme.hidden = false;
  theme.addEventListener("click", () => {
    document.documentElement.dataset.theme = isDark() ? "light" : "dark";
    nameTheme();
  });
  prefersDark.addEventListener("change", nameTheme);
  nameTheme();

  // Sorting: the key of a cell is its number, its risk or its text.
  function sortKey(body, column, kind) {
    const cell = body.cells[column];
    const text = cell.dataset.key ?? cell.firstElementChild?.textContent ?? cell.textContent;
    if (kind === "number") return Number(text.replaceAll(",", ""));
    if (kind === "risk") {
      const word = text.replace("+?", "");
      return word === "unknown" ? 0.5 : riskOrder.indexOf(word);
    }
    return text;
  }

  // The tables show parts of the same rows: a heading of any of them sorts all.
  function makeSortable(tables, items, rowOf, changed) {
    const heads = tables.map((table) => [...table.tHead.rows[0].cells]);
    const makeButton = (heading, column) => {
      const kind = heading.dataset.sort;
      if (!kind) return;
      const button = element("button", heading.textContent);
      button.type = "button";
      heading.replaceChildren(button);
      button.addEventListener("click", () => {
        const before = heading.getAttribute("aria-sort");
        const worstFirst = kind !== "text";
        const descending = before ? before === "ascending" : worstFirst;
        const compare =
          kind === "text" ? (a, b) => collator.compare(a.key, b.key) : (a, b) => a.key - b.key;
        const keyed = items.map((item, place) => ({
          item, place, key: sortKey(rowOf(item), column, kind),
        }));
        keyed.sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || a.place - b.place);
        keyed.forEach((entry, place) => {
          items[place] = entry.item;
        });
        for (const headings of heads) {
          headings.forEach((other) => other.removeAttribute("aria-sort"));
          headings[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
        }
        changed();
      });
    };
    for (const headings of heads) headings.forEach(makeButton);
  }

  for (const table of document.querySelectorAll("table.summary")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    makeSortable([table], rows, (row) => row, () => body.append(...rows));
  }

  const loaded = () => document.documentElement.classList.remove("loading");
  const findings = byId("findings-table");
  if (!findings) {
    loaded();
    return;
  }

  const tables = [...findings.querySelectorAll("table")];
  const partSize = tables[0].tBodies.length;
  const placed = tables.map((table) => [...table.tBodies]);
  const items = placed.flat();
  const form = byId("filters");
  const status = byId("status");
  const nothing = byId("nothing");
  const more = byId("more");
  const search = form.elements.namedItem("search");
  const filters = [];
  const texts = new Map();
  let limit = pageSize;
  let shown = [];

  const searchText = (item) => {
    let text = texts.get(item);
    if (text === undefined) {
      text = item.textContent.toLowerCase();
      texts.set(item, text);
    }
    return text;
  };

  function addFilter(name, label, values, valueOf) {
    const select = element("select");
    select.name = name;
    select.append(new Option("all", ""));
    for (const [value, text] of values) select.append(new Option(text, value));
    const wrapper = element("label", label);
    wrapper.append(select);
    wrapper.hidden = values.length < 2;
    form.insertBefore(wrapper, byId("clear"));
    filters.push({ name, select, valueOf });
  }

  [...tables[0].tHead.rows[0].cells].forEach((heading, column) => {
    const name = heading.dataset.filter;
    if (!name) return;
    const valueOf = (item) => {
      const cell = item.rows[0].cells[column];
      return cell.dataset.key ?? cell.textContent;
    };
    const values = [...new Set(items.map(valueOf))];
    if (name === "risk") values.sort((a, b) => riskOrder.indexOf(b) - riskOrder.indexOf(a));
    else values.sort(collator.compare);
    addFilter(name, heading.textContent, values.map((v) => [v, v || "none"]), valueOf);
  });
  const rules = [...document.querySelectorAll("article[data-rule]")];
  addFilter(
    "rule", "Rule", rules.map((rule) => [rule.dataset.rule, rule.dataset.name]),
    (item) => item.dataset.rule ?? "");
  if (items.some((item) => item.dataset.waived)) {
    addFilter(
      "waived", "Waived", [["no", "not waived"], ["yes", "waived"]],
      (item) => item.dataset.waived ?? "no");
  }

  // Shows the first of the rows that match, each table the next of them below its heading. Where
  // hidden rows are does not matter: they are not moved.
  function reveal(visible) {
    shown.forEach((item, place) => {
      item.hidden = place >= visible;
    });
    tables.forEach((table, number) => {
      const part = shown.slice(number * partSize, Math.min((number + 1) * partSize, visible));
      const before = placed[number];
      placed[number] = part;
      table.parentElement.hidden = part.length === 0;
      if (part.length === before.length && part.every((item, index) => item === before[index])) {
        return;
      }
      const fragment = document.createDocumentFragment();
      fragment.append(...part);
      table.append(fragment);
    });
  }

  function page() {
    const visible = Math.min(limit, shown.length);
    reveal(visible);
    const count = shown.length.toLocaleString("en");
    const all = items.length.toLocaleString("en");
    let text = shown.length === items.length ? `${all} findings` : `${count} of ${all} findings`;
    if (visible < shown.length) text += `, the first ${visible.toLocaleString("en")} shown`;
    status.textContent = text;
    more.hidden = visible >= shown.length;
    nothing.hidden = shown.length > 0;
  }

  function apply() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const active = filters.filter((filter) => filter.select.value !== "");
    shown = items.filter((item) => {
      const matches =
        active.every((filter) => filter.valueOf(item) === filter.select.value) &&
        (words.length === 0 || words.every((word) => searchText(item).includes(word)));
      if (!matches) item.hidden = true;
      return matches;
    });
    page();
  }

  makeSortable(tables, items, (item) => item.rows[0], apply);

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      limit = pageSize;
      apply();
    }, items.length > 2000 ? 150 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    setTimeout(() => {
      limit = pageSize;
      apply();
    }, 0);
  });
  byId("more-some").addEventListener("click", () => {
    limit += pageSize;
    page();
  });
  byId("more-all").addEventListener("click", () => {
    limit = Infinity;
    page();
  });

  // A link that names a value filters the findings by it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-filters]");
    if (!link) return;
    form.reset();
    for (const { name, select } of filters) {
      const value = link.dataset[name];
      if (value !== undefined) select.value = value;
    }
    search.value = link.dataset.search ?? "";
    limit = pageSize;
    apply();
  });

  // A click anywhere on a finding's row opens it, unless text is being selected.
  findings.addEventListener("click", (event) => {
    const row = event.target.closest("tr");
    if (!row || row.parentElement.rows[0] !== row || event.target.closest("a, button, summary")) {
      return;
    }
    if (String(getSelection()) !== "") return;
    const details = row.parentElement.querySelector("details");
    if (details) details.open = !details.open;
  });

  // Paper holds every finding that the filters leave; their stories too while they are few.
  let opened = [];
  addEventListener("beforeprint", () => {
    reveal(shown.length);
    if (shown.length <= 200) {
      opened = shown.map((item) => item.querySelector("details")).filter((d) => d && !d.open);
      opened.forEach((details) => {
        details.open = true;
      });
    }
  });
  addEventListener("afterprint", () => {
    opened.forEach((details) => {
      details.open = false;
    });
    opened = [];
    page();
  });

  form.hidden = false;
  apply();
  loaded();
});
