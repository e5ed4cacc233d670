/* The views: each filters its rows, counts them, and shows them. */
"use strict";

poimuri.views = (() => {
  const { el, t, says, number, day, rows, filtered, state, NONE } = poimuri;
  const { table, chart, wide, matrix, shaded, count, section, inOrder, grouped, goalName, unique } = poimuri.parts;
  const KINDS = ["oma_arviointi", "kokonaisuus", "toimintamalli", "muu"];
  const MOST_DOTS = 700;
  const CHARTS = 12;

  const columns = () => ({
    document: { title: t("column.document"), cell: (row) => row.document.title ?? row.document.path },
    region: { title: t("column.region"), cell: (row) => row.document.region ?? NONE },
    round: { title: t("column.round"), cell: (row) => row.round ?? row.document.round ?? NONE },
    goals: { title: t("column.goal"), cell: (row) => (row.goals ?? []).join(", ") },
    sentence: { title: t("column.sentence"), wide: true, cell: (row) => row.sentence },
  });

  const documents = () => filtered(poimuri.overview.documents.filter((one) => !one.is_copy));
  const nFacts = (document) => Object.entries(document.counts ?? {})
    .filter(([name]) => !["sections", "lexicon_hits", "uncovered", "repairs"].includes(name))
    .reduce((sum, [, n]) => sum + n, 0);

  async function overview() {
    const found = documents();
    const rounds = inOrder(found.map((one) => one.round ?? NONE));
    const regions = inOrder(found.map((one) => one.region ?? NONE));
    const cells = grouped(found, (one) => `${one.region ?? NONE}\n${one.round ?? NONE}`);
    const most = Math.max(1, ...[...cells.values()].map((some) => some.length));
    const tiles = [
      [t("overview.documents"), found.length],
      [t("overview.regions"), regions.filter((one) => one !== NONE).length],
      [t("overview.rounds"), rounds.filter((one) => one !== NONE).length],
      [t("overview.facts"), found.reduce((sum, one) => sum + nFacts(one), 0)],
    ];
    const counted = [...grouped(found, (one) => `${one.round ?? NONE}\n${one.kind}`).values()].map((some) => ({
      round: some[0].round ?? NONE, kind: some[0].kind, n: some.length,
      href: some.length === 1 && some[0].href ? some[0].href : `#${new URLSearchParams({ view: "overview", round: some[0].round ?? NONE, kind: some[0].kind })}`,
    }));
    const inRound = [...grouped(found, (one) => one.round).values()].map((some) => some.length);
    const bars = found.length && wide(t("overview.by_round"), () => ({
      height: 220, marginLeft: 50,
      x: { label: null, domain: rounds }, y: { label: t("overview.documents"), ticks: Math.min(5, Math.max(...inRound)), tickFormat: "d", grid: true },
      color: { domain: KINDS, range: ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)"] },
      marks: [
        Plot.barY(counted, { x: "round", y: "n", fill: "kind", insetLeft: 6, insetRight: 6, href: "href", ariaLabel: (one) => `${one.round}, ${says("kind", one.kind)}: ${one.n}` }),
        Plot.ruleY([0]),
      ],
    }));
    const legend = el("ul", { class: "legend" }, KINDS.filter((kind) => counted.some((one) => one.kind === kind)).map((kind) =>
      el("li", { class: `k-${kind}` }, says("kind", kind))));
    const list = table(t("overview.documents"), [
      { title: t("column.document"), cell: (one) => one.title ?? one.path },
      { title: t("column.region"), cell: (one) => one.region ?? NONE },
      { title: t("column.kind"), cell: (one) => says("kind", one.kind) },
      { title: t("column.day"), cell: (one) => day(one.day) },
      { title: t("column.programme"), cell: (one) => one.programme ?? NONE },
      { title: t("overview.facts"), numeric: true, cell: (one) => number(nFacts(one)) },
      { title: t("column.file"), cell: (one) => one.path },
    ], found);
    return {
      count: found.length, of: poimuri.overview.documents.filter((one) => !one.is_copy).length, what: t("overview.documents"),
      nodes: [
        el("dl", { class: "tiles" }, tiles.map(([name, n]) => el("div", {}, el("dt", {}, name), el("dd", {}, number(n))))),
        section(t("overview.by_round"), null, bars || null, legend),
        section(t("overview.by_region"), t("overview.by_region_note"), matrix(t("overview.by_region"), t("column.region"), regions, rounds, (region, round) => {
          const some = cells.get(`${region}\n${round}`);
          return count(some, some?.length, some?.length / most, `${region}, ${round}`, { region, round });
        })),
        section(t("overview.documents"), null, list),
      ],
    };
  }

  async function readiness() {
    const all = await rows("readiness");
    const found = filtered(all);
    const rounds = inOrder(found.map((row) => row.round ?? NONE));
    const regions = grouped(found, (row) => row.document.region ?? NONE);
    const names = [];
    for (const [region, some] of regions) {
      names.push({ title: region, some, isRegion: true });
      for (const cells of grouped(some, (row) => row.series).values()) {
        const last = cells.at(-1);
        names.push({ title: [last.code, last.goal].filter(Boolean).join(" ") || NONE, some: cells });
      }
    }
    const shownNames = names.slice(0, state.rows ?? 300);
    const heat = matrix(t("view.readiness"), t("column.goal_text"), shownNames, rounds, (name, round) => {
      const cells = name.some.filter((row) => (row.round ?? NONE) === round);
      const told = cells.filter((row) => row.percent !== null);
      if (!cells.length) return shaded(null, el("span", { "aria-hidden": "true" }, "·"));
      if (name.isRegion) {
        if (!told.length) return shaded(null, "");
        const mean = told.reduce((sum, row) => sum + row.percent, 0) / told.length;
        const cell = el("td", { class: "mean" }, `${t("readiness.mean")} ${number(mean, 0)} % (${told.length})`);
        return cell;
      }
      return shaded(told.length ? told.at(-1).percent / 100 : null, cells.map((row) => el("a", {
        href: row.href,
        "aria-label": [name.title, row.period, said(row), row.change !== null ? `${t("readiness.change")} ${signed(row.change)}` : ""].filter(Boolean).join(", "),
        title: [row.period, row.raw, row.change !== null ? `${t("readiness.change")} ${signed(row.change)}` : ""].filter(Boolean).join(" · "),
      }, said(row).length > 40 ? `${said(row).slice(0, 36)} …` : said(row))));
    });
    for (const [at, line] of [...heat.querySelectorAll("tbody tr")].entries()) line.classList.toggle("group", Boolean(shownNames[at].isRegion));
    return {
      count: found.length, of: all.length, what: t("readiness.cells"),
      nodes: [section(t("view.readiness"), t("readiness.note"), found.length ? heat : nothing(), moreOf(names.length, shownNames.length, () => { state.rows = names.length; }))],
    };
  }

  const said = (row) => (row.percent !== null ? `${number(row.percent, 1)} %` : row.stage !== null ? `${t("readiness.stage")} ${row.stage}` : row.raw);
  const signed = (value) => (value > 0 ? `+${number(value)}` : number(value));
  const nothing = () => el("p", { class: "nothing" }, t("list.nothing"));
  const moreOf = (all, here, click) => (all > here
    ? el("button", { type: "button", class: "more", click: () => { click(); poimuri.show(); } }, `${t("list.more")} (${number(all - here)})`)
    : null);

  async function indicators() {
    const all = await rows("indicators");
    const found = filtered(all);
    const kept = unique(found.map((row) => row.series));
    const series = grouped(all, (row) => row.series);
    const here = kept.slice(0, state.charts ?? CHARTS);
    return {
      count: kept.length, of: series.size, what: t("indicators.series"),
      nodes: [section(t("view.indicators"), t("indicators.note"),
        el("div", { class: "cards" }, here.map((one) => indicator(series.get(one)))),
        kept.length ? null : nothing(),
        moreOf(kept.length, here.length, () => { state.charts = here.length + 5 * CHARTS; }))],
    };
  }

  /* One indicator: its chart where it has figures, and all its cells in words. */
  function indicator(cells) {
    const last = cells.at(-1);
    const unit = cells.map((row) => row.unit).filter(Boolean).at(-1) ?? "";
    const measured = cells.filter((row) => row.period_end && row.period !== "baseline" && row.period !== "target" && row.number !== null)
      .map((row) => ({ ...row, at: new Date(row.period_end) }));
    const limits = cells.filter((row) => (row.period === "baseline" || row.period === "target") && row.number !== null);
    const name = (row) => `${last.indicator}, ${says("period", row.period)}: ${row.raw}`;
    const numbers = [...measured, ...limits].map((row) => row.number);
    const low = Math.min(0, ...numbers);
    const ticks = measured.map((row) => row.at);
    const drawn = measured.length ? chart(`${last.region ?? ""} ${last.indicator}`, {
      width: 330, height: 170, marginLeft: 44, marginRight: 70, marginBottom: 26,
      x: { type: "utc", label: null, insetLeft: 16, ticks, tickFormat: (at) => `${at.getUTCMonth() + 1}/${at.getUTCFullYear()}`, ...(measured.length === 1 ? { domain: around(ticks[0]) } : {}) },
      y: { label: unit || null, grid: true, ticks: 4, tickFormat: (value) => number(value), domain: [low, Math.max(...numbers) * 1.08 || 1] },
      marks: [
        Plot.ruleY(limits, { y: "number", stroke: (row) => (row.period === "target" ? "var(--good)" : "var(--muted)"), strokeDasharray: "4 3", strokeWidth: 2, href: "href", ariaLabel: name }),
        Plot.text(limits, { y: "number", frameAnchor: "right", dx: 6, textAnchor: "start", text: (row) => says("period", row.period), fill: "var(--ink)", fontSize: 11 }),
        Plot.lineY(measured, { x: "at", y: "number", stroke: "var(--c1)", strokeWidth: 2 }),
        Plot.dot(measured, { x: "at", y: "number", r: 5, fill: "var(--c1)", href: "href", ariaLabel: name }),
        Plot.text(measured, { x: "at", y: "number", text: (row) => number(row.number), dy: -12, fill: "var(--ink)" }),
      ],
    }) : null;
    return el("figure", { class: "card" },
      el("figcaption", {}, el("strong", {}, last.indicator), el("span", { class: "of" }, [last.region ?? NONE, goalName(last.goal_number)].filter(Boolean).join(" · "))),
      drawn,
      el("ul", { class: "cells" }, cells.map((row) => el("li", {}, el("a", { href: row.href }, [says("period", row.period), row.target_period].filter(Boolean).join(" ")), " ", row.raw))));
  }

  const around = (at) => [new Date(at - 100 * 86400000), new Date(+at + 100 * 86400000)];

  async function timeline() {
    const all = await rows("timeline");
    const found = filtered(all);
    const halves = grouped(found, (row) => row.half);
    const listed = state.half ? found.filter((row) => row.half === state.half) : found;
    const c = columns();
    const dots = listed.length <= MOST_DOTS;
    const of = listed.map((row) => ({ ...row, at: new Date(row.start) }));
    const regions = inOrder(of.map((row) => row.document.region ?? NONE));
    const step = Math.ceil(halfYears([...halves.keys()]).length / 40);
    const colour = (row) => (row.is_ahead ? "var(--c2)" : "var(--c1)");
    const drawn = !listed.length ? null : dots ? wide(t("view.timeline"), (width) => ({
      height: Math.max(160, 26 * regions.length + 50), marginLeft: Math.min(170, width / 3),
      x: { type: "utc", label: null, grid: true }, y: { type: "band", domain: regions, label: null },
      marks: [Plot.dot(of, {
        x: "at", y: (row) => row.document.region ?? NONE, r: 5, fill: colour, fillOpacity: 0.65, symbol: (row) => (row.is_ahead ? "diamond" : "circle"),
        href: "href", ariaLabel: (row) => `${row.text}: ${row.sentence}`, title: (row) => `${row.text}\n${row.sentence}`,
      })],
    })) : wide(t("view.timeline"), () => ({
      height: 240, marginLeft: 50,
      x: { label: null, domain: halfYears([...halves.keys()]), tickFormat: (half) => (half.endsWith("H1") && Number(half.slice(0, 4)) % step === 0 ? half.slice(0, 4) : "") }, y: { label: t("timeline.dates"), grid: true, tickFormat: (value) => number(value) },
      marks: [Plot.barY([...halves].flatMap(([half, some]) => [false, true].map((ahead) => ({ half, is_ahead: ahead, n: some.filter((row) => Boolean(row.is_ahead) === ahead).length })).filter((bar) => bar.n)), {
        x: "half", y: "n", fill: colour, href: (bar) => `#${new URLSearchParams({ view: "timeline", half: bar.half })}`,
        ariaLabel: (bar) => `${bar.half}, ${t(bar.is_ahead ? "timeline.ahead" : "timeline.behind")}: ${bar.n}`,
      })],
    }));
    return {
      count: listed.length, of: all.length, what: t("timeline.dates"),
      nodes: [section(t("view.timeline"), t(dots ? "timeline.note_dots" : "timeline.note_bars"),
        state.half ? el("p", {}, el("button", { type: "button", click: () => { state.half = ""; poimuri.show(); } }, `${state.half} ×`)) : null,
        drawn,
        el("ul", { class: "legend" }, el("li", { class: "behind" }, t("timeline.behind")), el("li", { class: "ahead" }, t("timeline.ahead"))),
        table(t("timeline.dates"), [
          { title: t("column.days"), cell: (row) => (row.start === row.past ? day(row.start) : `${day(row.start)} – ${day(row.past)}`) },
          { title: t("column.words"), cell: (row) => row.text }, c.sentence, c.region, c.document,
        ], listed))],
    };
  }

  /* All half-years from the first to the last of some. */
  function halfYears(some) {
    const numbers = some.map((half) => 2 * Number(half.slice(0, 4)) + Number(half.slice(6)) - 1);
    const first = Math.min(...numbers);
    return Array.from({ length: some.length ? Math.max(...numbers) - first + 1 : 0 }, (_, at) => `${Math.floor((first + at) / 2)}-H${1 + ((first + at) % 2)}`);
  }

  async function figures() {
    const all = await rows("figures");
    const found = filtered(all);
    const c = columns();
    const value = (row) => [says("comparator", row.comparator), row.value_max !== null ? `${number(row.value)}–${number(row.value_max)}` : number(row.value), says("unit", row.unit)].filter(Boolean).join(" ");
    return {
      count: found.length, of: all.length, what: t("figures.figures"),
      nodes: [section(t("view.figures"), t("figures.note"), table(t("figures.figures"), [
        { title: t("column.value"), cell: value }, { title: t("column.role"), cell: (row) => says("role", row.role) },
        c.sentence, { title: t("column.period"), cell: (row) => row.period }, c.region, c.document,
      ], found))],
    };
  }

  async function goals() {
    const all = await rows("goals");
    const found = filtered(all);
    const byContent = found.filter((row) => row.source === "content");
    const regions = inOrder(found.map((row) => row.document.region ?? NONE));
    const cells = grouped(found, (row) => `${row.document.region ?? NONE}\n${row.goal_number}`);
    const most = Math.max(1, ...[...cells.values()].map((some) => some.length));
    const numbers = [1, 2, 3, 4, 5].map((goal) => ({ title: String(goal), goal }));
    const c = columns();
    return {
      count: found.length, of: all.length, what: t("goals.sections"),
      nodes: [
        section(t("goals.matrix"), t("goals.matrix_note"), el("ol", { class: "goalnames" }, numbers.map((one) => el("li", {}, says("goal", one.goal)))),
          regions.length ? matrix(t("goals.matrix"), t("column.region"), regions, numbers, (region, { goal }) => {
            const some = cells.get(`${region}\n${goal}`);
            return count(some, some?.length, some?.length / most, `${region}, ${goal}`, { region, goal });
          }) : nothing()),
        section(t("goals.terms"), t("goals.terms_note"), el("div", { class: "cards" }, numbers.map(({ goal }) => terms(goal, byContent.filter((row) => row.goal_number === goal))))),
        section(t("goals.sections"), null, table(t("goals.sections"), [
          { title: t("column.heading"), cell: (row) => row.heading || NONE },
          { title: t("column.goal"), cell: (row) => row.goal_number },
          { title: t("column.source"), cell: (row) => says("source", row.source) },
          { title: t("column.score"), numeric: true, cell: (row) => number(row.score) },
          { title: t("column.terms"), wide: true, cell: (row) => row.terms.slice(0, 8).join(", ") },
          c.region, c.document,
        ], found)),
      ],
    };
  }

  /* The terms that told of a goal most. A term leads to the section in which it weighed most. */
  function terms(goal, some) {
    if (!some.length) return null;
    const sums = new Map();
    for (const row of some) {
      row.terms.forEach((term, at) => {
        const sum = sums.get(term) ?? { term, weight: 0, n: 0, most: 0, href: row.href };
        sum.weight += row.weights[at];
        sum.n += 1;
        if (row.weights[at] > sum.most) Object.assign(sum, { most: row.weights[at], href: row.href });
        sums.set(term, sum);
      });
    }
    const top = [...sums.values()].sort((one, other) => other.weight - one.weight).slice(0, 12);
    return el("figure", { class: "card" }, el("figcaption", {}, el("strong", {}, goalName(goal))), chart(goalName(goal), {
      width: 330, height: 24 + 20 * top.length, marginLeft: 150, marginRight: 34, marginTop: 4, marginBottom: 20,
      x: { label: null, ticks: 4, tickFormat: (value) => number(value, 1) }, y: { label: null, domain: top.map((one) => one.term) },
      marks: [
        Plot.barX(top, { x: "weight", y: "term", fill: "var(--c1)", href: "href", ariaLabel: (one) => `${one.term}: ${number(one.weight, 1)}, ${one.n}` }),
        Plot.text(top, { x: "weight", y: "term", text: (one) => String(one.n), dx: 4, textAnchor: "start", fill: "var(--ink)" }),
      ],
    }));
  }

  async function topics() {
    const all = await rows("topics");
    const found = filtered(all);
    const names = inOrder(found.map((row) => row.name));
    const regions = inOrder(found.map((row) => row.document.region ?? NONE));
    const cells = grouped(found, (row) => `${row.name}\n${row.document.region ?? NONE}`);
    const most = Math.max(1, ...[...cells.values()].map((some) => unique(some.map((row) => row.doc)).length));
    const c = columns();
    return {
      count: found.length, of: all.length, what: t("topics.hits"),
      nodes: [
        section(t("view.topics"), t("topics.note"), names.length ? matrix(t("view.topics"), t("column.topic"), names, regions, (topic, region) => {
          const some = cells.get(`${topic}\n${region}`);
          const n = some && unique(some.map((row) => row.doc)).length;
          return count(some, n, n / most, `${topic}, ${region}`, { region });
        }) : nothing()),
        section(t("topics.hits"), null, table(t("topics.hits"), [
          { title: t("column.topic"), cell: (row) => row.name }, { title: t("column.parent"), cell: (row) => row.parent },
          { title: t("column.words"), cell: (row) => row.text }, { title: t("column.count"), numeric: true, cell: (row) => number(row.count) },
          c.region, c.round, c.document,
        ], found)),
      ],
    };
  }

  return { overview, readiness, indicators, timeline, figures, goals, topics, tools: { nothing, columns } };
})();
