/* A state of the page, to take along: as a command that gives the same counts, and as a scenario of the case. */

/** @param {any} data @param {any} settings Of `detenteSettings`. */
const detenteExports = (data, settings) => {
  const { exact } = DetenteText, { CHANGE, changes, question, told } = settings;
  const quote = (part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`);
  const asText = (value) => (typeof value === "string" ? value : JSON.stringify(value));
  /* What is set, each path once: by the report, then by the alternative, then by hand. */
  const merged = (set, first, isNamed, write) => {
    const change = changes.get(set[CHANGE]), pairs = new Map(first);
    if (change && !isNamed) for (const [path, value] of Object.entries(change.values)) pairs.set(path, write(value));
    for (const [path, value] of Object.entries(question(set).numbers)) pairs.set(path, exact(value));
    return pairs;
  };
  const { scenario: ownScenario, scenarioValues, changes: ownChanges, draws } = data.report;
  const command = (set) => {
    const change = changes.get(set[CHANGE]), own = Object.entries(ownChanges);
    /* A scenario by its name stands before what is set: only where the report has neither. */
    const isNamed = Boolean(change && change.scenario) && !ownScenario && !own.length, name = isNamed ? change.scenario : ownScenario;
    const pairs = merged(set, own, isNamed, asText);
    if (draws !== data.model.simulations) pairs.set("network.draws", String(data.model.simulations));
    return ["detente", "run", data.case, ...(name ? ["--scenario", name] : []), ...[...pairs].flatMap(([path, value]) => ["--set", `${path}=${value}`])].map(quote).join(" ");
  };
  const scenario = (set) => {
    const first = [...Object.entries(scenarioValues).map(([path, value]) => [path, JSON.stringify(value)]), ...Object.entries(ownChanges)];
    const pairs = merged(set, first, false, JSON.stringify);
    return ["scenarios:", "  my-setting:", `    says: ${JSON.stringify(`${told(set).join("; ")}.`)}`, "    set:",
      ...[...pairs].map(([path, value]) => `      ${path}: ${value}`), "    because: set by hand in the page", ""].join("\n");
  };
  /* Whether an alternative can be said by paths at all. */
  const isTold = (set) => !changes.get(set[CHANGE]) || changes.get(set[CHANGE]).isTold || Boolean(changes.get(set[CHANGE]).scenario);
  return { command, scenario, isTold };
};
