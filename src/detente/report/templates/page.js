async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
}

new Function(await unpacked(document.getElementById("vega").textContent))();
const charts = JSON.parse(await unpacked(document.getElementById("charts").textContent));
const dark = matchMedia("(prefers-color-scheme: dark)");
const names = ["ink", "soft", "line", "paper", "tint", "a", "b", "u", "go", "stop"];
const NARROW = 560;
const drawn = new Map();

function coloured(spec) {
  const style = getComputedStyle(document.documentElement);
  let text = JSON.stringify(spec);
  for (const name of names) text = text.replaceAll(`"@${name}"`, JSON.stringify(style.getPropertyValue(`--${name}`).trim()));
  return JSON.parse(text);
}

async function draw(element, again) {
  const layout = element.clientWidth < NARROW ? "narrow" : "wide";
  const before = drawn.get(element);
  if (before && before.layout === layout && !again) return;
  const entry = { layout };
  drawn.set(element, entry);
  if (before?.view) before.view.finalize();
  const spec = coloured(charts[element.dataset.chart][layout]);
  entry.view = await vegaEmbed(element, spec, { actions: false, renderer: "svg", tooltip: false });
  element.dataset.drawn = layout;
}

const elements = [...document.querySelectorAll("[data-chart]")];
const watch = new ResizeObserver((entries) => entries.forEach((entry) => draw(entry.target, false)));
elements.forEach((element) => watch.observe(element));
dark.addEventListener("change", () => elements.forEach((element) => draw(element, true)));
