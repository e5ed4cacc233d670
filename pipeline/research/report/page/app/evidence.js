/* The evidence pane: a record's words in their paragraph, with neighbouring facts underlined, and its box on a PDF's page. */
"use strict";

poimuri.evidence = (() => {
  const { el, put, t, says, number, day, address, load, objects } = poimuri;
  const UNDERLINED = ["process_goals", "goal_status", "measures", "indicators", "projects", "project_results", "dates", "percentages", "quantities"];
  const AROUND = 1500;
  const LONGEST_MARK = 6000;
  const BODY = 2500;
  const pane = () => document.getElementById("evidence");
  const opened = new Map();
  let opener = null;
  let asked = 0;

  /* A document's chunk, its records by id, each with its table and the stretch of text that it stands in. */
  async function source(at) {
    if (!opened.has(at)) {
      const { text, records, pages, marks } = await load(`documents/${String(at).padStart(5, "0")}`);
      const all = Object.entries(records).flatMap(([table, chunk]) => objects(chunk).map((record) => ({ ...record, table, ...stretch(table, record) })));
      opened.set(at, {
        about: poimuri.overview.documents[at], text, all, pages: pages ?? null, marks,
        byId: new Map(all.map((record) => [record.record_id, record])),
        sections: all.filter((record) => record.table === "sections").sort((one, other) => one.heading_start - other.heading_start),
        facts: all.filter((record) => UNDERLINED.includes(record.table)),
      });
    }
    return opened.get(at);
  }

  /* Of a section its heading is the record's words; one without a heading begins with its body. */
  function stretch(table, record) {
    if (table !== "sections") return { from: record.char_start, to: record.char_end };
    if (record.heading_end > record.heading_start) return { from: record.heading_start, to: record.heading_end };
    return { from: record.char_start, to: Math.min(record.char_end, record.char_start + 200) };
  }

  /* Show a record; without a file it is looked up, and where several have it the person chooses. */
  async function open(record, file) {
    const ask = ++asked;
    const active = document.activeElement;
    if (document.getElementById("main").contains(active)) opener = poimuri.parts.addressOf(active);
    else if (pane().hidden) opener = location.hash;
    let found;
    try {
      found = await find(record, file);
      if (ask !== asked) return;
      if (found.length === 1) {
        const chunk = await source(found[0]);
        if (ask !== asked) return;
        const told = chunk.byId.get(record);
        return told ? draw(chunk, told) : message(t("evidence.none"), record);
      }
    } catch (error) {
      return message(t("evidence.broken"), error.message);
    }
    if (!found.length) return message(t("evidence.none"), record);
    message(t("evidence.several"), el("ul", {}, found.map((at) => {
      const about = poimuri.overview.documents[at];
      return el("li", {}, el("a", { href: address(record, about.path) }, about.title ?? about.path), ` (${about.path})`);
    })));
  }

  async function find(record, file) {
    if (file) return poimuri.overview.documents.flatMap((about, at) => (about.path === file ? [at] : []));
    if (!/^[0-9a-f]{16}$/.test(record)) return [];
    return (await load(`ids/${record[0]}`))[record] ?? [];
  }

  function close() {
    asked += 1;
    if (pane().hidden) return;
    pane().hidden = true;
    pane().replaceChildren();
    document.body.classList.remove("paned");
    if (opener) poimuri.parts.focus(opener);
  }

  function frame(title, ...children) {
    const heading = el("h2", { id: "evidence-title", tabindex: "-1" }, title);
    pane().replaceChildren(
      el("div", { class: "panehead" }, heading, el("button", { type: "button", class: "close", "aria-label": t("evidence.close"), click: () => poimuri.unpane() }, "×")));
    put(pane(), ...children);
    pane().setAttribute("aria-labelledby", "evidence-title");
    pane().hidden = false;
    document.body.classList.add("paned");
    heading.focus({ preventScroll: true });
    pane().scrollTop = 0;
  }

  const message = (title, ...children) => frame(title, el("div", { class: "message" }, children));

  function draw(chunk, record) {
    const { about } = chunk;
    const words = el("div", { class: "source", role: "region", tabindex: "0", "aria-label": t("evidence.text"), lang: about.language ?? null });
    const bounds = around(chunk.text, record, record.table === "sections" ? BODY : AROUND);
    const wider = el("button", { type: "button", class: "more", click: () => {
      bounds.from = Math.max(0, bounds.from - 2 * AROUND);
      bounds.to = Math.min(chunk.text.length, bounds.to + 2 * AROUND);
      fill();
    } }, t("evidence.wider"));

    function fill() {
      const end = Math.min(record.to, record.from + LONGEST_MARK);
      words.replaceChildren();
      put(words, bounds.from > 0 ? "… " : "", facts(chunk, record, bounds.from, record.from),
        el("mark", {}, facts(chunk, record, record.from, end), end < record.to ? " …" : ""),
        end < record.to ? [] : facts(chunk, record, record.to, bounds.to), bounds.to < chunk.text.length ? " …" : "");
      wider.hidden = bounds.from === 0 && bounds.to === chunk.text.length;
    }

    fill();
    frame(says("table", record.table),
      el("p", { class: "about" }, el("strong", {}, about.title ?? about.path), el("br"),
        [about.region, says("kind", about.kind), day(about.day), about.programme].filter(Boolean).join(" · "), el("br"), el("span", { class: "file" }, about.path)),
      path(chunk, record), words, wider, picture(chunk, record), fields(record),
      el("p", { class: "linkto" }, el("a", { href: address(record.record_id, about.path) }, t("evidence.link"))),
      poimuri.marks.form(chunk, record));
    words.querySelector("mark").scrollIntoView({ block: "nearest" });
    pane().scrollTop = 0;
  }

  /* The paragraph of a record, with the one before and behind it where these are near. */
  function around(text, { from, to }, most) {
    const first = Math.max(0, from - AROUND);
    const past = Math.min(text.length, to + most);
    const before = text.slice(first, from).split("\n");
    const behind = text.slice(to, past).split("\n");
    const head = before.slice(-lines(before.toReversed())).join("\n");
    const tail = behind.slice(0, lines(behind, most > AROUND ? 40 : 4)).join("\n");
    return { from: whole(text, from - head.length), to: whole(text, to + tail.length) };
  }

  /* How many lines make up the rest of a paragraph and another one. */
  function lines(some, most = 4) {
    let filled = 0;
    for (const [at, line] of some.entries()) {
      if (line.trim()) filled += 1;
      if (filled > most) return at;
    }
    return some.length;
  }

  /* A place that parts no letter of two code units. */
  const whole = (text, at) => (/[\udc00-\udfff]/.test(text[at] ?? "") && at > 0 ? at - 1 : at);

  /* Text from one place to another, with facts that stand in it as links, of several at one place the shortest; within the
     record's own words only those that are a part of it. */
  function facts(chunk, record, from, to) {
    if (from >= to) return [];
    const goalWords = record.table === "sections" ? chunk.all.filter((one) => one.lexicon === "goal_evidence") : [];
    const here = [...chunk.facts, ...goalWords].filter((one) => one !== record && one.from < to && one.to > from && !(from === record.from && one.from <= from && one.to >= record.to));
    const cuts = [...new Set([from, to, ...here.flatMap((one) => [one.from, one.to])])].filter((at) => at >= from && at <= to).sort((one, other) => one - other);
    const parts = [];
    for (let at = 0; at + 1 < cuts.length; at += 1) {
      const covering = here.filter((one) => one.from <= cuts[at] && one.to >= cuts[at + 1]);
      const fact = covering.reduce((best, one) => (best && best.to - best.from <= one.to - one.from ? best : one), null);
      const last = parts.at(-1);
      if (last && last.fact === fact) last.to = cuts[at + 1];
      else parts.push({ fact, from: cuts[at], to: cuts[at + 1] });
    }
    return parts.map(({ fact, from: start, to: end }) => {
      const words = chunk.text.slice(start, end);
      if (!fact) return words;
      return el("a", { class: `fact f-${fact.table}`, href: address(fact.record_id, chunk.about.path), title: `${says("table", fact.table)}${short(fact)}` }, words);
    });
  }

  const short = (record) => {
    const value = record.value ?? record.percent ?? record.number ?? record.status ?? record.code;
    return value === undefined || value === null ? "" : `: ${typeof value === "number" ? number(value) : value}`;
  };

  /* The headings above a record, each leading to its section. */
  function path(chunk, record) {
    const byOrder = chunk.sections.filter((section) => section.heading_start <= record.from);
    const above = [];
    for (const section of byOrder.toReversed()) {
      if (!above.length || section.level < above[0].level) above.unshift(section);
      if (above[0].level === 1) break;
    }
    const named = above.filter((section) => section.heading && section !== record);
    return named.length ? el("nav", { class: "path", "aria-label": t("evidence.path") }, el("ol", {}, named.map((section) =>
      el("li", {}, el("a", { href: address(section.record_id, chunk.about.path) }, section.heading))))) : null;
  }

  function picture(chunk, record) {
    if (record.page === null || record.page === undefined) return null;
    const page = chunk.pages?.[record.page];
    const title = `${t("evidence.page")} ${record.page}`;
    if (!page) return el("p", { class: "note" }, `${title}. ${t("evidence.undrawn")}`);
    const sides = [record.x0, record.top, record.x1, record.bottom];
    const box = el("div", { class: "box" });
    if (sides.every((side) => side !== null)) {
      const [left, top, right, bottom] = sides;
      const places = { left: left / page.width, top: top / page.height, width: (right - left) / page.width, height: (bottom - top) / page.height };
      for (const [name, share] of Object.entries(places)) box.style.setProperty(name, `${100 * share}%`);
    } else box.hidden = true;
    return el("figure", { class: "page" }, el("figcaption", {}, title),
      el("div", { class: "sheet" }, el("img", { src: page.file, width: Math.round(page.width), height: Math.round(page.height), alt: `${title}: ${chunk.text.slice(record.from, Math.min(record.to, record.from + 200))}` }), box));
  }

  /* What was extracted, as the table has it. */
  function fields(record) {
    const form = poimuri.overview.forms[record.table];
    const told = Object.keys(form).filter((name) => record[name] !== null && record[name] !== undefined && record[name] !== "");
    return el("details", { class: "fields", open: true }, el("summary", {}, t("evidence.fields")), el("dl", {}, told.map((name) => {
      const value = record[name];
      const text = typeof value === "number" && form[name].type === "DOUBLE" ? number(value, 4) : String(value);
      return el("div", { title: form[name].meaning }, el("dt", {}, el("code", {}, name)), el("dd", {}, text.length > 600 ? `${text.slice(0, 600)} …` : text));
    })));
  }

  return { open, close };
})();
