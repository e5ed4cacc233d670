/* Parts that views are built of: tables whose rows lead to their evidence, charts whose marks do, matrices. */
"use strict";

poimuri.parts = (() => {
  const { el, t, number, says, state } = poimuri;
  const STEP = 100;

  /* A table of rows; columns are {title, cell, numeric}. A row with `href` opens it from anywhere. */
  function table(caption, columns, rows) {
    const body = el("tbody");
    const more = el("button", { type: "button", class: "more", click: () => add(5 * STEP) });
    let at = 0;

    function add(step) {
      for (const row of rows.slice(at, at + step)) body.append(line(row));
      at = Math.min(at + step, rows.length);
      more.hidden = at >= rows.length;
      more.textContent = `${t("list.more")} (${number(rows.length - at)})`;
    }

    function line(row) {
      const cells = columns.map((column, place) => {
        const inside = [column.cell(row)].flat(Infinity).filter((part) => part !== null && part !== undefined && part !== "");
        const linked = place === 0 && row.href ? el("a", { href: row.href }, inside.length ? inside : "\u2013") : inside;
        return el("td", { class: column.numeric ? "numeric" : column.wide ? "wide" : null }, linked);
      });
      return el("tr", row.href ? { class: "leads", click: (event) => follow(event, row.href) } : {}, cells);
    }

    const head = columns.map((column) => el("th", { scope: "col", class: column.numeric ? "numeric" : null }, column.title));
    add(STEP);
    if (!rows.length) return el("p", { class: "nothing" }, t("list.nothing"));
    return el("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": caption },
      el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, head)), body), more);
  }

  function follow(event, href) {
    if (event.target.closest("a, button, input") || String(window.getSelection())) return;
    event.currentTarget.querySelector("a").focus();
    location.hash = href;
  }

  /* A chart; its linked marks take their names from what they show. */
  function chart(label, options) {
    const drawn = Plot.plot({ className: "plot", ariaLabel: label, ...options });
    for (const svg of drawn.matches("svg") ? [drawn] : drawn.querySelectorAll("svg")) svg.setAttribute("role", "group");
    for (const group of drawn.querySelectorAll("g[aria-label]")) {
      if (group.querySelector("a")) group.setAttribute("role", "group");
      else group.removeAttribute("aria-label");
    }
    for (const link of drawn.querySelectorAll("a")) {
      const name = link.firstElementChild?.getAttribute("aria-label");
      if (name) link.setAttribute("aria-label", name);
    }
    return drawn;
  }

  /* A chart as wide as its place, drawn anew when that changes; a mark that has the focus keeps it. */
  function wide(label, options) {
    const node = el("div", { class: "drawing" });
    let drawn = 0;
    new ResizeObserver(([{ contentRect }]) => {
      const width = Math.max(280, Math.round(contentRect.width));
      if (width === drawn) return;
      drawn = width;
      const focused = node.contains(document.activeElement) ? addressOf(document.activeElement) : null;
      node.replaceChildren(chart(label, { width, ...options(width) }));
      if (focused) focus(focused, node);
    }).observe(node);
    return node;
  }

  const addressOf = (link) => link.getAttribute("href") ?? link.getAttribute("xlink:href");
  const focus = (href, within = document.getElementById("main")) =>
    [...within.querySelectorAll("a")].find((link) => addressOf(link) === href)?.focus({ preventScroll: true });

  /* A matrix of counts: `cells` by row and column; a cell is what `inside` makes of its rows. */
  function matrix(caption, corner, rowNames, columnNames, inside) {
    const head = el("tr", {}, el("th", { scope: "col" }, corner), columnNames.map((name) => el("th", { scope: "col", class: "numeric" }, name.title ?? name)));
    const body = rowNames.map((row) =>
      el("tr", {}, el("th", { scope: "row" }, row.title ?? row), columnNames.map((column) => inside(row, column))));
    return el("div", { class: "scrolls", role: "region", tabindex: "0", "aria-label": caption },
      el("table", { class: "matrix" }, el("caption", {}, caption), el("thead", {}, head), el("tbody", {}, body)));
  }

  /* A cell shaded by a share of 0..1. */
  function shaded(share, ...children) {
    const cell = el("td", { class: share === null ? "heat empty" : "heat" }, children);
    if (share !== null) cell.style.setProperty("--share", `${Math.round(100 * Math.max(0, Math.min(1, share)))}%`);
    return cell;
  }

  /* A cell that counts rows: one row is led to, several are filtered by what the cell stands for. */
  function count(rows, n, share, name, filters) {
    if (!rows) return shaded(null, el("span", { "aria-hidden": "true" }, "\u00b7"));
    const href = rows.length === 1 && rows[0].href ? rows[0].href : `#${new URLSearchParams({ view: state.view, ...filters })}`;
    return shaded(share, el("a", { href, "aria-label": `${name}: ${n}` }, number(n)));
  }

  const section = (title, note, ...children) =>
    el("section", {}, el("h2", {}, title), note ? el("p", { class: "note" }, note) : null, children);

  const unique = (values) => [...new Set(values)];
  const inOrder = (values) => unique(values).sort((one, other) => String(one).localeCompare(String(other), state.language, { numeric: true }));
  const grouped = (rows, key) => {
    const found = new Map();
    for (const row of rows) {
      const name = key(row);
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(row);
    }
    return found;
  };
  const goalName = (goal) => (goal ? `${goal} ${says("goal", goal)}` : "");

  return { table, chart, wide, addressOf, focus, matrix, shaded, count, section, unique, inOrder, grouped, goalName };
})();
