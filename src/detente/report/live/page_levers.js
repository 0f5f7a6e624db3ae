/*
 * The levers of the page, and what moves with them: the row "Your setting", and the figures of `page_figures.js`. The
 * report's own answer stands still. The engine works it out; nothing here knows the model.
 */
(() => {
  const { $, $$, state, controls, pin, copy } = DetentePage, { make, button, tag, thousands, spoken } = DetenteText, { bars, valueCell } = DetentePictures;
  const text = $("#live");
  if (!text) return;
  const data = JSON.parse(text.textContent), main = data.model.main_theory;
  const settings = detenteSettings(data), { owns, read, tidy, question, told, isMine, formsOf, FEWEST_LEFT } = settings;
  const figures = detenteFigures(data, settings), levers = detenteLevers(data, settings), taken = detenteExports(data, settings);
  const { byForm, tests } = figures;

  /* The rows of the picture on the brief: of what is set, and of what was pinned. */
  const mine = $("#brief tr.mine"), pinned = mine && mine.cloneNode(true);
  if (pinned) {
    $("th", pinned).firstChild.textContent = "Pinned setting";
    pinned.classList.add("pinned");
    mine.after(pinned);
  }
  const drawRow = (row, answer) => {
    if (!row) return;
    row.hidden = !answer || !answer.forms.length;
    if (row.hidden) return;
    const pairs = byForm(answer.ids, answer.forms).map((one) => one && tests(one.theories[main]));
    $(".plot", row).replaceChildren(bars(pairs, "likelihood", [0, 1]));
    $$(".v", row).forEach((cell, f) => cell.replaceWith(valueCell("likelihood", pairs[f], data.forms[f].name)));
  };

  /* The levers that stand under whatever picture moves with them. */
  const REST = "Moving a lever adds rows and charts named “your setting”. The report’s answer stays as it is.";
  const say = make("p", { class: "say", role: "status" }, REST);
  const quick = data.alternatives.filter((one) => data.quick.includes(one.id));
  const opener = button("All numbers, scenarios and choices", () => levers.open(opener));
  const panel = make("div", { class: "levers", id: "levers" },
    make("header", {}, make("b", {}, "Try it: change a number"), tag("live"), make("button", { type: "button", class: "link", "data-reset": "" }, "Reset")),
    ...data.levers.map((one) => levers.numberLever(one.path, true)), ...levers.chips("Or change something in the world", quick), say, make("p", { class: "note" }, opener));
  const homes = new Map([["brief", $("#brief figure")], ...figures.homes]);

  /* The bar: the state to take along, and another state beside it. */
  const bar = $("#bar"), end = $("[data-reset]", bar);
  const LINE = 50, MOST_ROWS = 16;
  const showText = (title, said, note) => {
    const area = make("textarea", { readonly: "", rows: String(Math.min(said.split("\n").reduce((rows, line) => rows + Math.ceil((line.length + 1) / LINE), 1), MOST_ROWS)), "aria-label": title }, said);
    const dialog = make("dialog", { "aria-label": title, id: "taken" }, make("h3", {}, title), make("p", { class: "note" }, note), area,
      make("p", {}, button("Copy", (event) => copy(event.target, said)), " ", button("Close", () => dialog.close())));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    area.select();
  };
  const show = (title, write, note) => () => {
    if (taken.isTold(state.set)) showText(title, write(state.set), question(state.set).windows.length ? `It counts all simulations: which are kept cannot be said there. ${note}` : note);
    else showText(title, "", "Which numbers go together can be chosen in this page only.");
  };
  const pinning = button("Pin beside", () => pin(state.pinned ? null : { ...state.set }));
  for (const node of [
    button("Command", show("The same as a command", taken.command, "At these numbers it gives the counts of this page."), { class: "link mine-only" }),
    button("As a scenario", show("The same as a scenario of the case", taken.scenario, "Paste it into the case, beside any other scenarios."), { class: "link mine-only" }),
    pinning,
  ]) bar.insertBefore(node, end);

  /* What is told once movement stops. */
  let quiet = null;
  const announce = (said) => { clearTimeout(quiet); quiet = setTimeout(() => { say.textContent = said; levers.tell(said); }, 400); };
  const sentence = (answer) => {
    const parts = byForm(answer.ids, answer.forms).map((one, f) => {
      if (!one) return "";
      const { strict, generous } = one.theories[main], { phrase } = formsOf(state.set)[f], told = [strict, generous].map((test) => spoken(test, answer.left));
      const both = told[0] === told[1] ? `${told[0]} by either test` : `${told[0]} by the strict test, ${told[1]} by the generous`;
      return phrase ? `${phrase}, ${both}` : both;
    });
    const kept = answer.left < answer.simulations ? `${thousands(answer.left)} of ${thousands(answer.simulations)} simulations are kept.` : `${thousands(answer.simulations)} simulations.`;
    return `With your setting ${data.answering} accepts, of 100: ${parts.filter(Boolean).join("; ")}. ${kept}`;
  };
  const fault = (reply) => {
    if (reply.part === "fault") return reply.says ? `This setting cannot be: ${reply.says}.` : "The engine of this page failed on this setting; its command may still work.";
    if (reply.part === "answer" && reply.left < reply.simulations && reply.left < FEWEST_LEFT) return `Only ${thousands(reply.left)} simulations lie there, and at least ${FEWEST_LEFT} must be left. Give a wider range.`;
    return "";
  };

  /* Asking: one state after another, what was pinned before what is set. */
  const nothing = { answer: null, rest: null };
  let shown = nothing, engine = null, asked = "", current = { id: -1, key: "" }, askedPinned = "", currentPinned = -1;
  const clear = () => { shown = nothing; drawRow(mine, null); figures.draw(state.set, shown); };
  const receive = (reply) => {
    if (reply.id === currentPinned) {
      if (reply.part === "rest") return;
      drawRow(pinned, fault(reply) ? null : reply);
      askMine();
      return;
    }
    if (reply.id !== current.id) return;
    const wrong = fault(reply);
    document.documentElement.dataset.shown = `${current.key} ${wrong ? "fault" : reply.part}`;
    if (wrong) { clear(); announce(wrong); return; }
    shown = reply.part === "answer" ? { answer: reply, rest: null } : { ...shown, rest: reply };
    if (reply.part === "answer" && mine) $("th small", mine).textContent = `${told(state.set).join("; ")}: what-if, not the report’s answer`;
    if (reply.part === "answer") { drawRow(mine, reply); announce(sentence(reply)); }
    figures.draw(state.set, shown);
  };
  const patches = Object.fromEntries(data.alternatives.map((one) => [one.id, one.patch]));
  const ask = (values) => {
    engine = engine || startDetenteEngine(data.model, patches, $("#engine").textContent, receive);
    return engine(question(values));
  };
  const askMine = () => {
    const key = isMine(state.set) ? JSON.stringify(question(state.set)) : "";
    if (key === asked) return;
    asked = key;
    current = { id: key ? ask(state.set) : -1, key };
    if (key) return;
    clear();
    announce(REST);
  };
  const draw = () => {
    levers.sync();
    bar.classList.toggle("has-mine", isMine(state.set));
    pinning.textContent = state.pinned ? "Unpin" : "Pin beside";
    pinning.hidden = !state.pinned && !isMine(state.set);
    const key = state.pinned ? JSON.stringify(question(state.pinned)) : "";
    if (key === askedPinned) { askMine(); return; }
    askedPinned = key; asked = ""; current = { id: -1, key: "" };
    if (!key) { currentPinned = -1; drawRow(pinned, null); askMine(); return; }
    if (pinned) $("th small", pinned).textContent = told(state.pinned).join("; ") || "as we assume";
    currentPinned = ask(state.pinned);
  };
  controls.push({ owns, read, tidy, told, draw, shown: (view) => { const home = homes.get(view.id); if (home) home.after(panel); panel.hidden = !home; } });
  /* The engine takes a moment to begin: it does so while the reader reads. */
  const warm = () => { if (!engine) ask({}); };
  if (window.requestIdleCallback) requestIdleCallback(warm, { timeout: 1500 }); else setTimeout(warm, 300);
})();
