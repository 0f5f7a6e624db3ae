/* One number as a lever, and the drawer in which all of them are, with what else could be modelled. */

/** @param {any} data @param {any} settings Of `detenteSettings`. */
const detenteLevers = (data, settings) => {
  const { $, $$, state, set } = DetentePage, { make, button, tag, numberOf } = DetenteText;
  const { CHANGE, place, form, estimate, middle, limits, canMove, windowOf, lever, nameOf, FEWEST_LEFT } = settings;
  const { numbers } = data.model;
  /* Each brings one control up to what is set. */
  const syncs = [];
  const sync = () => { for (const one of syncs) one(); };

  const numberLever = (path, isOnBrief) => {
    const k = place.get(path), one = isOnBrief ? lever(path) : null, [low, high] = limits(k);
    const [from, to] = one && one.low !== undefined ? [one.low, one.high] : data.sliders[k];
    const { box, sync: syncOne } = detenteSlider({
      path, id: `lever-${isOnBrief ? "" : "n-"}${k}`, name: nameOf(path), from, to, low, high, rest: () => middle(k), estimate: () => estimate(k),
    });
    syncs.push(syncOne);
    return box;
  };

  const chip = (one) => {
    const node = button(one.label, () => set({ [CHANGE]: state.set[CHANGE] === one.id ? "" : one.id }), { class: "chip", "aria-pressed": "false" });
    syncs.push(() => node.setAttribute("aria-pressed", String(state.set[CHANGE] === one.id)));
    return node;
  };
  const chips = (title, ones) => (ones.length ? [make("div", { class: "chips", role: "group", "aria-label": title }, ...ones.map(chip))] : []);

  const narrowing = (path) => {
    const from = make("input", { type: "number", step: "any", "aria-label": `${nameOf(path)}: from` }), to = make("input", { type: "number", step: "any", "aria-label": `${nameOf(path)}: to` });
    const fault = make("small", { class: "fault", role: "alert" }), left = make("span", { "data-left": path });
    const keep = button("Keep these", () => {
      const low = numberOf(from.value), high = numberOf(to.value);
      fault.textContent = low <= high ? "" : "Give two numbers, the lower one first.";
      if (low <= high) set({ [path]: `${low}..${high}` });
    });
    const all = button("Keep all", () => { set({ [path]: "" }); keep.focus(); });
    syncs.push(() => {
      const bounds = state.set[path] === undefined ? null : windowOf(state.set[path]);
      if (bounds) { from.value = bounds[0]; to.value = bounds[1]; }
      all.hidden = !bounds;
    });
    return make("details", { class: "basis" }, make("summary", {}, "Keep only some simulations"), make("div", { class: "exact" }, "from ", from, " to ", to, keep, all, left, fault),
      make("p", { class: "note" }, `Counts the simulations in which it lies there. At least ${FEWEST_LEFT} must be left.`));
  };

  const choiceFields = () => {
    const byChoice = new Map();
    for (const one of data.alternatives) if (one.kind === "choice") byChoice.set(one.choice, [...(byChoice.get(one.choice) || []), one]);
    return [...byChoice].map(([title, options], count) => make("fieldset", {}, make("legend", {}, title), ...[{ id: "", label: options[0].own }, ...options].map((option) => {
      const input = make("input", { type: "radio", name: `choice-${count}`, value: option.id });
      input.addEventListener("change", () => set({ [CHANGE]: option.id }));
      syncs.push(() => { input.checked = option.id ? state.set[CHANGE] === option.id : !options.some((one) => one.id === state.set[CHANGE]); });
      return make("label", {}, input, " ", option.label);
    })));
  };

  let drawer = null;
  /* The answer, for whoever sees the drawer alone. */
  const heard = make("p", { class: "note" });
  const build = (opener) => {
    const search = make("input", { type: "search", id: "drawer-search" });
    const entries = numbers.path.map((path, k) => [path, k]).filter(([, k]) => canMove(k)).map(([path, k]) => ({
      box: make("li", {}, numberLever(path, false), make("small", {}, path), ...(form(k) === "value" ? [] : [narrowing(path)])),
      words: `${data.names.numbers[k]} ${path}`.toLowerCase(),
    }));
    const of = (kind) => data.alternatives.filter((one) => one.kind === kind), fields = choiceFields();
    const group = (title, ones) => (ones.length ? [make("h4", {}, title), ...chips(title, ones)] : []);
    const none = make("p", { class: "note", role: "status" });
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().trim(), whole = [...entries, ...$$(".chip, fieldset", drawer).map((box) => ({ box, words: box.textContent.toLowerCase() }))];
      for (const { box, words: all } of whole) box.hidden = !all.includes(words);
      none.textContent = whole.every(({ box }) => box.hidden) ? "Nothing has these words." : "";
    });
    const close = () => { drawer.close(); opener.focus(); };
    drawer = make("dialog", { class: "drawer", id: "drawer", "aria-labelledby": "drawer-title" },
      make("div", { class: "head" }, make("h3", { id: "drawer-title" }, "All that can be moved ", tag("live")), button("Close", close), heard,
        make("label", { for: "drawer-search" }, "Search"), search, none),
      ...group("In the world", of("world")), ...group("Other sets of estimates", of("estimates")), ...(fields.length ? [make("h4", {}, "Choices"), ...fields] : []),
      ...(data.alternatives.length ? [make("p", { class: "note" }, "Of all these, one at a time. Numbers can be moved besides.")] : []),
      make("h4", {}, `Numbers of the model (${entries.length})`), make("ul", {}, ...entries.map(({ box }) => box)));
    drawer.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    document.body.append(drawer);
  };
  const open = (opener) => {
    if (!drawer) build(opener);
    drawer.show();
    sync();
    $("input[type=search]", drawer).focus();
  };
  const tell = (said) => { heard.textContent = said; };
  return { numberLever, chips, open, sync, tell };
};
