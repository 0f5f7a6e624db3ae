/* Pictures of a setting, drawn as `pictures.html` draws those of the report: tables whose middle cells hold marks. */

const DetentePictures = (() => {
  const { make, short, range, rangeWord, signed } = DetenteText;
  const SVG = "http://www.w3.org/2000/svg";
  const mark = (name, attributes) => { const node = document.createElementNS(SVG, name); for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value); return node; };
  const bars = (row, axis, scale) => {
    const svg = mark("svg", { "aria-hidden": "true" }), at = (value) => Math.min(Math.max(100 * (value - scale[0]) / (scale[1] - scale[0]), 0), 100);
    if (axis === "signed") svg.append(mark("line", { class: "zero", x1: "50%", x2: "50%", y1: "0", y2: "2.05rem" }));
    row.forEach((bar, i) => {
      if (!bar) return;
      const y = row.length === 1 ? "1.02rem" : i === 0 ? "0.6rem" : "1.44rem", isHollow = row.length > 1 && i === 0;
      let a = at(bar.low), b = at(bar.high);
      if (b - a < 0.6) { const middle = Math.min(Math.max((a + b) / 2, 0.3), 99.7); a = middle - 0.3; b = middle + 0.3; }
      const line = (kind) => mark("line", { class: kind, x1: `${a}%`, x2: `${b}%`, y1: y, y2: y });
      if (bar.dot !== undefined) svg.append(line("thin"), mark("circle", { class: isHollow ? "hollow" : "solid", cx: `${at(bar.dot)}%`, cy: y, r: ".33rem" }));
      else if (isHollow) svg.append(line("ro"), line("ri"));
      else svg.append(line("c"));
    });
    return svg;
  };
  const barText = (axis, bar) => (!bar ? "" : axis === "signed" ? signed(bar.dot) : range(bar.low, bar.high));
  const valueCell = (axis, bar, name) => {
    const cell = make("td", { class: "v", "data-k": name }, barText(axis, bar));
    if (bar && axis === "likelihood") cell.append(" ", make("span", { class: "word" }, rangeWord(bar.low, bar.high)));
    return cell;
  };
  const rangeTable = (forms, { measure, heading, axis, words = null, rows }) => {
    const most = axis === "signed" ? Math.max(0.01, ...rows.flatMap((row) => row.bars.filter(Boolean).flatMap((bar) => [Math.abs(bar.low), Math.abs(bar.high)]))) : 1;
    const scale = axis === "signed" ? [-most, most] : [0, 1], plot = axis === "likelihood" ? "plot" : "plot plain";
    const head = make("tr", {}, make("th", { scope: "col", class: "hide" }, heading), make("th", { scope: "col", class: "hide" }, make("span", { class: "sr" }, "Drawn"), ...(words ? [words.cloneNode(true)] : [])),
      ...forms.map(({ name }, i) => make("th", { scope: "col", class: "v" }, ...(forms.length > 1 ? [make("span", { class: i ? "key full" : "key", "aria-hidden": "true" })] : []), name)));
    const body = rows.map((row) => make("tr", row.isBase ? { class: "base" } : {},
      make("th", { scope: "row" }, row.label, ...(row.note ? [make("small", {}, row.note)] : [])),
      make("td", { class: plot }, bars(row.bars, axis, scale)), ...row.bars.map((bar, i) => valueCell(axis, bar, forms[i].name))));
    /** @type {[number, string][]} */
    const marks = axis === "signed" ? [[0, `${signed(-most)} %`], [50, "0"], [100, `${signed(most)} %`]] : (axis === "likelihood" ? [0, 20, 45, 55, 80, 100] : [0, 25, 50, 75, 100]).map((at) => /** @type {[number, string]} */ ([at, String(at)]));
    const ticks = make("div", { class: "ticks" }, ...marks.map(([at, said]) => make("span", { class: at < 4 ? "l" : at > 96 ? "r" : "", style: `left:${at}%` }, said)));
    return make("table", { class: "rows mine" }, make("caption", { class: "sr" }, `${measure}, with your setting`), make("thead", {}, head), make("tbody", {}, ...body),
      make("tfoot", { "aria-hidden": "true" }, make("tr", {}, make("td", { class: "hide right" }, measure), make("td", {}, ticks, make("span", { class: "measure-foot" }, measure)), ...forms.map(() => make("td", { class: "hide" })))));
  };
  const stackedTable = (names, rows) => {
    return [make("table", { class: "stk" }, make("caption", { class: "sr" }, "of 100 simulations, with your setting"),
      make("thead", { class: "sr" }, make("tr", {}, ...["Way", "Drawn", ...names].map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...rows.map(({ label, shares }) => make("tr", {}, make("th", { scope: "row" }, label),
        make("td", { "aria-hidden": "true" }, make("div", {}, ...shares.map((share, r) => make("i", { class: `s${r + 1}`, style: `flex:${100 * share}` }, share >= 0.045 ? short(share) : "")))),
        ...shares.map((share) => make("td", { class: "sr" }, short(share))))))),
    make("ul", { class: "legend" }, ...names.map((name, r) => make("li", {}, make("i", { class: `s${r + 1}` }), name)))];
  };
  const plainTable = (headings, rows) => make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of your setting" },
    make("table", { class: "data" }, make("thead", {}, make("tr", {}, ...headings.map((one) => make("th", { scope: "col" }, one)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((one) => make("td", {}, one)))))));

  return { bars, valueCell, rangeTable, stackedTable, plainTable };
})();
