/* A number as a lever: a slider, a field for an exact value, and a way back. */

/** @param {{path: string, id: string, name: string, from: number, to: number, low: number, high: number, rest: () => number,
 * estimate: () => string}} one  Where the slider begins and ends, between which the number can lie, where the handle
 * rests while nothing is set, and the estimate in words.
 * @returns {{box: HTMLElement, sync: () => void}} */
const detenteSlider = ({ path, id, name, from, to, low, high, rest, estimate }) => {
  const { state, set } = DetentePage, { make, button, tell, numberOf } = DetenteText;
  const step = 10 ** Math.floor(Math.log10(((to - from) || 1) / 50));
  const REST = "as estimated", output = make("output", { for: id, "aria-live": "off" }), ends = make("span"), fault = make("small", { class: "fault", role: "alert" });
  const slider = make("input", { type: "range", id, min: String(from), max: String(to), step: String(step), "data-lever": path });
  const typed = make("input", { type: "number", step: "any", "aria-label": `${name}: exact value`, placeholder: "exact" });
  const move = (said) => { fault.textContent = ""; set({ [path]: said === "" ? "" : String(+said) }); };
  const back = button("As estimated", () => { move(""); slider.focus(); });
  const least = Number.isFinite(low), most = Number.isFinite(high);
  const allowed = least && most ? ` from ${tell(low)} to ${tell(high)}` : least ? ` of ${tell(low)} or more` : most ? ` of ${tell(high)} or less` : "";
  slider.addEventListener("input", () => move(slider.value));
  typed.addEventListener("change", () => {
    const said = typed.value.trim(), value = numberOf(said);
    if (typed.validity.badInput || (said !== "" && !(value >= low && value <= high))) fault.textContent = `Give a number${allowed}.`; else move(said);
  });
  /* A key that keeps simulations holds no number to set. */
  const sync = () => {
    const said = state.set[path], isSet = said !== undefined && Number.isFinite(numberOf(said));
    slider.value = isSet ? said : String(rest());
    output.textContent = isSet ? tell(+said) : REST;
    ends.textContent = `estimate: ${estimate()}`;
    slider.setAttribute("aria-valuetext", isSet ? tell(+said) : `${REST}, ${estimate()}`);
    if (document.activeElement !== typed) typed.value = isSet ? said : "";
    back.hidden = !isSet;
  };
  const box = make("div", { class: "lever" }, make("label", { for: id }, name, " ", output), slider,
    make("div", { class: "ends" }, make("span", {}, tell(from)), ends, make("span", {}, tell(to))), make("div", { class: "exact" }, typed, back, fault));
  return { box, sync };
};
