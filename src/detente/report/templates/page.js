/*
 * The page: one view at a time, the address, words, tables. What is set stands in the address behind an id:
 * #accepts;path=value, then `pin` and what was pinned. Only what differs from the report is written.
 */
const DetentePage = (() => {
  /** @type {(selector: string, root?: any) => any} */
  const $ = (selector, root = document) => root.querySelector(selector);
  /** @type {(selector: string, root?: any) => any[]} */
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const views = $$("section.view");
  /* What may be set: each control says which keys are its own, what a text may be, and draws what is set. */
  /** @type {any[]} */
  const controls = [];
  const state = { set: {}, pinned: null };
  const PIN = "pin";
  let at = "brief";

  const part = (set) => Object.keys(set).map((key) => `;${key}=${set[key]}`).join("");
  const tail = () => part(state.set) + (state.pinned ? `;${PIN}${part(state.pinned)}` : "");
  const read = (fragment) => {
    let text = fragment.slice(1);
    try { text = decodeURIComponent(text); } catch { /* what cannot be read is taken as it stands */ }
    const [id, ...settings] = text.split(";");
    const found = {}, ignored = [];
    let pinned = null;
    for (const setting of settings) {
      if (setting === PIN && !pinned) { pinned = {}; continue; }
      const cut = setting.indexOf("="), key = setting.slice(0, cut), value = setting.slice(cut + 1);
      const control = cut > 0 && controls.find((one) => one.owns(key));
      const meant = control ? control.read(key, value) : undefined;
      if (meant === undefined) ignored.push(setting); else (pinned || found)[key] = meant;
    }
    for (const control of controls) for (const one of [found, pinned || {}]) control.tidy?.(one);
    if (id && !document.getElementById(id)) ignored.push(id);
    return [id || "brief", found, pinned, ignored];
  };
  const write = () => { try { history.replaceState(null, "", `#${at}${tail()}`); } catch { /* a frame without an address */ } };
  const draw = (ignored = []) => {
    for (const control of controls) control.draw();
    const changed = controls.flatMap((control) => control.told(state.set));
    document.documentElement.classList.toggle("moved", changed.length > 0);
    const bar = $("#bar"), told = [];
    bar.hidden = !changed.length && !ignored.length && !state.pinned;
    if (changed.length) told.push(`What-if: ${changed.join("; ")}. What moves is in this colour.`);
    if (state.pinned) told.push(`Pinned on the brief: ${controls.flatMap((control) => control.told(state.pinned)).join("; ") || "as we assume"}.`);
    if (ignored.length) told.push(`Left out of the address, not understood: ${clip(ignored.join("; "), 200)}.`);
    $("span", bar).textContent = told.join(" ");
    /* Spoken once movement stops. */
    clearTimeout(speaking);
    speaking = setTimeout(() => { $("#spoken").textContent = told.join(" "); }, QUIET);
  };
  const QUIET = 400;
  let speaking;
  const clip = (text, most) => (text.length > most ? `${text.slice(0, most)} …` : text);
  /* Sets some keys, to nothing with "". */
  const set = (values) => {
    for (const [key, value] of Object.entries(values)) if (value === "") delete state.set[key]; else state.set[key] = value;
    for (const control of controls) control.tidy?.(state.set);
    draw(); write();
  };
  const reset = () => { state.set = {}; state.pinned = null; draw(); write(); };
  const pin = (pinned) => { state.pinned = pinned; draw(); write(); };

  const show = (id, focus) => {
    const target = document.getElementById(id) || $("#brief");
    const view = target.closest("section.view") || $("#brief");
    for (const one of views) one === view ? one.removeAttribute("hidden") : one.setAttribute("hidden", "until-found");
    for (let fold = target.closest("details"); fold && view.contains(fold); fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.closest("table[data-rows]")) all(target.closest("table[data-rows]"));
    for (const link of $$(".rail nav a")) {
      if (link.getAttribute("href") === `#${view.id}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    const title = $("h2", view);
    document.title = `${title.textContent} · Détente`;
    at = document.getElementById(id) ? id : "brief";
    if (!wide.matches) rail.open = false;
    for (const control of controls) control.shown?.(view);
    if (target === view) scrollTo(0, 0); else target.scrollIntoView({ block: "start" });
    if (focus) {
      const place = target === view ? title : target.matches("details") ? $("summary", target) : target;
      if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
    }
  };

  const rail = $(".rail details"), wide = matchMedia("(min-width:68rem)");
  const fit = () => { rail.open = wide.matches; };
  wide.addEventListener("change", fit); fit();

  const visit = (fragment, focus) => { const [id, found, pinned, ignored] = /** @type {any} */ (read(fragment)); state.set = found; state.pinned = pinned; draw(ignored); show(id, focus); };
  addEventListener("hashchange", () => visit(location.hash, true));
  addEventListener("popstate", () => visit(location.hash, false));
  document.addEventListener("click", (/** @type {any} */ event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    event.preventDefault();
    if (link.matches(".term, .tag")) { explain(link, id); return; }
    pop.hidePopover?.();
    try { history.pushState(null, "", `#${id}${tail()}`); } catch { /* a frame without an address */ }
    show(id, true);
  });
  for (const view of views) view.addEventListener("beforematch", () => { at = view.id; show(view.id, false); write(); });
  document.addEventListener("click", (/** @type {any} */ event) => {
    if (!event.target.closest("[data-reset]")) return;
    reset();
    if ($("#bar").contains(event.target)) $("section.view:not([hidden]) h2").focus({ preventScroll: true });
  });
  const SHOWN_FOR = 2000;
  const copy = async (button, text) => {
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; } catch { button.textContent = "The browser forbids it"; }
    setTimeout(() => { button.textContent = label; }, SHOWN_FOR);
  };
  $("[data-copy]").addEventListener("click", (event) => copy(event.target, location.href));

  /* Exact: the tally of motives, with another weight of theories that are named second. */
  const plain = (x) => String(Math.round(100 * x) / 100);
  const second = $('[data-lever="evidence.secondary"]');
  if (second) {
    const key = "evidence.secondary", own = second.dataset.own;
    second.addEventListener("input", () => set({ [key]: String(second.value / 20) }));
    controls.push({
      owns: (name) => name === key,
      read: (_, text) => (text !== "" && +text >= 0 && +text <= 1 ? text : undefined),
      tidy: (set) => { if (key in set && +set[key] === +own) delete set[key]; },
      told: (set) => (key in set ? [`what a theory named second counts: ${set[key]}`] : []),
      draw: () => {
        const moved = state.set[key] !== undefined, weight = +(moved ? state.set[key] : own), leads = [];
        second.value = 20 * weight;
        for (const box of $$("[data-tally]")) {
          const names = $$(":scope > span:not(.num)", box).map((span) => span.textContent);
          const sums = $$("svg", box).map((svg) => {
            const first = +svg.dataset.first, others = +svg.dataset.second, most = +svg.dataset.most;
            $(".part", svg).setAttribute("width", `${(100 * others * weight) / most}%`);
            return first + others * weight;
          });
          $$(".num", box).forEach((cell, i) => { cell.textContent = plain(sums[i]); });
          box.classList.toggle("moved-here", moved);
          const top = Math.max(...sums), first = names.filter((_, i) => Math.abs(sums[i] - top) < 1e-9);
          const told = names.map((name, i) => `${name} ${plain(sums[i])}`).join(", ");
          const says = $(`[data-tally-says="${box.dataset.tally}"]`);
          says.hidden = !moved;
          says.textContent = `Your setting: ${first.length > 1 ? `a tie of ${first.join(" and ")}` : `${first[0]} leads`}. ${told}.`;
          leads.push(first.length > 1 ? "a tie" : first[0]);
        }
        const text = weight === 0 ? "nothing" : weight === 1 ? "as much as the first" : `${plain(weight)} of the first`;
        $("output", second.parentElement).textContent = moved ? text : `${text}, as in the report`;
        $("[data-secondary-say]").textContent = moved
          ? `With this setting: ${leads.join("; ")}. The report’s verdict stays as it is.`
          : "Move the lever to count theories that are named second. The report’s verdict stays as it is.";
      },
    });
  }

  /* A dotted term opens its meaning where it stands. */
  const pop = $("#gloss");
  let opener = null;
  const explain = (link, id) => {
    const entry = document.getElementById(id);
    if (!pop.showPopover) { show(id, true); return; }
    pop.replaceChildren(Object.assign(document.createElement("b"), { textContent: $("dt", entry).textContent }), $("dd", entry).textContent);
    pop.showPopover();
    opener = link; link.setAttribute("aria-expanded", "true");
    const place = link.getBoundingClientRect(), box = pop.getBoundingClientRect();
    pop.style.left = `${Math.max(12, Math.min(innerWidth - box.width - 12, place.left - 16))}px`;
    pop.style.top = `${place.bottom + box.height + 14 < innerHeight ? place.bottom + 8 : Math.max(8, place.top - box.height - 8)}px`;
  };
  pop.addEventListener("toggle", (event) => { if (event.newState === "closed" && opener) opener.setAttribute("aria-expanded", "false"); });
  const describe = (link) => {
    link.setAttribute("role", "button"); link.setAttribute("aria-expanded", "false"); link.setAttribute("aria-controls", "gloss");
    link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
    return link;
  };
  $$("a.term, a.tag").forEach(describe);

  /* Long tables show their first rows, then so many more at a time; a search shows what holds its words. */
  const rowsOf = (table) => [...table.tBodies[0].rows];
  const all = (table) => { rowsOf(table).forEach((row) => { row.hidden = false; }); table.nextButton?.remove(); };
  for (const table of $$("table[data-rows]")) {
    const step = +table.dataset.rows, rows = rowsOf(table);
    if (rows.length <= step) continue;
    let shown = step;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link" });
    const refresh = () => {
      rows.forEach((row, i) => { row.hidden = i >= shown; });
      button.textContent = `Show ${Math.min(step, rows.length - shown)} more of ${rows.length - shown}`;
      if (shown >= rows.length) button.remove();
    };
    button.addEventListener("click", () => { shown += step; refresh(); });
    table.nextButton = button; table.after(button); refresh();
    const filter = $("[data-filter]", table.closest("details"));
    filter?.addEventListener("input", () => {
      const words = filter.value.toLowerCase();
      button.hidden = words !== "";
      rows.forEach((row, i) => { row.hidden = words ? !row.textContent.toLowerCase().includes(words) : i >= shown; });
    });
  }
  // A table that a narrow page lays out as blocks is one still.
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
  for (const part of $$("figure table, figure table *")) {
    const role = part.tagName === "TH" ? (part.scope === "row" ? "rowheader" : "columnheader") : roles[part.tagName];
    if (role) part.setAttribute("role", role);
  }
  for (const table of $$("table.data")) {
    const name = table.closest("[id]").id.replace(/^t-/, "");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Save as CSV" });
    const place = Object.assign(document.createElement("p"), { className: "note" });
    place.append(button);
    table.parentElement.after(place);
    button.addEventListener("click", () => {
      const plain = (node) => [...node.childNodes].filter((part) => part.tagName !== "SUP").map((part) => part.textContent).join("");
      const cell = (node) => `"${plain(node).trim().replaceAll('"', '""')}"`;
      const grid = [...table.rows].map(() => []);
      [...table.rows].forEach((row, y) => [...row.cells].forEach((node) => {
        let x = 0;
        while (grid[y][x] !== undefined) x += 1;
        for (let below = 0; below < node.rowSpan; below += 1) grid[y + below][x] = cell(node);
      }));
      const text = grid.map((row) => row.join(",")).join("\r\n");
      const href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
      Object.assign(document.createElement("a"), { download: `${name}.csv`, href }).click();
    });
  }

  /* Ids in tables and in the register become links when their fold is opened: written out they are a twentieth of the page. */
  const linkWords = (/** @type {any} */ node) => {
    if (node.children.length) return;
    node.replaceChildren(...node.textContent.trim().split(/(, |: | and )/).map((/** @type {string} */ text) => {
      const id = [`id-${text}`, text].find((one) => document.getElementById(one));
      return id ? Object.assign(document.createElement("a"), { href: `#${id}`, textContent: text }) : text;
    }));
  };
  const linkIds = (/** @type {any} */ box) => {
    for (const head of $$("th[data-i]", box)) {
      head.removeAttribute("data-i");
      const table = head.closest("table"), fromEnd = head.parentNode.cells.length - head.cellIndex; // cells that span rows come first
      for (const row of table.tBodies[0].rows) if (row.cells.length >= fromEnd) linkWords(row.cells[row.cells.length - fromEnd]);
    }
    for (const line of $$(".register p", box)) if (/^(Named by|Bears on): /.test(line.textContent)) linkWords(line);
  };
  document.addEventListener("toggle", (/** @type {any} */ event) => { if (event.target.open) linkIds(event.target); }, true);

  $("[data-print]").addEventListener("click", () => print());
  $("[data-export]").addEventListener("click", () => $("#export").showModal());
  $("[data-close]").addEventListener("click", () => $("#export").close());
  $("[data-text]").addEventListener("click", (event) => copy(event.target, $("#brief").innerText));
  const theme = $("[data-theme-toggle]"), root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
  nameTheme();
  let shut = [];
  addEventListener("beforeprint", () => { shut = $$("section.view:not([hidden]) details:not([open])").filter((fold) => !fold.closest("#brief")); shut.forEach((fold) => { fold.open = true; }); });
  addEventListener("afterprint", () => shut.forEach((fold) => { fold.open = false; }));

  return { $, $$, state, controls, set, pin, copy, describe, visit, start: () => visit(location.hash, false) };
})();
