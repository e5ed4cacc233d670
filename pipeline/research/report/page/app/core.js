/* What all parts share: chunks of data, words of the page, elements, the state that filters and the address make.

   Documents' text is data: it reaches the page as text nodes and attribute values alone. */
"use strict";

const poimuri = (() => {
  const taken = new Map();
  const asked = new Map();
  const policy = window.trustedTypes?.createPolicy("poimuri", {
    createScriptURL: (url) => {
      if (!/^data\/[a-z0-9/]+\.js$/.test(url)) throw new TypeError(url);
      return url;
    },
  });

  /* A chunk hands its value over. */
  function take(name, value) {
    taken.set(name, value);
  }

  /* The value of a chunk, loaded where it is not here yet. */
  function load(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        if (taken.has(name)) return resolve(taken.get(name));
        const url = `data/${name}.js`;
        const script = document.createElement("script");
        script.src = policy ? policy.createScriptURL(url) : url;
        script.onload = () => (taken.has(name) ? resolve(taken.get(name)) : reject(new Error(url)));
        script.onerror = () => reject(new Error(url));
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  /* Rows of a chunk as objects. */
  const objects = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])));

  const state = {
    language: "fi",
    view: "overview",
    query: "",
    filters: { region: "", goal: "", kind: "", round: "", programme: "" },
    half: "",
  };

  /* What the page says, in the person's language; a code that has no words stands for itself. */
  const t = (key) => {
    const said = taken.get("words")[key];
    return said ? said[state.language] : key.slice(key.indexOf(".") + 1);
  };
  const says = (group, code) => (code === null || code === undefined ? "" : t(`${group}.${code}`));
  const LOCALES = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };
  const number = (value, digits = 2) =>
    value === null || value === undefined ? "" : new Intl.NumberFormat(LOCALES[state.language], { maximumFractionDigits: digits }).format(value);
  const day = (value) => (value ? new Intl.DateTimeFormat(LOCALES[state.language], { timeZone: "UTC" }).format(new Date(value)) : "");

  /* Text as it may be shown: marks that turn the direction of what follows, and control characters, become visible. */
  const shown = (text) => String(text).replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\u0000-\u0008\u000b-\u001f\u007f]/g, "\ufffd");

  /* An element: properties are attributes, or listeners where they are functions. Only what is typed into and chosen from
     keeps its text as it is. */
  function el(tag, properties = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") node.addEventListener(name, value);
      else node.setAttribute(name, value === true ? "" : name === "value" ? value : shown(value));
    }
    put(node, ...children);
    return node;
  }

  function put(node, ...children) {
    for (const child of children.flat(Infinity)) {
      if (child === null || child === undefined || child === false || child === "") continue;
      node.append(child instanceof Node ? child : document.createTextNode(shown(child)));
    }
  }

  /* The address of a record: its id, and the file that it stands in, since another file may say the same. */
  const address = (record, file) => `#${new URLSearchParams(file === undefined ? { record } : { record, file })}`;

  let documents = [];
  const list = new Map();

  /* The rows of a list, each with its document. */
  async function rows(name) {
    if (!list.has(name)) {
      const found = objects(await load(name));
      for (const row of found) {
        row.document = documents[row.doc];
        row.href = address(row.record_id, row.document.path);
      }
      list.set(name, found);
    }
    return list.get(name);
  }

  const NONE = "\u2013";
  const words = () => state.query.toLocaleLowerCase(state.language).split(/\s+/).filter(Boolean);

  function told(row) {
    if (row.told === undefined) {
      const own = Object.values(row).filter((value) => typeof value === "string" || Array.isArray(value));
      const of = row.document ? [row.document.title, row.document.region, row.document.path] : [];
      Object.defineProperty(row, "told", { value: [...own, ...of].join("\n").toLocaleLowerCase() });
    }
    return row.told;
  }

  /* The rows that the filters and the search leave. A row's own round and goals come before those of its document. */
  function filtered(all) {
    const { region, goal, kind, round, programme } = state.filters;
    const searched = words();
    return all.filter((row) => {
      const of = row.document ?? row;
      const goals = row.goal_number !== undefined ? [row.goal_number] : row.goals !== undefined ? row.goals ?? [] : of.goals;
      return (
        (!region || (of.region ?? NONE) === region) &&
        (!kind || of.kind === kind) &&
        (!programme || (of.programme ?? NONE) === programme) &&
        (!round || (row.round ?? of.round ?? NONE) === round) &&
        (!goal || goals.includes(Number(goal))) &&
        searched.every((word) => told(row).includes(word))
      );
    });
  }

  function start() {
    const overview = taken.get("overview");
    documents = overview.documents;
    documents.forEach((document) => {
      document.href = document.first ? address(document.first, document.path) : null;
    });
    return overview;
  }

  return {
    take, load, objects, state, t, says, number, day, el, put, address, rows, filtered, start, NONE,
    get overview() { return taken.get("overview"); },
    get words() { return taken.get("words"); },
  };
})();
