/* What the tests ask the engine, a line of JSON each. */
const lines = require("readline").createInterface({ input: process.stdin });
let engine = null, summary = null;
const answers = {
  load: ({ model, draws }) => {
    engine = new DetenteEngine.Engine(model, draws);
    summary = new DetenteSummary.Summary(engine);
    return true;
  },
  state: ({ numbers, windows }) => {
    engine.set(numbers);
    const answer = summary.answer(windows), importance = windows.length ? [] : summary.importance();
    return { ...answer, gains: summary.gains(windows), without: summary.without(windows), importance };
  },
  utilities: ({ numbers }) => {
    engine.set(numbers);
    return engine.kept.forms.map((form) => form.answers.map((one) => [[...one.utility], [...one.grave]]));
  },
  shares: ({ numbers }) => {
    engine.set(numbers);
    return engine.numbers.paths.map((_, k) => (engine.numbers.varies(k) ? [...engine.numbers.sharesOf(k)] : []));
  },
  values: ({ numbers }) => {
    engine.set(numbers);
    return engine.numbers.values.map((column) => [...column]);
  },
  call: ({ name, lists }) => lists[0].map((_, k) => DetenteSampling[name](...lists.map((list) => list[k]))),
  quantiles: ({ form, parameters, low, high, cut, u }) => {
    const one = new DetenteSampling.Distribution(form, parameters, low, high, cut);
    return u.map((share) => one.quantile(share));
  },
  applied: ({ base, patch }) => applyDifference(base, patch),
  threshold: ({ game, set }) => {
    const { needed, available } = DetenteGames.threshold(game, set);
    return [Number.isFinite(needed) ? needed : null, available];
  },
};
lines.on("line", (line) => {
  const asked = JSON.parse(line);
  let reply;
  try { reply = { value: answers[asked.ask](asked) }; } catch (error) { reply = { fault: error.message }; }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
});
