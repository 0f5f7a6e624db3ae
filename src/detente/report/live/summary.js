/*
 * What the simulations of a state come to: how often the offer is accepted by each test, form and theory; what is
 * replied; who gains; what the answer would be without a reason; which numbers matter. All of it may be asked of the
 * simulations alone in which some numbers lie in a range.
 */

/** @typedef {{share: number, error: number, count: number}} Share  Of the simulations, with its standard error. */

const DetenteSummary = (() => {
  const { TOLERANCE } = DetenteEngine, { keepMost } = DetenteColumns;
  /* As in methods/sensitivity: draws of a group, the fewest groups for an error, groups of the jackknife. */
  const GROUP = 256, FEWEST_GROUPS = 8, THIRDS = 3, JACKKNIFE = 20;

  /** The mean of values by simulation, its error by groups of 256; of few, or of chosen ones, as of independent draws.
   * @param {Float64Array} values @param {Uint8Array | null} kept @returns {Share} */
  function estimate(values, kept) {
    let sum = 0, left = 0;
    for (let d = 0; d < values.length; d++) if (!kept || kept[d]) { sum += values[d]; left++; }
    const groups = Math.floor(values.length / GROUP), share = sum / left;
    let squares = 0;
    if (kept || groups < FEWEST_GROUPS) {
      for (let d = 0; d < values.length; d++) if (!kept || kept[d]) squares += (values[d] - share) ** 2;
      return { share, error: Math.sqrt(squares / (left - 1) / left), count: sum };
    }
    const means = new Float64Array(groups);
    for (let g = 0; g < groups; g++) {
      for (let d = g * GROUP; d < (g + 1) * GROUP; d++) means[g] += values[d];
      means[g] /= GROUP;
    }
    const middle = means.reduce((a, b) => a + b, 0) / groups;
    for (const mean of means) squares += (mean - middle) ** 2;
    return { share, error: Math.sqrt(squares / (groups - 1) / groups), count: sum };
  }

  /** Where a share of rising values lies, between two of them if need be. @param {Float64Array} rising
   * @param {number} share @returns {number} */
  function quantileOf(rising, share) {
    const at = (rising.length - 1) * share, below = Math.floor(at), above = Math.min(below + 1, rising.length - 1);
    return rising[below] + (rising[above] - rising[below]) * (at - below);
  }

  /** @param {Float64Array} count @param {Float64Array} worth @param {Float64Array} most */
  function countBest(count, worth, most) { for (let d = 0; d < count.length; d++) if (worth[d] >= most[d] - TOLERANCE) count[d]++; }
  /** @param {Float64Array} part @param {Float64Array} worth @param {Float64Array} most @param {Float64Array} count */
  function setBestPart(part, worth, most, count) { for (let d = 0; d < part.length; d++) part[d] = worth[d] >= most[d] - TOLERANCE ? 1 / count[d] : 0; }
  /** @param {Float64Array} accepts @param {Float64Array} utility */
  function setAccepts(accepts, utility) { for (let d = 0; d < accepts.length; d++) accepts[d] = utility[d] > TOLERANCE ? 1 : 0; }

  /** A state of the model, summed up. */
  class Summary {
    /** @param {any} engine A DetenteEngine.Engine. */
    constructor(engine) {
      this.engine = engine;
      this.pool = /** @type {Float64Array[]} */ ([]); this.taken = 0;
      this.cells = new Map();
    }
    zeros() {
      if (this.taken === this.pool.length) this.pool.push(new Float64Array(this.engine.draws));
      return this.pool[this.taken++].fill(0);
    }
    /** @param {number} count */
    many(count) { return Array.from({ length: count }, () => this.zeros()); }
    /** What the engine borrows for an answer that no stage keeps. */
    get borrowed() { return /** @type {any} */ ({ zeros: () => this.zeros(), many: (/** @type {number} */ count) => this.many(count) }); }

    /** Which replies are the best, each in its simulations: 1, or a part of it where several are as good.
     * @param {Float64Array[]} worths @param {number} count How many of the first are told. @returns {Float64Array[]} */
    bestParts(worths, count) {
      const most = this.zeros(), best = this.zeros(), parts = this.many(count);
      most.set(worths[0]);
      for (const worth of worths) keepMost(most, worth);
      for (const worth of worths) countBest(best, worth, most);
      parts.forEach((part, r) => setBestPart(part, worths[r], most, best));
      return parts;
    }

    /** @param {Window[]} windows @returns {Uint8Array | null} */
    kept(windows) {
      if (!windows.length) return null;
      const kept = new Uint8Array(this.engine.draws).fill(1), { numbers } = this.engine;
      for (const { path, low, high } of windows) {
        const values = numbers.values[numbers.index.get(path)];
        for (let d = 0; d < kept.length; d++) if (!(values[d] >= low && values[d] <= high)) kept[d] = 0;
      }
      return kept;
    }

    /** The answer by form, theory and test, and all that follows it.
     * @param {Window[]} windows
     * @returns {any} */
    answer(windows) {
      this.taken = 0;
      const { engine } = this, kept = this.kept(windows), { model } = engine, D = engine.draws;
      const left = kept ? kept.reduce((sum, one) => sum + one, 0) : D;
      if (left < 2) return { simulations: D, left, forms: [] };
      const accepts = this.zeros(), first = this.taken;
      const forms = engine.kept.forms.map((/** @type {any} */ form) => {
        const theories = form.answers.map((/** @type {any} */ answer, /** @type {number} */ theory) => {
          this.taken = first;
          setAccepts(accepts, answer.utility);
          const worths = engine.replyWorths(this.borrowed, answer), isMain = theory === model.main_theory;
          const replies = this.bestParts(worths, isMain ? worths.length : 1).map((part) => estimate(part, kept));
          return { strict: estimate(accepts, kept), generous: replies[0], replies };
        });
        return { theories, replies: theories[model.main_theory].replies };
      });
      return { simulations: D, left, forms };
    }

    /** Who gains: the mean, what 5 and 95 of 100 simulations stay below, and how often. Shares of all at stake.
     * @param {Window[]} windows @returns {any} By form and actor. */
    gains(windows) {
      const { engine } = this, kept = this.kept(windows), k = engine.kept, D = engine.draws;
      return k.forms.map((/** @type {any} */ form) => form.gains.map((/** @type {Float64Array} */ gains) => {
        const own = [];
        let sum = 0, often = 0;
        for (let d = 0; d < D; d++) {
          if (kept && !kept[d]) continue;
          const gain = gains[d] * k.calm[d] / k.threatened[d];
          own.push(gain); sum += gain;
          if (gain > TOLERANCE) often++;
        }
        const rising = Float64Array.from(own).sort();
        return { mean: sum / own.length, low: quantileOf(rising, 0.05), high: quantileOf(rising, 0.95), often: often / own.length };
      }));
    }

    /** How often the offer is accepted, by the strict test, if one reason did not count. Reasons in the order of the
     * model; last, what is saved on links. @param {Window[]} windows
     * @returns {Share[][]} By form. */
    without(windows) {
      const { engine } = this, kept = this.kept(windows);
      return engine.kept.forms.map((/** @type {any} */ form) => {
        this.taken = 0;
        const accepts = this.zeros();
        return engine.leaveOut(this.borrowed, form, (/** @type {Float64Array} */ utility) => {
          setAccepts(accepts, utility);
          return estimate(accepts, kept);
        });
      });
    }

    /** In which cell, third by group of the jackknife, each simulation has a number, and how many each cell holds.
     * @param {number} k @returns {{cells: Uint16Array, counts: Float64Array}} */
    cellsOf(k) {
      const shares = this.engine.numbers.sharesOf(k), known = this.cells.get(k);
      if (known && known.shares === shares) return known;
      const counts = new Float64Array(THIRDS * JACKKNIFE);
      const cells = Uint16Array.from(shares, (/** @type {number} */ share, /** @type {number} */ d) => Math.floor(share * THIRDS) * JACKKNIFE + (d % JACKKNIFE));
      for (const cell of cells) counts[cell]++;
      const made = { shares, cells, counts };
      this.cells.set(k, made);
      return made;
    }

    /** What the answer hangs on, by the theory that is told: for each number that varies how often the offer is
     * accepted in the lowest and highest third of its distribution, and how much goes with the third, with its error.
     * @returns {any[]} */
    importance() {
      this.taken = 0;
      const { engine } = this, { model, numbers } = engine;
      const outputs = engine.kept.forms.map((/** @type {any} */ form) => {
        const answer = form.answers[model.main_theory], strict = this.zeros();
        setAccepts(strict, answer.utility);
        const [generous] = this.bestParts(engine.replyWorths(this.borrowed, answer), 1);
        return { strict: centre(strict), generous: centre(generous) };
      });
      const found = [];
      for (let k = 0; k < numbers.paths.length; k++) {
        if (!numbers.varies(k)) continue;
        const thirds = this.cellsOf(k);
        const told = (/** @type {any} */ output) => ({ ...ends(thirds, output), ...firstOrder(thirds, output) });
        found.push({
          path: numbers.paths[k],
          forms: outputs.map((/** @type {any} */ output) => ({ strict: told(output.strict), generous: told(output.generous) })),
        });
      }
      return found;
    }
  }

  /** An output less its mean, with what that was, and its squares by group of the jackknife.
   * @param {Float64Array} output Is written over. */
  function centre(output) {
    const mean = output.reduce((sum, one) => sum + one, 0) / output.length, squares = new Float64Array(JACKKNIFE);
    for (let d = 0; d < output.length; d++) { output[d] -= mean; squares[d % JACKKNIFE] += output[d] * output[d]; }
    return { values: output, mean, squares };
  }

  /** @param {{cells: Uint16Array, counts: Float64Array}} bins @param {{values: Float64Array}} output @returns {Float64Array} */
  function addUp({ cells, counts }, { values }) {
    const sums = new Float64Array(counts.length);
    for (let d = 0; d < values.length; d++) sums[cells[d]] += values[d];
    return sums;
  }

  /** The mean in the lowest and the highest third. @param {any} thirds @param {any} output
   * @returns {{low: number, high: number}} */
  function ends(thirds, output) {
    const sums = addUp(thirds, output);
    const mean = (/** @type {number} */ third) => {
      let sum = 0, count = 0;
      for (let cell = third * JACKKNIFE; cell < (third + 1) * JACKKNIFE; cell++) { sum += sums[cell]; count += thirds.counts[cell]; }
      return output.mean + sum / count;
    };
    return { low: mean(0), high: mean(2) };
  }

  /** The part of the variance that goes with the third in which a number lies (methods/sensitivity/first_order.py), with
   * a jackknife over interleaved groups. @param {any} thirds @param {any} output
   * @returns {{index: number, error: number}} */
  function firstOrder(thirds, output) {
    const sums = addUp(thirds, output), { counts } = thirds, { squares } = output, count = THIRDS;
    const allSums = new Float64Array(count), allCounts = new Float64Array(count), indices = [];
    for (let b = 0, cell = 0; b < count; b++) for (let g = 0; g < JACKKNIFE; g++, cell++) { allSums[b] += sums[cell]; allCounts[b] += counts[cell]; }
    const allSquares = squares.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0);
    for (let left = -1; left < JACKKNIFE; left++) {
      let draws = 0, sum = 0, between = 0, filled = 0;
      for (let b = 0; b < count; b++) {
        const cell = b * JACKKNIFE + left, s = left < 0 ? allSums[b] : allSums[b] - sums[cell], n = left < 0 ? allCounts[b] : allCounts[b] - counts[cell];
        draws += n; sum += s;
        if (n > 0) { between += s * s / n; filled++; }
      }
      const all = left < 0 ? allSquares : allSquares - squares[left];
      const correction = sum * sum / draws, total = all - correction, explained = between - correction;
      indices.push(total > 1e-12 * Math.max(all, 1e-300) ? (explained - (filled - 1) * (total - explained) / (draws - filled)) / total : 0);
    }
    const [index, ...without] = indices, middle = without.reduce((a, b) => a + b, 0) / JACKKNIFE;
    const spread = without.reduce((a, b) => a + (b - middle) ** 2, 0);
    return { index, error: Math.sqrt((JACKKNIFE - 1) / JACKKNIFE * spread) };
  }

  return { Summary, estimate };
})();
