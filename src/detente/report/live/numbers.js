/*
 * The numbers of a state: what is set stands at its value, and all others keep their draws; but what earlier bodies
 * taught (methods/offer_model/learning.py) is learnt anew.
 */

/** @typedef {InstanceType<typeof DetenteSampling.Distribution>} Known  What is known of a number. */

const DetenteNumbers = (() => {
  const { hypercubeUniform, scramble, normalQuantile, normalCumulative, Distribution } = DetenteSampling;

  /** How likely what was tried was to work so often, as a logarithm. @param {number[]} trial @param {number} cost
   * @param {number} efficiency @returns {number} */
  function trialLogLikelihood([tried, worked, unlikeness, weight], cost, efficiency) {
    if (!weight) return 0;
    const chance = efficiency * (1 - cost * unlikeness), failed = tried - worked;
    return weight * ((worked > 0 ? worked * Math.log(chance) : 0) + (failed > 0 ? failed * Math.log(1 - chance) : 0));
  }

  /** Numbers that contradict what was seen in earlier bodies. */
  class Contradiction extends Error {}

  /** All numbers in every simulation. Setting one leaves the draws of the others as they are. */
  class Numbers {
    /** @param {Description} model @param {number} draws */
    constructor(model, draws) {
      const n = model.numbers;
      this.model = model; this.draws = draws; this.paths = /** @type {string[]} */ (n.path);
      this.index = new Map(this.paths.map((path, k) => [path, k]));
      this.own = this.paths.map((_, k) => new Distribution(n.form[k], n.parameters[k], n.low[k], n.high[k], n.cut[k]));
      this.set = /** @type {Map<number, number>} */ (new Map());
      this.shares = /** @type {(Float64Array | undefined)[]} */ ([]);
      this.drawn = /** @type {(Float64Array | undefined)[]} */ ([]);
      this.spare = /** @type {(Float64Array | undefined)[]} */ ([]);
      this.values = /** @type {Float64Array[]} */ ([]);
      this.taughtDraws = new Map();
      this.groups = new Map();
      for (const group of model.together) {
        for (const k of group.numbers) this.groups.set(k, [group, 1]);
        for (const k of group.opposed) this.groups.set(k, [group, -1]);
      }
      this.taught = new Map(model.learning.taught.map((/** @type {any} */ one) => [one.efficiency, one.trials]));
      const lessons = [...this.taught.keys(), ...model.learning.cost_trials.map((/** @type {any} */ one) => one[0])];
      this.learning = new Set(lessons.length ? [...lessons, model.learning.cost] : []);
      this.paths.forEach((_, k) => { this.values[k] = this.draw(k); });
      this.isUntaught = this.learning.size > 0;
    }

    /** @param {number} k @returns {boolean} Whether a number is uncertain in this state. */
    varies(k) { return this.own[k].varies && !this.set.has(k); }

    /** The shares of its distribution at which a number stands. @param {number} k @returns {Float64Array} */
    sharesOf(k) {
      const known = this.shares[k];
      if (known) return known;
      const u = new Float64Array(this.draws), keys = this.model.numbers.keys[k];
      if (this.model.sobol) this.fillSobol(k, u);
      else for (let d = 0; d < this.draws; d++) u[d] = hypercubeUniform(d, keys);
      const [group, sign] = this.groups.get(k) || [null, 1];
      if (group) {
        const common = Math.sqrt(group.shared) * sign, own = Math.sqrt(1 - group.shared);
        for (let d = 0; d < this.draws; d++) {
          u[d] = normalCumulative(common * normalQuantile(hypercubeUniform(d, group.keys)) + own * normalQuantile(u[d]));
        }
      }
      return (this.shares[k] = u);
    }

    /** The dimension of a net goes by rank among the numbers that vary. @param {number} k @param {Float64Array} u */
    fillSobol(k, u) {
      const { order, directions, keys, size } = this.model.sobol;
      const rank = order.filter((/** @type {number} */ other) => this.varies(other)).indexOf(k), steps = directions[rank];
      let point = 0;
      for (let d = 0; d < this.draws; d++) {
        const place = d % size;
        if (place === 0) point = 0;
        else point = (point ^ steps[31 - Math.clz32(place & -place)]) >>> 0;
        u[d] = (scramble(point, keys[k][(d - place) / size]) + 0.5) * 2 ** -32;
      }
    }

    /** @param {number} k @returns {Float64Array} */
    draw(k) {
      const value = this.set.get(k);
      if (value !== undefined || !this.own[k].varies) {
        const spare = this.spare[k] || (this.spare[k] = new Float64Array(this.draws));
        return spare.fill(value === undefined ? this.own[k].p[0] : value);
      }
      const known = this.drawn[k];
      if (known) return known;
      const drawn = new Float64Array(this.draws), shares = this.sharesOf(k), own = this.own[k];
      for (let d = 0; d < this.draws; d++) drawn[d] = own.quantile(shares[d]);
      return (this.drawn[k] = drawn);
    }

    /** Sets numbers. @param {Setting} setting @returns {number[]} The numbers that differ from the last state. */
    move(setting) {
      const next = new Map(Object.entries(setting).map(([path, value]) => {
        const k = this.index.get(path);
        if (k === undefined) throw new Error(`the model has no number ${path}`);
        return [k, value];
      }));
      const moved = new Set([...next.keys(), ...this.set.keys()].filter((k) => next.get(k) !== this.set.get(k)));
      const wereSet = [...this.set.keys()].sort().join(), areSet = [...next.keys()].sort().join();
      this.set = next;
      if (this.model.sobol && wereSet !== areSet) {
        this.shares = []; this.drawn = [];
        this.paths.forEach((_, k) => { if (this.own[k].varies) moved.add(k); });
      }
      for (const k of moved) this.values[k] = this.draw(k);
      if (this.isUntaught || [...moved].some((k) => this.learning.has(k))) {
        this.isUntaught = true;  // until nothing that is set contradicts what was seen
        this.learn();
        this.isUntaught = false;
        for (const k of this.learning) moved.add(k);
      }
      return [...moved];
    }

    /** @param {number} k @returns {Known} */
    distribution(k) {
      const value = this.set.get(k);
      return value === undefined ? this.own[k] : new Distribution("value", [value], this.own[k].low, this.own[k].high, null);
    }

    /** What earlier bodies taught, by Bayes, as in methods/offer_model/learning.py. */
    learn() {
      const { cost, cost_trials: trials } = this.model.learning;
      const before = this.distribution(cost);
      let after = before;
      if (before.varies && trials.length) {
        const [costs, prior] = before.grid(200);
        const logs = costs.map(() => 0);
        for (const [efficiency, ...trial] of trials) {
          const [chances, weights] = this.distribution(efficiency).grid(100);
          costs.forEach((one, c) => {
            const terms = chances.map((chance) => trialLogLikelihood(trial, one, chance));
            const most = Math.max(...terms), shift = isFinite(most) ? most : 0;
            let mean = 0;
            terms.forEach((term, e) => { mean += Math.exp(term - shift) * weights[e]; });
            logs[c] += shift + Math.log(mean);
          });
        }
        const possible = logs.filter((one, c) => prior[c] > 0 && isFinite(one));
        if (!possible.length) throw new Contradiction("what was seen is impossible by every value");
        const most = Math.max(...possible);
        const weights = costs.map((_, c) => (prior[c] > 0 && isFinite(logs[c]) ? prior[c] * Math.exp(logs[c] - most) : 0));
        const total = weights.reduce((sum, one) => sum + one, 0);
        after = new Distribution("discrete", [...costs, ...weights.map((one) => one / total)], before.low, before.high, null);
        const values = (this.drawn[cost] = new Float64Array(this.draws));
        const shares = this.sharesOf(cost);
        for (let d = 0; d < this.draws; d++) values[d] = after.quantile(shares[d]);
        this.values[cost] = values;
      }
      for (const [efficiency, trials] of this.taught) {
        if (!this.varies(efficiency)) { this.values[efficiency] = this.draw(efficiency); continue; }
        this.values[efficiency] = this.drawTaught(efficiency, trials, after, this.values[cost]);
      }
    }

    /** @param {number} k @param {number[][]} trials @param {Known} cost @param {Float64Array} costOf
     * @returns {Float64Array} */
    drawTaught(k, trials, cost, costOf) {
      const costs = cost.form === "discrete" ? [...new Set(cost.points)].sort((a, b) => a - b) : [...new Set(costOf)].sort((a, b) => a - b);
      const row = new Map(costs.map((one, c) => [one, c]));
      const [values, prior] = this.own[k].grid(100), shares = this.sharesOf(k);
      const lines = costs.map((one, c) => {
        const logs = values.map((value, v) => (prior[v] > 0 ? trials.reduce((sum, trial) => sum + trialLogLikelihood(trial, one, value), 0) : -Infinity));
        const most = Math.max(...logs);
        if (!isFinite(most)) throw new Contradiction("what was seen is impossible by every efficiency");
        const weights = logs.map((log, v) => prior[v] * Math.exp(log - most)), total = weights.reduce((a, b) => a + b, 0);
        let sum = 0;
        return weights.map((weight) => Math.min((sum += weight / total), 1) + c);
      });
      const out = this.taughtDraws.get(k) || new Float64Array(this.draws);
      this.taughtDraws.set(k, out);
      for (let d = 0; d < this.draws; d++) {
        const c = /** @type {number} */ (row.get(costOf[d])), line = lines[c], at = c + shares[d];
        let low = 0, high = line.length;
        while (low < high) { const middle = (low + high) >> 1; if (line[middle] < at) low = middle + 1; else high = middle; }
        out[d] = values[Math.min(low, values.length - 1)];
      }
      return out;
    }
  }

  return { Numbers, Contradiction };
})();
