/* The page: its head with views, filters and search; what the address says is shown. */
"use strict";

(() => {
  const { el, t, says, state, number, put } = poimuri;
  const { inOrder } = poimuri.parts;
  const LANGUAGES = { fi: "Suomi", sv: "Svenska", en: "English" };
  const FILTERS = ["region", "goal", "kind", "round", "programme"];
  const main = document.getElementById("main");
  const overview = poimuri.start();
  const views = ["overview", "readiness", "indicators", "timeline", "figures", "goals", "topics", "quality"];
  let shows = 0;

  function choices(name) {
    const { documents } = overview;
    const told = (value) => inOrder(documents.map((one) => one[value] ?? poimuri.NONE)).map((one) => [one, one]);
    if (name === "goal") return [1, 2, 3, 4, 5].map((goal) => [String(goal), poimuri.parts.goalName(goal)]);
    if (name === "kind") return inOrder(documents.map((one) => one.kind)).map((kind) => [kind, says("kind", kind)]);
    return told(name);
  }

  function head() {
    const tabs = views.map((view) => el("li", {}, el("a", { href: `#view=${view}`, "aria-current": state.view === view ? "page" : null }, t(`view.${view}`))));
    const filters = FILTERS.map((name) => el("label", {}, t(`filter.${name}`), el("select", {
      id: `filter-${name}`, change: (event) => filter({ [name]: event.target.value }),
    }, el("option", { value: "" }, t("filter.all")), choices(name).map(([value, said]) => el("option", { value, selected: state.filters[name] === value }, said)))));
    const search = el("label", {}, t("filter.search"), el("input", {
      type: "search", id: "search", placeholder: " ", value: state.query, input: (event) => { state.query = event.target.value; later(); },
    }));
    const focused = document.activeElement?.id;
    document.getElementById("top").replaceChildren(
      el("div", { class: "title" }, el("h1", {}, t("page.title")),
        el("p", {}, `${t("page.run")} ${overview.run} · poimuri ${overview.poimuri}`),
        el("div", { class: "languages", role: "group", "aria-label": t("page.language") }, Object.entries(LANGUAGES).map(([code, name]) =>
          el("button", { type: "button", id: `language-${code}`, lang: code, "aria-pressed": String(state.language === code), click: () => speak(code) }, name)))),
      el("nav", { class: "views", "aria-label": t("page.views") }, el("ul", {}, tabs)),
      el("form", { class: "filters", role: "search", submit: (event) => event.preventDefault() }, filters, search,
        el("button", { type: "button", id: "clear", click: clear }, t("filter.clear"))));
    put(document.getElementById("top"), el("div", { class: "counts" }, el("p", { id: "count", role: "status" }), poimuri.marks.tools()));
    tell();
    if (focused) document.getElementById(focused)?.focus();
  }

  let counted = null;

  function tell() {
    const node = document.getElementById("count");
    if (counted && node) node.textContent = `${counted.what}: ${number(counted.count)} / ${number(counted.of)}`;
  }

  async function show() {
    const ask = ++shows;
    main.setAttribute("aria-busy", "true");
    try {
      const told = await poimuri.views[state.view]();
      if (ask !== shows) return;
      counted = told;
      main.replaceChildren();
      put(main, told.nodes);
      tell();
    } catch (error) {
      if (ask !== shows) return;
      main.replaceChildren(el("p", { class: "warning" }, `${t("page.broken")} (${error.message})`));
    }
    main.removeAttribute("aria-busy");
    main.dataset.shown = state.view;
  }

  let waits = 0;
  const later = () => {
    clearTimeout(waits);
    waits = setTimeout(show, 150);
  };

  function filter(chosen) {
    Object.assign(state.filters, chosen);
    settle();
    show();
  }

  /* The address of the view alone, unless a record is shown; the filters as they stand. */
  function settle() {
    for (const name of FILTERS) document.getElementById(`filter-${name}`).value = state.filters[name];
    if (document.getElementById("evidence").hidden) history.replaceState(null, "", home());
  }

  const home = () => `#${new URLSearchParams({ view: state.view, ...(state.half ? { half: state.half } : {}) })}`;

  function clear() {
    state.query = "";
    state.half = "";
    document.getElementById("search").value = "";
    filter(Object.fromEntries(FILTERS.map((name) => [name, ""])));
  }

  function speak(code) {
    state.language = code;
    try {
      localStorage.setItem("poimuri.language", code);
    } catch {
      /* the choice lasts as long as the page */
    }
    document.documentElement.lang = code;
    document.title = t("page.title");
    document.querySelector(".skip").textContent = t("page.skip");
    head();
    show();
    follow();
  }

  /* What the address says: a view, or a record beside the view that is shown. */
  function follow() {
    const told = new URLSearchParams(location.hash.slice(1));
    if (told.has("record")) return poimuri.evidence.open(told.get("record"), told.get("file"));
    poimuri.evidence.close();
    const view = views.includes(told.get("view")) ? told.get("view") : state.view;
    const half = told.get("half") ?? "";
    const chosen = Object.fromEntries(FILTERS.filter((name) => told.has(name)).map((name) => [name, told.get(name)]));
    if (view !== state.view || half !== state.half || Object.keys(chosen).length) {
      state.view = view;
      state.half = half;
      Object.assign(state.filters, chosen);
      head();
      show();
      if (!told.has("half")) window.scrollTo(0, 0);
    }
  }

  poimuri.unpane = () => {
    location.hash = home();
  };
  Object.assign(poimuri, { head, show });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.getElementById("evidence").hidden) poimuri.unpane();
  });
  window.addEventListener("hashchange", follow);
  poimuri.marks.start();
  let language = navigator.language.slice(0, 2);
  try {
    language = localStorage.getItem("poimuri.language") ?? language;
  } catch {
    /* a browser that keeps nothing speaks its own language */
  }
  const told = new URLSearchParams(location.hash.slice(1));
  if (views.includes(told.get("view"))) state.view = told.get("view");
  state.half = told.get("half") ?? "";
  for (const name of FILTERS) state.filters[name] = told.get(name) ?? "";
  speak(language in LANGUAGES ? language : "en");
})();
