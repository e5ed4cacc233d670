/* The view of the data's quality: what the program knew, mended, left, and could not read. */
"use strict";

poimuri.views.quality = async function quality() {
  const { el, t, says, number, rows, filtered, objects, overview, NONE } = poimuri;
  const { table, wide, section, inOrder, grouped } = poimuri.parts;
  const { columns, nothing } = poimuri.views.tools;
  const documents = filtered(overview.documents);
  const allUncovered = await rows("uncovered");
  const uncovered = filtered(allUncovered);
  const repairs = filtered(await rows("repairs"));
  const rejects = objects(overview.rejects);
  const c = columns();
  const known = documents.filter((one) => one.known !== undefined);
  const regions = inOrder(known.map((one) => one.region ?? NONE));
  const reasons = [...grouped(uncovered, (row) => row.reason)].map(([reason, some]) => ({ reason: says("reason", reason), n: some.length, href: some[0].href }))
    .sort((one, other) => other.n - one.n);
  const warned = (one) => [
    ...(one.is_copy ? [t("quality.copy")] : []),
    ...(one.unread.length ? [`${t("quality.unread")}: ${one.unread.join(", ")}`] : []),
    ...one.warnings.map((warning) => warning.replace(/^[a-z_]+/, (code) => says("warning", code))),
  ].join("; ");
  const share = (value) => (value === undefined ? NONE : `${number(100 * value, 1)} %`);

  const knownChart = known.length ? wide(t("quality.known"), (width) => ({
    height: Math.max(140, 22 * regions.length + 50), marginLeft: Math.min(170, width / 3), marginRight: 30,
    x: { label: null, ticks: 6, tickFormat: (value) => `${value} %`, grid: true, domain: [Math.min(60, ...known.map((one) => 100 * one.known)), 100] }, y: { type: "band", domain: regions, label: null },
    marks: [Plot.dot(known, {
      x: (one) => 100 * one.known, y: (one) => one.region ?? NONE, r: 5, fill: (one) => (one.known_repaired === undefined ? "var(--c1)" : "var(--c2)"), fillOpacity: 0.7,
      href: "href", ariaLabel: (one) => `${one.title ?? one.path}: ${share(one.known)}`, title: (one) => `${one.title ?? one.path}\n${share(one.known)}`,
    })],
  })) : nothing();
  const reasonChart = reasons.length ? wide(t("quality.uncovered"), () => ({
    height: 30 + 22 * reasons.length, marginLeft: 190, marginRight: 50, marginTop: 4,
    x: { label: null, tickFormat: (value) => number(value) }, y: { label: null, domain: reasons.map((one) => one.reason) },
    marks: [
      Plot.barX(reasons, { x: "n", y: "reason", fill: "var(--c1)", href: "href", ariaLabel: (one) => `${one.reason}: ${one.n}` }),
      Plot.text(reasons, { x: "n", y: "reason", text: (one) => number(one.n), dx: 4, textAnchor: "start", fill: "var(--ink)" }),
    ],
  })) : null;

  return {
    count: documents.length, of: overview.documents.length, what: t("overview.documents"),
    nodes: [
      section(t("quality.known"), t("quality.known_note"), knownChart),
      section(t("overview.documents"), null, table(t("overview.documents"), [
        { title: t("column.document"), cell: (one) => one.title ?? one.path },
        { title: t("column.file"), cell: (one) => one.path },
        { title: t("quality.known"), numeric: true, cell: (one) => share(one.known) },
        { title: t("quality.known_repaired"), numeric: true, cell: (one) => (one.known_repaired === undefined ? "" : share(one.known_repaired)) },
        { title: t("quality.repairs"), numeric: true, cell: (one) => number(one.counts?.repairs ?? 0) },
        { title: t("quality.unknown"), numeric: true, cell: (one) => number(one.n_unknown) },
        { title: t("quality.absent"), cell: (one) => one.absent.map((name) => says("table", name)).join(", ") },
        { title: t("quality.warnings"), wide: true, cell: warned },
      ], documents)),
      section(t("quality.rejects"), t("quality.rejects_note"), rejects.length ? table(t("quality.rejects"), [
        { title: t("column.file"), cell: (row) => row.source_path }, { title: t("column.code"), cell: (row) => row.code },
        { title: t("column.message"), wide: true, cell: (row) => row.message },
      ], rejects) : el("p", { class: "nothing" }, t("quality.no_rejects"))),
      section(t("quality.uncovered"), t("quality.uncovered_note"), reasonChart, table(t("quality.uncovered"), [
        { title: t("column.words"), cell: (row) => row.text }, { title: t("column.reason"), cell: (row) => says("reason", row.reason) }, c.sentence, c.document,
      ], uncovered)),
      section(t("quality.repairs"), t("quality.repairs_note"), table(t("quality.repairs"), [
        { title: t("column.words"), cell: (row) => row.text }, { title: t("column.repaired"), cell: (row) => row.repaired },
        { title: t("column.kind"), cell: (row) => says("repair", row.kind) }, { title: t("column.score"), numeric: true, cell: (row) => number(row.confidence) }, c.document,
      ], repairs)),
    ],
  };
};
