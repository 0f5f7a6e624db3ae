(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const ahead = JSON.parse($("#ahead").textContent);
  const views = $$("section.view");
  const own = {};
  for (const input of $$("[data-lever]")) own[input.dataset.lever] = input.dataset.own === undefined ? "" : input.dataset.own;
  const set = {};
  let at = "brief";

  /* The address is an id, then what is set: #accepts;path=value. Only what differs from the report is written. */
  const tail = () => Object.keys(set).map((key) => `;${key}=${set[key]}`).join("");
  const read = () => {
    let text = location.hash.slice(1);
    try { text = decodeURIComponent(text); } catch { /* what cannot be read is taken as it stands */ }
    const [id, ...settings] = text.split(";");
    const found = {}, ignored = [];
    for (const setting of settings) {
      const cut = setting.indexOf("="), key = setting.slice(0, cut), value = setting.slice(cut + 1);
      if (cut > 0 && key in own && allowed(key, value)) { if (value !== own[key]) found[key] = value; } else ignored.push(setting);
    }
    return [id || "brief", found, ignored];
  };
  const stops = (path) => (ahead.levers.find((lever) => lever.path === path) || { stops: [] }).stops;
  const allowed = (key, value) => {
    if (key === "change") return value in ahead.changes;
    if (key === "evidence.secondary") return value !== "" && +value >= 0 && +value <= 1;
    return stops(key).some((stop) => String(stop.value) === value);
  };
  const take = (found) => { for (const key of Object.keys(set)) delete set[key]; Object.assign(set, found); };
  const write = () => history.replaceState(null, "", `#${at}${tail()}`);

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
    if (target === view) scrollTo(0, 0); else target.scrollIntoView({ block: "start" });
    if (focus) {
      const place = target === view ? title : target.matches("details") ? $("summary", target) : target;
      if (place.tabIndex < 0 && !place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
    }
  };

  /* Numbers as the report writes them. */
  const short = (share) => {
    const n = Math.round(100 * share);
    if (share === 0 || share === 1) return String(n);
    return n === 0 ? "<1" : n === 100 ? ">99" : String(n);
  };
  const range = ([strict, generous]) => {
    const low = short(Math.min(strict, generous)), high = short(Math.max(strict, generous));
    return low === high || (low === "0" && high === "<1") ? high : `${low}–${high}`;
  };
  const speak = (text) => text.replace("<1", "fewer than 1").replace(">99", "more than 99").replace("–", " to ");

  const tests = () => {
    if (set.change) return ahead.changes[set.change];
    const path = Object.keys(set).find((key) => stops(key).length);
    return path ? stops(path).find((stop) => String(stop.value) === set[path]).tests : null;
  };
  const drawMine = () => {
    const now = tests();
    for (const row of $$("tr.mine")) {
      row.hidden = !now;
      if (!now) continue;
      const cells = $$(".v", row);
      now.forEach((pair, form) => {
        cells[form].textContent = pair ? range(pair) : "";
        const lines = $$("line", row).filter((line) => (now.length === 1 ? line.classList.contains("c") : form === 0 ? !line.classList.contains("c") : line.classList.contains("c")));
        for (const line of lines) {
          line.style.display = pair ? "" : "none";
          if (!pair) continue;
          let low = 100 * Math.min(...pair), high = 100 * Math.max(...pair);
          if (high - low < 0.6) { const middle = Math.min(Math.max((low + high) / 2, 0.3), 99.7); low = middle - 0.3; high = middle + 0.3; }
          line.setAttribute("x1", `${low}%`); line.setAttribute("x2", `${high}%`);
        }
      });
    }
    const say = $("[data-say]");
    if (say) say.textContent = now
      ? `With your setting ${ahead.answering} accepts in ${now.map((pair, form) => (pair ? `${speak(range(pair))}${ahead.forms[form] ? ` (${ahead.forms[form]})` : ""}` : "")).filter(Boolean).join(", ")} of 100 simulations.`
      : "The levers move the row “Your setting” and nothing else. The report’s answer stays as it is.";
  };

  /* Exact: the tally of motives, with another weight of theories that are named second. */
  const plain = (x) => String(Math.round(100 * x) / 100);
  const drawTally = () => {
    const lever = $('[data-lever="evidence.secondary"]');
    if (!lever) return;
    const moved = set["evidence.secondary"] !== undefined;
    const weight = +(moved ? set["evidence.secondary"] : lever.dataset.own);
    const leads = [];
    for (const box of $$("[data-tally]")) {
      const names = $$(":scope > span:not(.num)", box).map((span) => span.textContent);
      const sums = $$("svg", box).map((svg) => {
        const first = +svg.dataset.first, second = +svg.dataset.second, most = +svg.dataset.most;
        $(".part", svg).setAttribute("width", `${(100 * second * weight) / most}%`);
        return first + second * weight;
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
    $("output", lever.parentElement).textContent = moved ? text : `${text}, as in the report`;
    $("[data-secondary-say]").textContent = moved
      ? `With this setting: ${leads.join("; ")}. The report’s verdict stays as it is.`
      : "Move the lever to count theories that are named second. The report’s verdict stays as it is.";
  };

  const draw = (ignored = []) => {
    for (const input of $$("[data-lever]")) {
      const key = input.dataset.lever, value = set[key];
      if (key === "change") input.value = value || "";
      else if (key === "evidence.secondary") input.value = 20 * (value === undefined ? own[key] : value);
      else {
        const list = stops(key), i = value === undefined ? 0 : list.findIndex((stop) => String(stop.value) === value);
        input.value = i; $("output", input.parentElement).textContent = list[i].label; input.setAttribute("aria-valuetext", list[i].label);
      }
    }
    drawMine(); drawTally();
    const changed = Object.keys(set).map((key) => (key === "change" ? $(`option[value="${CSS.escape(set[key])}"]`).textContent : `${$(`[data-lever="${CSS.escape(key)}"]`).parentElement.querySelector("label").firstChild.textContent.trim()}: ${set[key]}`));
    const bar = $("#bar");
    document.documentElement.classList.toggle("moved", changed.length > 0);
    bar.hidden = !changed.length && !ignored.length;
    const told = [];
    if (changed.length) told.push(`What-if: ${changed.join("; ")}. What moved is in this colour.`);
    if (ignored.length) told.push(`Left out of the address, not understood: ${ignored.join("; ")}.`);
    $("span", bar).textContent = told.join(" ");
  };

  const rail = $(".rail details"), wide = matchMedia("(min-width:68rem)");
  const fit = () => { rail.open = wide.matches; };
  wide.addEventListener("change", fit); fit();

  const go = (focus) => { const [id, found, ignored] = read(); take(found); draw(ignored); show(id, focus); };
  addEventListener("hashchange", () => go(true));
  addEventListener("popstate", () => go(false));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    event.preventDefault();
    if (link.matches(".term, .tag")) { explain(link, id); return; }
    pop.hidePopover?.();
    history.pushState(null, "", `#${id}${tail()}`);
    show(id, true);
  });
  for (const view of views) view.addEventListener("beforematch", () => { at = view.id; show(view.id, false); write(); });

  for (const input of $$("[data-lever]")) input.addEventListener("input", () => {
    const key = input.dataset.lever;
    if (key === "evidence.secondary") {
      const value = String(input.value / 20);
      if (+value === +own[key]) delete set[key]; else set[key] = value;
    } else {
      /* These settings were run one at a time, so moving one puts the others back. */
      for (const other of Object.keys(set)) if (other !== "evidence.secondary") delete set[other];
      const value = key === "change" ? input.value : String(stops(key)[input.value].value ?? "");
      if (value !== "") set[key] = value;
    }
    draw(); write();
  });
  for (const button of $$("[data-reset]")) button.addEventListener("click", () => { take({}); draw(); write(); });
  const copy = (button, text) => { navigator.clipboard?.writeText(text); button.textContent = "Copied"; };
  $("[data-copy]").addEventListener("click", (event) => copy(event.target, location.href));

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
  for (const link of $$("a.term, a.tag")) {
    link.setAttribute("role", "button"); link.setAttribute("aria-expanded", "false"); link.setAttribute("aria-controls", "gloss");
    link.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); link.click(); } });
  }

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

  $("[data-print]").addEventListener("click", () => print());
  $("[data-export]").addEventListener("click", () => $("#export").showModal());
  $("[data-text]").addEventListener("click", (event) => copy(event.target, $("#brief").innerText));
  const theme = $("[data-theme-toggle]"), root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme:dark)").matches ? "dark" : "light")) === "dark";
  const nameTheme = () => { theme.textContent = isDark() ? "Light" : "Dark"; };
  theme.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; nameTheme(); });
  nameTheme();
  let shut = [];
  addEventListener("beforeprint", () => { shut = $$("section.view:not([hidden]) details:not([open])").filter((fold) => !fold.closest("#brief")); shut.forEach((fold) => { fold.open = true; }); });
  addEventListener("afterprint", () => shut.forEach((fold) => { fold.open = false; }));
  go(false);
})();
