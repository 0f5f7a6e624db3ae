/* A state of the page, to take along: as a command that gives the same counts, and as a scenario of the case. */

/** @param {any} data @param {any} settings Of `detenteSettings`. */
const detenteExports = (data, settings) => {
  const { exact } = DetenteText, { CHANGE, changes, question, told } = settings;
  const written = (values) => Object.entries(values).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value)]);
  const numbers = (set) => Object.entries(question(set).numbers).map(([path, value]) => [path, exact(value)]);
  const quote = (part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`);
  const command = (set) => {
    const change = changes.get(set[CHANGE]), isNamed = change && change.scenario && !data.arguments.includes("--scenario");
    const pairs = [...(change && !isNamed ? written(change.values) : []), ...numbers(set)];
    const parts = ["detente", "run", data.case, ...data.arguments, ...(isNamed ? ["--scenario", change.scenario] : [])];
    return [...parts, ...pairs.flatMap(([path, value]) => ["--set", `${path}=${value}`])].map(quote).join(" ");
  };
  const scenario = (set) => {
    const change = changes.get(set[CHANGE]), pairs = [...(change ? Object.entries(change.values).map(([path, value]) => [path, JSON.stringify(value)]) : []), ...numbers(set)];
    return ["scenarios:", "  my-setting:", `    says: ${JSON.stringify(`${told(set).join("; ")}.`)}`, "    set:",
      ...pairs.map(([path, value]) => `      ${path}: ${value}`), "    because: set by hand in the page", ""].join("\n");
  };
  /* Whether an alternative can be said by paths at all. */
  const isTold = (set) => !changes.get(set[CHANGE]) || changes.get(set[CHANGE]).isTold || Boolean(changes.get(set[CHANGE]).scenario);
  return { command, scenario, isTold };
};
