/* The thresholds of repeated games: levers of one game at a time, and a figure that follows them. */
(() => {
  const { $, state, controls } = DetentePage, { make, tag, tell, numberOf } = DetenteText, { rangeTable } = DetentePictures, { threshold } = DetenteGames;
  const text = $("#games"), figure = $("#lasting > figure");
  if (!text || !figure) return;
  const games = JSON.parse(text.textContent), numbers = new Map(games.flatMap((game) => game.numbers.map((one) => [one.path, one])));
  const isInside = ({ low, high }, value) => Number.isFinite(value) && value >= (low ?? -Infinity) && value <= (high ?? Infinity);
  const valuesOf = (values) => Object.fromEntries(Object.entries(values).filter(([path]) => numbers.has(path)).map(([path, said]) => [path, +said]));
  const isSet = () => Object.keys(state.set).some((path) => numbers.has(path));

  const says = "How much the future must count (hollow), and how much it does (filled): by closed forms at our middle estimates, if nobody errs. The headline counts errors, and does not move.";
  const body = make("div"), name = make("p", { class: "state" });
  const live = make("figure", { class: "live", "data-live": "games", hidden: "" }, make("div", { class: "fig-head" }, make("h3", {}, "With your setting ", tag("live")), name, make("p", {}, says)), body);
  figure.after(live);

  const syncs = [];
  /* So many times its size a payoff is moved either way, if it has no bounds. */
  const REACH = 3;
  const lever = (one, key) => {
    const reach = REACH * Math.max(Math.abs(one.value), 1), low = one.low ?? -Infinity, high = one.high ?? Infinity;
    const { box, sync } = detenteSlider({
      path: one.path, id: `game-lever-${key}`, name: one.name, from: Math.max(low, one.value - reach), to: Math.min(high, one.value + reach), low, high, rest: () => one.value,
      estimate: () => tell(one.value),
    });
    syncs.push(sync);
    return box;
  };
  const choose = make("select", { id: "game-choice" }, ...games.map((game, g) => make("option", { value: String(g) }, game.title)));
  const boxes = games.map((game, g) => make("div", { class: "game", role: "group", "aria-label": game.title, ...(g ? { hidden: "" } : {}) }, ...game.numbers.map((one, k) => lever(one, `${g}-${k}`))));
  choose.addEventListener("change", () => boxes.forEach((box, g) => { box.hidden = g !== +choose.value; }));
  const say = make("p", { class: "say", role: "status" }, "The levers move the thresholds, and nothing else.");
  live.after(make("div", { class: "levers" }, make("header", {}, make("b", {}, "Try it: change a game"), tag("live"), make("button", { type: "button", class: "link", "data-reset": "" }, "Reset")),
    make("div", { class: "lever wide-lever" }, make("label", { for: "game-choice" }, "Which game"), choose), ...boxes, say));

  let quiet = null;
  const digits = (value) => String(+value.toPrecision(2));
  const sentence = (title, { needed, available }) => {
    if (!Number.isFinite(needed)) return `${title} does not last, however much the future counts.`;
    return `${title} ${available >= needed ? "lasts" : "does not last"} if nobody errs: the future must count ${digits(needed)}, and counts ${digits(available)}.`;
  };
  const forms = [{ name: "needed" }, { name: "there is" }], point = (value) => (Number.isFinite(value) ? { low: value, high: value } : null);
  const told = (values) => Object.keys(values).filter((path) => numbers.has(path)).map((path) => `${games.find((game) => game.numbers.some((one) => one.path === path)).title}, ${numbers.get(path).name.toLowerCase()}: ${tell(+values[path])}`);
  controls.push({
    owns: (path) => numbers.has(path),
    read: (path, said) => { const one = numbers.get(path), value = numberOf(said); return isInside(one, value) ? String(value) : undefined; },
    tidy: (values) => { for (const [path, said] of Object.entries(values)) if (numbers.has(path) && +said === numbers.get(path).value) delete values[path]; },
    told,
    draw: () => {
      for (const sync of syncs) sync();
      live.hidden = !isSet();
      clearTimeout(quiet);
      if (live.hidden) { say.textContent = "The levers move the thresholds, and nothing else."; return; }
      const values = valuesOf(state.set), moved = games.filter((game) => game.numbers.some((one) => one.path in values));
      const rows = moved.map((game) => { const { needed, available } = threshold(game, values); return { label: game.title, note: Number.isFinite(needed) ? (available >= needed ? "lasts, if nobody errs" : "does not last") : "never lasts", bars: [point(needed), point(available)] }; });
      name.textContent = `${told(state.set).join("; ")}. All else at our middle estimates.`;
      body.replaceChildren(rangeTable(forms, { measure: "how much the next round counts, in per cent of this one", heading: "Issue", axis: "share", rows }));
      quiet = setTimeout(() => { say.textContent = moved.map((game) => sentence(game.title, threshold(game, values))).join(" "); }, 400);
    },
  });
})();
