/* What may be set, and how it stands in the address: a number at a value, or simulations kept in which it lies between
 * two; and one alternative of the case as a whole. */

/** @param {any} data What `page_data.py` put into the page. */
const detenteSettings = (data) => {
  const { tell, numberOf } = DetenteText, { numbers } = data.model, CHANGE = "change";
  const place = new Map(numbers.path.map((path, k) => [path, k]));
  const changes = new Map(data.alternatives.map((one) => [one.id, one]));
  /* The numbers of the model as an alternative has them. */
  const byChange = new Map();
  const numbersOf = (change) => {
    if (!changes.has(change)) return numbers;
    if (!byChange.has(change)) byChange.set(change, applyDifference(numbers, changes.get(change).patch.numbers || {}));
    return byChange.get(change);
  };
  const now = () => numbersOf(DetentePage.state.set[CHANGE]);
  const form = (k) => now().form[k], own = (k) => now().parameters[k];
  const estimate = (k) => {
    const p = own(k);
    switch (form(k)) {
      case "value": return tell(p[0]);
      case "normal": return `about ${tell(p[0])}`;
      case "lognormal": return `about ${tell(Math.exp(p[0]))}`;
      case "beta": return `about ${tell(p[0] / (p[0] + p[1]))}`;
      case "discrete": return p.slice(0, p.length / 2).map(tell).join(" or ");
      default: return `${tell(p[0])} to ${tell(p[p.length - 1])}`;
    }
  };
  /* Where the handle of a slider rests: in the middle of the estimate. */
  const middle = (k) => {
    const p = own(k);
    if (form(k) === "uniform" || form(k) === "triangular") return (p[0] + p[p.length - 1]) / 2;
    return form(k) === "lognormal" ? Math.exp(p[0]) : form(k) === "beta" ? p[0] / (p[0] + p[1]) : p[0];
  };
  const limits = (k) => [numbers.low[k] ?? -Infinity, numbers.high[k] ?? Infinity];
  const isInside = (k, value) => { const [low, high] = limits(k); return Number.isFinite(value) && value >= low && value <= high; };
  /* Whether a number stands at that value anyway, by an alternative. */
  const isOwn = (k, value, change) => { const { form: forms, parameters } = numbersOf(change); return forms[k] === "value" && parameters[k][0] === value; };
  const canMove = (k) => data.sliders[k] !== 0;
  const windowOf = (said) => {
    const ends = said.split("..").map(numberOf);
    return ends.length === 2 && ends.every(Number.isFinite) && ends[0] <= ends[1] ? ends : null;
  };
  const lever = (path) => data.levers.find((one) => one.path === path);
  const nameOf = (path) => lever(path)?.label || data.names.numbers[place.get(path)];

  const owns = (key) => key === CHANGE || place.has(key);
  /* What a text of the address means; undefined if it may not stand there. */
  const read = (key, said) => {
    if (key === CHANGE) return changes.has(said) ? said : undefined;
    const k = place.get(key), bounds = windowOf(said);
    if (!canMove(k)) return undefined;
    if (bounds) return `${bounds[0]}..${bounds[1]}`;
    const value = numberOf(said);
    return isInside(k, value) ? String(value) : undefined;
  };
  /* What is set without what the state has anyway. */
  const tidy = (values) => {
    for (const [path, said] of Object.entries(values)) if (place.has(path) && !windowOf(said) && isOwn(place.get(path), +said, values[CHANGE])) delete values[path];
  };
  const question = (values) => {
    const asked = { change: values[CHANGE] || "", numbers: {}, windows: [] };
    for (const [key, said] of Object.entries(values)) {
      if (!place.has(key)) continue;
      const bounds = windowOf(said);
      if (bounds) asked.windows.push({ path: key, low: bounds[0], high: bounds[1] }); else asked.numbers[key] = +said;
    }
    return asked;
  };
  const told = (values) => Object.entries(values).filter(([key]) => owns(key)).map(([key, said]) => {
    if (key === CHANGE) return changes.get(said).label;
    const bounds = windowOf(said);
    return bounds ? `${nameOf(key)}: only simulations from ${tell(bounds[0])} to ${tell(bounds[1])}` : `${nameOf(key)}: ${tell(+said)}`;
  });
  /* The forms of the channel: an alternative may have others deal. */
  const formsOf = (values) => { const change = changes.get(values[CHANGE]); return change && change.forms ? change.forms : data.forms; };
  const isMine = (values) => Object.keys(values).some(owns);
  return { CHANGE, place, changes, form, estimate, middle, limits, isOwn, canMove, windowOf, lever, nameOf, owns, read, tidy, question, told, isMine, formsOf, FEWEST_LEFT: 200 };
};
