/* What a person says of records: kept in this browser, written out as the file that `poimuri review` reads. */
"use strict";

poimuri.marks = (() => {
  const { el, t, says, number } = poimuri;
  const VERDICTS = ["right", "wrong", "corrected"];
  const place = () => `poimuri.marks.${poimuri.overview.data_set}`;
  let kept = new Map();
  let keeps = true;
  let name = "";

  const key = (mark) => JSON.stringify([mark.table, mark.source_path, mark.record_id]);

  function start() {
    try {
      kept = new Map(JSON.parse(localStorage.getItem(place()) ?? "[]").map((mark) => [key(mark), mark]));
      name = localStorage.getItem("poimuri.reviewer") ?? "";
    } catch {
      keeps = false;
    }
  }

  function keep() {
    try {
      localStorage.setItem(place(), JSON.stringify([...kept.values()]));
      localStorage.setItem("poimuri.reviewer", name);
    } catch {
      keeps = false;
    }
    poimuri.head();
  }

  const lines = () => [...kept.values()].map((mark) => `${JSON.stringify(mark)}\n`).join("");

  function save() {
    const url = URL.createObjectURL(new Blob([lines()], { type: "application/jsonl" }));
    el("a", { href: url, download: "reviews.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /* The buttons of the page's head. */
  function tools() {
    if (!kept.size) return null;
    return el("div", { class: "markbar" }, el("span", {}, `${t("marks.kept")}: ${number(kept.size)}`),
      el("button", { type: "button", click: save, id: "save-marks" }, t("marks.save")),
      keeps ? null : el("span", { class: "warning" }, t("marks.unkept")));
  }

  /* The form in which a person marks a record. */
  function form(chunk, record) {
    const columns = poimuri.overview.forms[record.table];
    const about = { table: record.table, record_id: record.record_id, source_path: chunk.about.path };
    const own = kept.get(key(about));
    const told = chunk.marks.find((mark) => mark.table === record.table && mark.id === record.record_id);
    const status = el("p", { class: "status", role: "status" }, own ? `${t("marks.own")}: ${says("verdict", own.verdict)}` : "");
    const reviewer = el("input", { type: "text", id: "mark-reviewer", value: name, autocomplete: "name" });
    const note = el("input", { type: "text", id: "mark-note", value: own?.note ?? "" });
    const inputs = Object.keys(columns).map((column) => {
      const now = record[column] ?? "";
      const was = own?.corrected?.[column];
      const input = String(now).length > 50 ? el("textarea", { id: `mark-${column}`, rows: 3 }) : el("input", { type: "text", id: `mark-${column}` });
      input.value = now;
      const extracted = input.value; // a line of input has no line breaks
      if (was !== undefined) input.value = was ?? "";
      return [column, extracted, input];
    });
    const correct = el("div", { class: "corrections", hidden: own?.verdict !== "corrected" }, el("p", { class: "note" }, t("marks.correct_note")),
      inputs.map(([column, , input]) => el("p", {}, el("label", { for: input.id }, el("code", {}, column)), input)));
    const choices = VERDICTS.map((verdict) => el("label", {}, el("input", {
      type: "radio", name: "verdict", value: verdict, checked: own?.verdict === verdict, change: () => { correct.hidden = verdict !== "corrected"; },
    }), says("verdict", verdict)));

    function take(event) {
      event.preventDefault();
      const verdict = choices.map((label) => label.firstChild).find((input) => input.checked)?.value;
      if (!verdict) return say(t("marks.choose"));
      const mark = { ...about, verdict };
      if (verdict === "corrected") {
        mark.corrected = {};
        for (const [column, extracted, input] of inputs) {
          if (input.value === extracted) continue;
          const value = typed(input.value, columns[column].type);
          if (value === undefined) { input.focus(); return say(`${column}: ${t("marks.untyped")} (${columns[column].type})`); }
          mark.corrected[column] = value;
        }
        if (!Object.keys(mark.corrected).length) return say(t("marks.unchanged"));
      }
      name = reviewer.value.trim();
      if (name) mark.reviewer = name;
      if (note.value.trim()) mark.note = note.value.trim();
      mark.reviewed = new Date().toISOString();
      kept.set(key(mark), mark);
      keep();
      remove.hidden = false;
      say(`${t("marks.own")}: ${says("verdict", verdict)}`);
    }

    const say = (text) => { status.textContent = text; };
    const remove = el("button", { type: "button", hidden: !own, click: () => {
      kept.delete(key(about));
      keep();
      remove.hidden = true;
      say(t("marks.removed"));
    } }, t("marks.remove"));
    return el("form", { class: "marks", submit: take },
      el("fieldset", {}, el("legend", {}, t("marks.title")),
        told ? el("p", { class: "note" }, `${t("marks.told")}: ${says("verdict", told.verdict)}${told.reviewer ? ` (${told.reviewer})` : ""}`) : null,
        el("div", { class: "choices" }, choices), correct,
        el("p", {}, el("label", { for: "mark-note" }, t("marks.note")), note),
        el("p", {}, el("label", { for: "mark-reviewer" }, t("marks.reviewer")), reviewer),
        el("p", {}, el("button", { type: "submit" }, t("marks.take")), " ", remove), status));
  }

  /* A value as its column's type, null where it is emptied, undefined where it is of another type. */
  function typed(text, type) {
    const value = text.trim();
    if (!value) return null;
    if (type === "DOUBLE" || type === "INTEGER" || type === "BIGINT") {
      const told = Number(value.replace(",", ".").replace(/\s/g, ""));
      return Number.isFinite(told) && (type === "DOUBLE" || Number.isInteger(told)) ? told : undefined;
    }
    if (type === "DATE") return /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : undefined;
    if (type === "BOOLEAN") return { true: true, false: false }[value.toLowerCase()];
    return value;
  }

  return { start, tools, form, lines };
})();
