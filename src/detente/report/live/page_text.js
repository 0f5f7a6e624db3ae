/* Elements, and numbers in words as the report writes them (text/brief_sentences.py, text/likelihood.py). */

const DetenteText = (() => {
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  const button = (label, act, attributes = {}) => {
    const node = make("button", { type: "button", class: "link", ...attributes }, label);
    node.addEventListener("click", act);
    return node;
  };
  const tag = (word, label) => DetentePage.describe(make("a", { class: `tag ${word === "live" ? "me" : "fixed"}`, href: `#g-${word}` }, label || word));

  const round = (x) => { const near = Math.round(x); return Math.abs(x % 1) === 0.5 && near % 2 ? near - 1 : near; };
  const short = (share) => { const n = round(100 * share); return share === 0 || share === 1 ? String(n) : n === 0 ? "<1" : n === 100 ? ">99" : String(n); };
  const range = (a, b) => {
    const low = short(Math.min(a, b)), high = short(Math.max(a, b));
    return low === high || (low === "0" && high === "<1") ? high : /^\d+$/.test(low + high) ? `${low}–${high}` : `${low} to ${high}`;
  };
  /** @type {[number, string][]} */
  const SCALE = [[5, "almost no chance"], [20, "very unlikely"], [45, "unlikely"], [55, "about even"], [80, "likely"], [95, "very likely"], [100, "almost certain"]];
  const word = (share) => SCALE.find(([most]) => round(100 * share) <= most)[1];
  const rangeWord = (low, high) => {
    if (round(100 * low) < 45 && round(100 * high) > 55) return "may go either way";
    const isAbove = round(100 * low) > 55;
    return word(isAbove ? low : high) + (word(low) === word(high) ? "" : isAbove ? " at least" : " at best");
  };
  const signed = (share) => { const value = Math.round(1000 * share) / 10; return value ? `${value > 0 ? "+" : "−"}${Math.abs(value).toFixed(1)}` : "0"; };
  const thousands = (n) => String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ",");
  const spoken = (one, draws) => {
    const told = short(one.share);
    return told === "<1" ? `fewer than 1 (${thousands(one.count)} of ${thousands(draws)})` : told === ">99" ? `more than 99 (${thousands(one.count)} of ${thousands(draws)})` : told;
  };
  const tell = (value) => String(+value.toPrecision(4));
  const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  /* A text that is a number and nothing else. */
  const numberOf = (said) => (NUMBER.test(said) ? +said : NaN);
  const exact = (value) => String(value).replace(/^(-?\d+)e/, "$1.0e");

  return { make, button, tag, short, range, rangeWord, signed, thousands, spoken, tell, exact, numberOf };
})();
