/*
 * The figures of a setting: beside each picture of the report whose rows the engine can work out, the same picture for
 * what is set. By construction only these are live: what the tool drew is marked as fixed.
 */

/** @param {any} data @param {any} settings Of `detenteSettings`. */
const detenteFigures = (data, settings) => {
  const { $, $$ } = DetentePage, { make, tag, short, thousands } = DetenteText, { rangeTable, stackedTable, plainTable } = DetentePictures;
  const { nameOf, told, formsOf } = settings, main = data.model.main_theory, MOST_REASONS = 8, MOST_NUMBERS = 6, LEAST_MOVE = 0.005, LEAST_INDEX = 0.001, ERRORS_OF_MANY = 3;
  const accepts = `${data.answering} accepts, of 100 simulations`;

  /* What the forms of the channel are called in the state that is drawn. */
  let formsNow = data.forms;
  /* By the forms of the report: an alternative may leave fewer. */
  const byForm = (ids, values) => data.model.forms.map((id) => { const k = ids.indexOf(id); return k < 0 ? null : values[k]; });
  const tests = (one) => one && { low: Math.min(one.strict.share, one.generous.share), high: Math.max(one.strict.share, one.generous.share) };
  const point = (one) => one && { low: one.share, high: one.share };
  const error = (one) => `± ${(100 * one.error).toFixed(1)}`;
  const counted = (answer) => (answer.left < answer.simulations ? `${thousands(answer.left)} of ${thousands(answer.simulations)} simulations` : `${thousands(answer.simulations)} simulations`);
  const subjects = (figure, kind) => $$(`[data-of^="${kind}:"]`, figure).map((row) => row.dataset.of.slice(kind.length + 1));
  const acceptance = (heading, rows) => rangeTable(formsNow, { measure: accepts, heading, axis: "likelihood", words: $(".ax"), rows });

  /* A sentence, then what is drawn, by what the rows of the report's picture are of. */
  const DRAWN = {
    theory: (figure, { answer }) => {
      const forms = byForm(answer.ids, answer.forms), order = subjects(figure, "theory").map((id) => data.model.theories.indexOf(id));
      const rows = order.map((t) => ({ label: data.names.theories[t], isBase: t === main, bars: forms.map((one) => one && tests(one.theories[t])) }));
      const cells = (t, f, { strict, generous }) => [data.names.theories[t], formsNow[f].name, short(strict.share), error(strict), short(generous.share), error(generous)];
      const table = order.flatMap((t) => forms.flatMap((one, f) => (one ? [cells(t, f, one.theories[t])] : [])));
      return [`Bars run from the strict test to the generous one; ${counted(answer)}.`, acceptance("What it looks at", rows),
        make("details", { class: "basis" }, make("summary", {}, "These numbers with their errors"), plainTable(["theory", "run", "strict, of 100", "error", "generous, of 100", "error"], table))];
    },
    actor: (figure, { rest }) => {
      const forms = byForm(rest.ids, rest.gains);
      const bar = (one, id) => { const gain = one && one[rest.actors.indexOf(id)]; return gain ? { low: gain.low, high: gain.high, dot: gain.mean } : null; };
      const rows = subjects(figure, "actor").map((id) => ({ label: data.names.actors[id], bars: forms.map((one) => bar(one, id)) }));
      return ["Bars hold 90 of 100 simulations, dots mark the average.", rangeTable(formsNow, { measure: "gain or loss, in per cent of all that is at stake", heading: "Who", axis: "signed", rows })];
    },
    reason: (_, { answer, rest }) => {
      const forms = byForm(answer.ids, answer.forms), without = byForm(rest.ids, rest.without), base = forms.map((one) => one && point(one.theories[main].strict));
      const moved = (row) => Math.max(...row.bars.map((bar, f) => (bar && base[f] ? Math.abs(bar.low - base[f].low) : 0)));
      const all = rest.reasons.map((id, r) => ({ label: data.names.reasons[id], bars: without.map((one) => one && point(one[r])) }));
      const rows = all.filter((row) => moved(row) >= LEAST_MOVE).sort((a, b) => moved(b) - moved(a)).slice(0, MOST_REASONS);
      return [rows.length ? "How often it accepts by the strict test, if one reason did not count. What moves nothing is left out." : "No single reason, left out, would change how often it accepts.",
        acceptance("Without", [{ label: "All reasons count", isBase: true, bars: base }, ...rows])];
    },
    number: (_, { answer, rest }) => {
      if (answer.left < answer.simulations) return ["While only some simulations are kept, what matters in them is not counted."];
      const forms = byForm(answer.ids, answer.forms), { test } = data, at = (one) => byForm(rest.ids, one.forms).map((two) => two && two[test]);
      const clear = (one) => Math.max(...at(one).map((two) => (two && two.index > ERRORS_OF_MANY * two.error ? two.index : 0)));
      const way = (one) => (at(one).every((two) => !two || two.high >= two.low) ? "more of it helps" : at(one).every((two) => !two || two.high <= two.low) ? "more of it hurts" : "");
      const rows = rest.importance.filter((one) => clear(one) >= LEAST_INDEX).sort((a, b) => clear(b) - clear(a)).slice(0, MOST_NUMBERS)
        .map((one) => ({ label: nameOf(one.path), note: way(one), bars: at(one).map((two) => two && { low: Math.min(two.low, two.high), high: Math.max(two.low, two.high) }) }));
      return [rows.length ? `Bars join a number's lowest third and its highest, by the ${test} test.` : `By the ${test} test no number that is left open clearly matters.`,
        acceptance("Number", [{ label: "Your setting", isBase: true, bars: forms.map((one) => one && point(one.theories[main][test])) }, ...rows])];
    },
    replies: (_, { answer }) => {
      const forms = byForm(answer.ids, answer.forms);
      return ["How often each reply is the best.", ...stackedTable(data.names.replies, forms.flatMap((one, f) => (one ? [{ label: formsNow[f].name, shares: one.replies.map((reply) => reply.share) }] : [])))];
    },
  };
  const NEEDS_REST = new Set(["actor", "reason", "number"]);

  const figures = $$("figure").map((figure) => {
    const kind = Object.keys(DRAWN).find((one) => $(`[data-of^="${one}:"],[data-of="${one}"]`, figure));
    if (!kind || $("tr.mine", figure)) return null;
    const says = make("p"), name = make("p", { class: "state" }), body = make("div");
    const live = make("figure", { class: "live", "data-live": kind, hidden: "" }, make("div", { class: "fig-head" }, make("h3", {}, "With your setting ", tag("live")), name, says), body);
    figure.after(live);
    return { kind, figure, live, says, name, body };
  }).filter(Boolean);
  for (const head of $$(".fig-head p:last-of-type, .keep > h3, .cols h3, section.view:not(#annex) > .eyebrow")) {
    if (!head.closest(".live") && !$("[data-tally]", head.closest("figure") || head)) head.append(" ", $("tr.mine", head.closest("figure") || head) ? tag("ahead", `computed ahead, ${thousands(data.ahead)} simulations each`) : tag("fixed"));
  }

  /* Draws what is known of the state; nothing where nothing is set. */
  const draw = (set, shown) => {
    formsNow = formsOf(set);
    for (const one of figures) {
      const isOn = shown.answer !== null && shown.answer.forms.length > 0;
      if (!isOn) { one.live.hidden = true; continue; }
      if (NEEDS_REST.has(one.kind) && !shown.rest) { one.live.classList.add("stale"); continue; }
      const [says, ...drawn] = DRAWN[one.kind](one.figure, shown), isOpen = $("details", one.body)?.open;
      one.says.textContent = says;
      one.name.textContent = `${told(set).join("; ")}. All else as in the case.`;
      one.body.replaceChildren(...drawn);
      if (isOpen) $("details", one.body).open = true;
      one.live.hidden = false;
      one.live.classList.remove("stale");
    }
  };
  const homes = figures.filter(({ figure }) => !figure.closest("details")).map(({ figure, live }) => /** @type {[string, any]} */ ([figure.closest("section.view").id, live]));
  return { draw, byForm, tests, homes: new Map(homes) };
};
