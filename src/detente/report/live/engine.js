"use strict";
/*
 * The model of an offer, worked out in a browser: the same numbers, simulation by simulation, as the Python package.
 *
 * It reads one description (`engine_model.py` says how that is laid out) and knows nothing of any case. The steps are
 * those of the compiled evaluation in `methods/offer_model/kernels`, in the same order, so that a count is a count:
 * simulations are the inner loops, and whole numbers make the draws. A state sets some numbers to a value; all others
 * keep their draws. What the last state has in common with the next is not worked out again: every stage owns its
 * arrays and writes them again.
 *
 * @typedef {Record<string, any>} Description  Laid out by `engine_model.py`.
 * @typedef {Record<string, number>} Setting  Values of some numbers, by path.
 * @typedef {{path: string, low: number, high: number}} Window  The simulations in which a number lies in a range.
 */
const DetenteEngine = (() => {
  const TOLERANCE = 1e-9, NONE = -1, GROUP = 256, FEWEST_GROUPS = 8, BINS = 32, JACKKNIFE = 20;
  const RELATIVE = 0, GAIN = 1, FEAR = 3, NORMS = 4, SHIELD = 5;
  const imul = Math.imul;

  /* ---- Draws: 32-bit whole numbers, as in methods/sampling/keyed_hypercube.py. ---- */

  /** @param {number} x @returns {number} */
  function mixWord(x) {
    x ^= x >>> 16; x = imul(x, 0x7feb352d);
    x ^= x >>> 15; x = imul(x, 0x846ca68b);
    return (x ^ (x >>> 16)) >>> 0;
  }

  /** @param {number} x @param {number} key @returns {number} */
  function permuteByte(x, key) {
    x = (x + key) & 255; x = imul(x, (key >>> 7) | 1) & 255; x ^= x >>> 4;
    x = (x + (key >>> 16)) & 255; x = imul(x, (key >>> 22) | 1) & 255; x ^= x >>> 3;
    const other = imul(key, 0x9e3779b1);
    x = (x + (other >>> 24)) & 255; x = imul(x, (other >>> 11) | 1) & 255; x ^= x >>> 5;
    return (imul(x, (other >>> 3) | 1) + (other >>> 17)) & 255;
  }

  /** A draw of a stream as a share. @param {number} index @param {number[]} keys @returns {number} */
  function hypercubeUniform(index, [first, second]) {
    const groupKey = mixWord(mixWord(((index >>> 8) + first) | 0) ^ second);
    const place = mixWord(mixWord((index + second) | 0) ^ first);
    return (((permuteByte(index & 255, groupKey) << 24) | (place >>> 8)) >>> 0) * 2 ** -32 + 2 ** -33;
  }

  const REVERSALS = [[1, 0x55555555], [2, 0x33333333], [4, 0x0f0f0f0f], [8, 0x00ff00ff], [16, 0x0000ffff]];
  const MULTIPLIERS = [0x6c50b47c, 0xb82f1e52, 0xc7afe638, 0x8d22f6e6];
  /** @param {number} word @returns {number} */
  function reverseBits(word) {
    for (const [shift, mask] of REVERSALS) word = ((word >>> shift) & mask) | ((word & mask) << shift);
    return word >>> 0;
  }
  /** A point of a Sobol net, scrambled. @param {number} point @param {number[]} keys @returns {number} */
  function scramble(point, keys) {
    let word = reverseBits(point);
    for (const key of keys) {
      word = (word + key) | 0;
      for (const multiplier of MULTIPLIERS) word ^= imul(word, multiplier);
    }
    return reverseBits(word);
  }

  /* ---- Distributions, as in methods/sampling. ---- */

  const POLYNOMIALS = [
    [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
    [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077,
      21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852854561],
    [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
      1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
    [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455,
      0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9],
    [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
      0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
    [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525,
      7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15],
  ];
  /** @param {number} row @param {number} x @returns {number} */
  function ratio(row, x) {
    const above = POLYNOMIALS[row], below = POLYNOMIALS[row + 1];
    let a = above[7], b = below[7];
    for (let k = 6; k >= 0; k--) { a = a * x + above[k]; b = b * x + below[k]; }
    return a / b;
  }
  /** Quantile of the standard normal distribution (Wichura 1988). @param {number} u @returns {number} */
  function normalQuantile(u) {
    const distance = u - 0.5;
    if (Math.abs(distance) <= 0.425) {
      const x = 0.180625 - distance * distance;
      const above = POLYNOMIALS[0], below = POLYNOMIALS[1];
      let a = above[7], b = below[7];
      for (let k = 6; k >= 0; k--) { a = a * x + above[k]; b = b * x + below[k]; }
      return distance * a / b;
    }
    const tail = Math.sqrt(-Math.log(distance < 0 ? u : 1 - u));
    const size = tail <= 5 ? ratio(2, tail - 1.6) : ratio(4, tail - 5);
    return distance < 0 ? -size : size;
  }

  /** The share of the standard normal distribution below z, from scratch: a series near 0, a continued fraction
   * beyond. @param {number} z @returns {number} */
  function slowNormalCumulative(z) {
    const x = Math.abs(z);
    if (x > 38.5) return z < 0 ? 0 : 1;
    const density = Math.exp(-x * x / 2) / SQRT_2_PI;
    if (x < 3) {
      let term = x, sum = x;
      for (let k = 3; term > sum * 1e-17; k += 2) { term *= x * x / k; sum += term; }
      return z < 0 ? 0.5 - density * sum : 0.5 + density * sum;
    }
    let fraction = 0;
    for (let k = 60; k > 0; k--) fraction = k / (x + fraction);
    const tail = density / (x + fraction);
    return z < 0 ? tail : 1 - tail;
  }
  const SQRT_2_PI = Math.sqrt(2 * Math.PI), GRID = 32, REACH = 8;
  const GRID_SHARES = Float64Array.from({ length: 2 * REACH * GRID + 1 }, (_, k) => slowNormalCumulative(k / GRID - REACH));
  const GRID_DENSITIES = GRID_SHARES.map((_, k) => Math.exp(-((k / GRID - REACH) ** 2) / 2) / SQRT_2_PI);
  /** The same by Taylor's series about the nearest point of a grid, at most a 64th away.
   * @param {number} z @returns {number} */
  function normalCumulative(z) {
    if (!(z > -REACH && z < REACH)) return slowNormalCumulative(z);
    const k = Math.round((z + REACH) * GRID), x = k / GRID - REACH, t = z - x;
    let before = 0, derivative = GRID_DENSITIES[k], power = t, sum = GRID_SHARES[k] + derivative * t;
    for (let order = 1; order < 9; order++) {
      const next = -x * derivative - (order - 1) * before;
      before = derivative; derivative = next; power *= t * RECIPROCALS[order];
      sum += derivative * power;
    }
    return sum;
  }
  const RECIPROCALS = Float64Array.from({ length: 10 }, (_, order) => 1 / (order + 1));

  /** The logarithm of the gamma function, by Stirling's series after a shift. @param {number} x @returns {number} */
  function logGamma(x) {
    let shift = 0;
    while (x < 15) { shift -= Math.log(x); x += 1; }
    const s = 1 / (x * x);
    const series = (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188 - s * 691 / 360360))))) / x;
    return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
  }
  /** Share of a beta distribution below x: Lentz' continued fraction. @param {number} a @param {number} b @param {number} x
   * @returns {number} */
  function betaCumulative(a, b, x) {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    if (x > (a + 1) / (a + b + 2)) return 1 - betaCumulative(b, a, 1 - x);
    const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
    let c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), f = d;
    for (let m = 1; m < 500; m++) {
      let t = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / (1 + t * d); c = 1 + t / c; f *= d * c;
      t = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / (1 + t * d); c = 1 + t / c;
      f *= d * c;
      if (Math.abs(d * c - 1) < 1e-16) break;
    }
    return front * f;
  }
  /** Quantile of a beta distribution: Newton's steps, kept inside a bracket. @param {number} a @param {number} b
   * @param {number} u @returns {number} */
  function betaQuantile(a, b, u) {
    let low = 0, high = 1, x = a / (a + b);
    const log = logGamma(a + b) - logGamma(a) - logGamma(b);
    for (let k = 0; k < 200; k++) {
      const miss = betaCumulative(a, b, x) - u;
      if (miss > 0) high = x; else low = x;
      const step = miss / Math.exp(log + (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x));
      let next = x - step;
      if (!(next > low && next < high)) next = (low + high) / 2;
      if (Math.abs(next - x) <= 2e-16 * x) return next;
      x = next;
    }
    return x;
  }

  /** @param {number[]} chances @returns {number[]} Those of a discrete number, added up to 1 one after another. */
  function cumulate(chances) {
    const total = chances.reduce((sum, one) => sum + one, 0);
    let sum = 0;
    return chances.map((one) => (sum += one / total));
  }
  /** @param {number[] | Float64Array} line rising @param {number} value @returns {number} How many are at most that. */
  function countUpTo(line, value) {
    let low = 0, high = line.length;
    while (low < high) { const middle = (low + high) >> 1; if (line[middle] <= value) low = middle + 1; else high = middle; }
    return low;
  }

  /** What is known of a number. */
  class Distribution {
    /** @param {string} form @param {number[]} parameters @param {number | null} low @param {number | null} high
     * @param {number[] | null} cut The shares below the two limits. */
    constructor(form, parameters, low, high, cut) {
      this.form = form; this.p = parameters; this.cut = cut || [0, 1];
      this.low = low === null ? -Infinity : low; this.high = high === null ? Infinity : high;
      const half = parameters.length >> 1;
      this.points = form === "discrete" ? parameters.slice(0, half) : [];
      this.line = form === "discrete" ? cumulate(parameters.slice(half)) : [];
    }
    get varies() { return this.form !== "value"; }

    /** The value below which a share lies. @param {number} u @returns {number} */
    quantile(u) {
      const p = this.p;
      switch (this.form) {
        case "uniform": return p[0] + (p[1] - p[0]) * u;
        case "triangular": {
          const [a, b, c] = p;
          return u < (b - a) / (c - a) ? a + Math.sqrt(u * (c - a) * (b - a)) : c - Math.sqrt((1 - u) * (c - a) * (c - b));
        }
        case "normal": case "lognormal": {
          const [below, above] = this.cut;
          const value = p[0] + p[1] * normalQuantile(above - below < 1 ? below + (above - below) * u : u);
          return Math.min(Math.max(this.form === "lognormal" ? Math.exp(value) : value, this.low), this.high);
        }
        case "beta": return betaQuantile(p[0], p[1], u);
        case "discrete": return this.points[Math.min(countUpTo(this.line, u), this.points.length - 1)];
        default: return p[0];
      }
    }

    /** Values with weights, for sums over it, as in methods/sampling/density_grid.py. @param {number} count
     * @returns {[number[], number[]]} */
    grid(count) {
      const p = this.p;
      let values = /** @type {number[]} */ ([]), weights = /** @type {number[]} */ ([]);
      if (this.form === "value" || this.form === "discrete") {
        const points = this.form === "value" ? [p[0]] : this.points;
        points.forEach((value, k) => {
          const chance = this.form === "value" ? 1 : this.line[k] - (k ? this.line[k - 1] : 0);
          if (value >= this.low && value <= this.high && chance > 0) { values.push(value); weights.push(chance); }
        });
      } else {
        const own = { uniform: [p[0], p[p.length - 1]], triangular: [p[0], p[p.length - 1]], beta: [0, 1] };
        const [first, last] = /** @type {any} */ (own)[this.form] || [this.low, this.high];
        const lower = Math.max(this.low, first), upper = Math.min(this.high, last);
        for (let k = 0; k < count; k++) values.push(lower + (upper - lower) * (k + 0.5) / count);
        const logs = values.map((value) => this.logDensity(value)), most = Math.max(...logs);
        weights = logs.map((one) => Math.exp(one - most));
      }
      const total = weights.reduce((sum, one) => sum + one, 0);
      return [values, weights.map((one) => one / total)];
    }
    /** @param {number} x @returns {number} The logarithm of the density, but for a constant. */
    logDensity(x) {
      const p = this.p;
      switch (this.form) {
        case "triangular": return Math.log(Math.min(p[1] > p[0] ? (x - p[0]) / (p[1] - p[0]) : 1, p[2] > p[1] ? (p[2] - x) / (p[2] - p[1]) : 1));
        case "normal": return -0.5 * ((x - p[0]) / p[1]) ** 2;
        case "lognormal": return -0.5 * ((Math.log(x) - p[0]) / p[1]) ** 2 - Math.log(x);
        case "beta": return (p[0] - 1) * Math.log(x) + (p[1] - 1) * Math.log1p(-x);
        default: return 0;
      }
    }
  }

  /** How likely what was tried was to work so often, as a logarithm. @param {number[]} trial @param {number} cost
   * @param {number} efficiency @returns {number} */
  function trialLogLikelihood([tried, worked, unlikeness, weight], cost, efficiency) {
    if (!weight) return 0;
    const chance = efficiency * (1 - cost * unlikeness), failed = tried - worked;
    return weight * ((worked > 0 ? worked * Math.log(chance) : 0) + (failed > 0 ? failed * Math.log(1 - chance) : 0));
  }

  /* ---- The numbers of a state. ---- */

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
      this.groups = new Map();
      for (const group of model.together) {
        for (const k of group.numbers) this.groups.set(k, [group, 1]);
        for (const k of group.opposed) this.groups.set(k, [group, -1]);
      }
      this.taught = new Map(model.learning.taught.map((/** @type {any} */ one) => [one.efficiency, one.trials]));
      const lessons = [...this.taught.keys(), ...model.learning.cost_trials.map((/** @type {any} */ one) => one[0])];
      this.learning = new Set(lessons.length ? [...lessons, model.learning.cost] : []);
      this.paths.forEach((_, k) => { this.values[k] = this.draw(k); });
      if (this.learning.size) this.learn();
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
      if ([...moved].some((k) => this.learning.has(k))) {
        this.learn();
        for (const k of this.learning) moved.add(k);
      }
      return [...moved];
    }

    /** @param {number} k @returns {Distribution} */
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
        if (!possible.length) throw new Error("what was seen is impossible by every value");
        const most = Math.max(...possible);
        const weights = costs.map((_, c) => (prior[c] > 0 && isFinite(logs[c]) ? prior[c] * Math.exp(logs[c] - most) : 0));
        const total = weights.reduce((sum, one) => sum + one, 0);
        after = new Distribution("discrete", [...costs, ...weights.map((one) => one / total)], before.low, before.high, null);
        const values = this.own[cost].varies && !this.set.has(cost) ? (this.drawn[cost] = new Float64Array(this.draws)) : this.values[cost];
        const shares = this.sharesOf(cost);
        for (let d = 0; d < this.draws; d++) values[d] = after.quantile(shares[d]);
        this.values[cost] = values;
      }
      for (const [efficiency, trials] of this.taught) {
        if (!this.varies(efficiency)) { this.values[efficiency] = this.draw(efficiency); continue; }
        this.values[efficiency] = this.drawTaught(efficiency, trials, after, this.values[cost]);
      }
    }

    /** @param {number} k @param {number[][]} trials @param {Distribution} cost @param {Float64Array} costOf
     * @returns {Float64Array} */
    drawTaught(k, trials, cost, costOf) {
      const costs = cost.form === "discrete" ? [...new Set(cost.points)].sort((a, b) => a - b) : [...new Set(costOf)].sort((a, b) => a - b);
      const row = new Map(costs.map((one, c) => [one, c]));
      const [values, prior] = this.own[k].grid(100), shares = this.sharesOf(k);
      const lines = costs.map((one, c) => {
        const logs = values.map((value, v) => (prior[v] > 0 ? trials.reduce((sum, trial) => sum + trialLogLikelihood(trial, one, value), 0) : -Infinity));
        const most = Math.max(...logs);
        if (!isFinite(most)) throw new Error("what was seen is impossible by every efficiency");
        const weights = logs.map((log, v) => prior[v] * Math.exp(log - most)), total = weights.reduce((a, b) => a + b, 0);
        let sum = 0;
        return weights.map((weight) => Math.min((sum += weight / total), 1) + c);
      });
      const drawn = this.taughtDraws || (this.taughtDraws = new Map());
      const out = drawn.get(k) || new Float64Array(this.draws);
      drawn.set(k, out);
      for (let d = 0; d < this.draws; d++) {
        const c = /** @type {number} */ (row.get(costOf[d])), line = lines[c], at = c + shares[d];
        let low = 0, high = line.length;
        while (low < high) { const middle = (low + high) >> 1; if (line[middle] < at) low = middle + 1; else high = middle; }
        out[d] = values[Math.min(low, values.length - 1)];
      }
      return out;
    }
  }

  /* ---- Sums over simulations. Small functions, each for arrays of one kind, are what browsers make fast. ---- */

  /** @typedef {Float64Array} Column  A value in every simulation. */
  /** @param {Column} out @param {Column} a */
  function add(out, a) { for (let d = 0; d < out.length; d++) out[d] += a[d]; }
  /** @param {Column} out @param {Column} a */
  function multiply(out, a) { for (let d = 0; d < out.length; d++) out[d] *= a[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b */
  function addProduct(out, a, b) { for (let d = 0; d < out.length; d++) out[d] += a[d] * b[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b @param {Column} c */
  function addProductOfThree(out, a, b, c) { for (let d = 0; d < out.length; d++) out[d] += a[d] * b[d] * c[d]; }
  /** @param {Column} out @param {number} share @param {Column} a */
  function addShare(out, share, a) { for (let d = 0; d < out.length; d++) out[d] += share * a[d]; }
  /** @param {Column} out @param {number} share @param {Column} power @param {Column} a */
  function addDecayedShare(out, share, power, a) { for (let d = 0; d < out.length; d++) out[d] += share * power[d] * a[d]; }
  /** @param {Column} out @param {Column} all @param {Column} undone @param {Column} joint */
  function takeUndone(out, all, undone, joint) { for (let d = 0; d < out.length; d++) out[d] = all[d] - undone[d] * joint[d]; }
  /** @param {Column} out @param {number} share @param {Column} a */
  function setShare(out, share, a) { for (let d = 0; d < out.length; d++) out[d] = share * a[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b */
  function setProduct(out, a, b) { for (let d = 0; d < out.length; d++) out[d] = a[d] * b[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b */
  function setRatio(out, a, b) { for (let d = 0; d < out.length; d++) out[d] = a[d] / b[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b @param {Column} c */
  function setSumWithProduct(out, a, b, c) { for (let d = 0; d < out.length; d++) out[d] = a[d] + b[d] * c[d]; }
  /** @param {Column} out @param {Column} a */
  function keepLeast(out, a) { for (let d = 0; d < out.length; d++) if (a[d] < out[d]) out[d] = a[d]; }
  /** @param {Column} out @param {Column} a */
  function keepMost(out, a) { for (let d = 0; d < out.length; d++) if (a[d] > out[d]) out[d] = a[d]; }
  /** @param {Column} out @param {Column} exponent @param {number} log */
  function setPower(out, exponent, log) { for (let d = 0; d < out.length; d++) out[d] = Math.exp(exponent[d] * log); }

  /** What an offer is worth once its worth is known. @param {Column} out @param {Column} utility @param {Column} sd */
  function setInformedWorth(out, utility, sd) {
    for (let d = 0; d < out.length; d++) {
      const u = utility[d], s = sd[d];
      if (s > 0) { const z = u / s; out[d] = s * Math.exp(-z * z / 2) / SQRT_2_PI + u * normalCumulative(z); }
      else out[d] = u > 0 ? u : 0;
    }
  }
  /** @param {Column} out @param {Column} utility @param {Column} grave @param {Column} beta @param {Column} hazard */
  function setWorthOfAccepting(out, utility, grave, beta, hazard) {
    for (let d = 0; d < out.length; d++) out[d] = ((1 - beta[d]) * utility[d] + beta[d] * hazard[d] * grave[d]) / (1 - beta[d] * (1 - hazard[d]));
  }
  /** @param {Column} out @param {Column[]} terms Of the reply: once, each, brings, kept, informs. @param {Column} beta
   * @param {Column} hazard @param {Column} grave @param {Column} informed */
  function setWorthOfReply(out, [once, each, brings, kept, informs], beta, hazard, grave, informed) {
    for (let d = 0; d < out.length; d++) {
      const b = beta[d], h = hazard[d], q = informs[d], s = kept[d], later = h * (grave[d] > 0 ? grave[d] : 0) + (1 - h) * q * informed[d];
      out[d] = -(1 - b) * once[d] + ((1 - b) * (brings[d] - each[d]) + b * s * later) / (1 - b * s * (1 - h) * (1 - q));
    }
  }

  /* ---- Arrays that a stage owns: made once, written again. Else the browser spends its time collecting them. ---- */

  class Pool {
    /** @param {number} length */
    constructor(length) { this.length = length; this.arrays = /** @type {Float64Array[]} */ ([]); this.taken = 0; }
    restart() { this.taken = 0; }
    /** @returns {Float64Array} Of zeros. */
    zeros() {
      const known = this.arrays[this.taken];
      if (known) { this.taken++; return known.fill(0); }
      const made = new Float64Array(this.length);
      this.arrays.push(made); this.taken++;
      return made;
    }
    /** @param {number} count @returns {Float64Array[]} */
    many(count) { return Array.from({ length: count }, () => this.zeros()); }
  }

  const DEPARTURES = 0, SUMS = 1, AMOUNTS = 2, GRAPHS = 3, RUNS = 4, REASONS = 5, STAGES = 6;

  /** The model in all simulations of a state. */
  class Engine {
    /** @param {Description} model @param {number} [draws] */
    constructor(model, draws) {
      this.model = model; this.draws = draws || model.simulations;
      this.numbers = new Numbers(model, this.draws);
      this.pools = Array.from({ length: STAGES }, () => new Pool(this.draws));
      this.stageOf = this.earliestStages();
      this.levels = /** @type {Uint16Array[]} */ ([]);
      this.kept = /** @type {Record<string, any>} */ ({});
      this.isFresh = true;
      this.concerns = this.concernedVoices();
    }

    /** For each reason the voices for which it may count. @returns {Set<number>[]} */
    concernedVoices() {
      const { reasons } = this.model;
      const ofMechanisms = reasons.mechanism_kind.map((/** @type {number} */ _, /** @type {number} */ reason) => {
        const voices = reasons.row_voice.slice(reasons.mechanism_start[reason], reasons.mechanism_start[reason + 1]);
        const losing = reasons.voice_actor.map((/** @type {number} */ actor, /** @type {number} */ voice) => (reasons.losers[reason].includes(actor) ? voice : NONE));
        return new Set([...voices, ...losing]);
      });
      return [...ofMechanisms, ...reasons.option_voices.map((/** @type {number[]} */ voices) => new Set(voices))];
    }

    /** For each number the earliest stage that rests on it. @returns {Uint8Array} */
    earliestStages() {
      const { pairs, issues, graphs, runs, channels, network } = this.model;
      const stages = new Uint8Array(this.numbers.paths.length).fill(REASONS);
      /** @param {number} stage @param {any} numbers */
      const mark = (stage, numbers) => {
        if (Array.isArray(numbers)) for (const one of numbers) mark(stage, one);
        else if (numbers >= 0) stages[numbers] = Math.min(stages[numbers], stage);
      };
      const [periphery, decay, linkCost, spread, within] = pairs.settings;
      mark(RUNS, [linkCost, channels.efficiency, network.unlikeness_cost, runs.channel_exclusivity, runs.channel_opening]);
      for (const comparisons of channels.unlikeness) for (const pair of comparisons) for (const [, first, second] of pair) mark(RUNS, [first, second]);
      mark(GRAPHS, [decay, within, pairs.threat, graphs.collective_stakes, graphs.collective_raised, graphs.collective_multilateral, graphs.collective_weight]);
      mark(AMOUNTS, [periphery, pairs.gravity_numbers]);
      mark(SUMS, [issues.issue_stakes, issues.issue_raised, issues.issue_multilateral, issues.issue_exposure, issues.issue_weight]);
      mark(DEPARTURES, spread);
      return stages;
    }

    /** Works a state out. @param {Setting} setting @returns {Engine} Itself. */
    set(setting) {
      const wasFresh = this.isFresh;
      this.isFresh = true;  // and stays so if the numbers contradict what was seen
      const moved = this.numbers.move(setting);
      this.isFresh = false;
      let from = wasFresh ? DEPARTURES : STAGES;
      for (const k of moved) from = Math.min(from, this.stageOf[k]);
      const steps = [this.departAll, this.sumIssues, this.addAmounts, this.sumOnGraphs, this.valueRuns, this.addReasons];
      for (let stage = from; stage < STAGES; stage++) { this.pools[stage].restart(); steps[stage].call(this, this.pools[stage]); }
      return this;
    }

    /** @param {number} k @returns {Float64Array} A number in every simulation. */
    x(k) { return this.numbers.values[k]; }

    /** How far single pairs depart from what is usual, as factors, by issue and pair. @param {Pool} pool */
    departAll(pool) {
      const { issues, pairs } = this.model, P = pairs.pair_first.length, D = this.draws;
      const spread = this.x(pairs.settings[3]);
      this.kept.departs = spread.some((one) => one !== 0);
      if (!this.kept.departs) return;
      if (!this.levels.length) this.levels = this.drawLevels();
      const levels = this.normalLevels();
      const isCertain = spread.every((one) => one === spread[0]);
      const table = isCertain ? levels.map((one) => Math.exp(spread[0] * one)) : levels;
      this.kept.departures = this.levels.map((places, row) => {
        if (!pairs.able[row % P]) return null;
        const out = pool.zeros();
        if (isCertain) for (let d = 0; d < D; d++) out[d] = table[places[d]];
        else for (let d = 0; d < D; d++) out[d] = Math.exp(spread[d] * table[places[d]]);
        return out;
      });
    }
    /** @returns {Float64Array} */
    normalLevels() {
      if (!this.normals) this.normals = Float64Array.from({ length: 65536 }, (_, k) => normalQuantile((k + 0.5) / 65536));
      return this.normals;
    }
    /** Which level of the normal distribution each pair takes on each issue: two share a word. @returns {Uint16Array[]} */
    drawLevels() {
      const { issues, pairs } = this.model, P = pairs.pair_first.length, D = this.draws, levels = [];
      for (const [first, second] of issues.noise_keys) {
        const streams = Int32Array.from({ length: D }, (_, d) => mixWord(mixWord((d + first) | 0) ^ second));
        for (let p = 0; p < P; p++) {
          const step = imul(0x9e3779b9, p >> 1), shift = p & 1 ? 16 : 0;
          levels.push(Uint16Array.from(streams, (word) => (mixWord((word + step) | 0) >>> shift) & 0xffff));
        }
      }
      return levels;
    }

    /** What pairs have at stake on the issues with the same exponent, but for their capabilities. @param {Pool} pool */
    sumIssues(pool) {
      const { issues, pairs } = this.model, P = pairs.pair_first.length, Q = issues.issue_stakes.length;
      const weight = pool.zeros(), salient = pool.zeros(), S = pairs.group_count;
      const isPlain = Array.from({ length: S }, (_, s) => issues.issue_weight.every((/** @type {number[]} */ row) => row[s] === NONE));
      this.kept.sums = pairs.gravity_numbers.map((/** @type {number} */ _, /** @type {number} */ g) => Array.from({ length: P }, (_, p) => {
        if (!pairs.able[p]) return null;
        const plain = pool.zeros(), plainRaised = pool.zeros();
        const joint = pool.many(S);
        const own = isPlain.map((/** @type {boolean} */ one) => (one ? plain : pool.zeros()));
        const raisedBy = isPlain.map((/** @type {boolean} */ one) => (one ? plainRaised : pool.zeros()));
        for (let q = 0; q < Q; q++) {
          if (issues.issue_gravity[q] !== g) continue;
          const stakes = this.x(issues.issue_stakes[q]), raised = this.x(issues.issue_raised[q]), multilateral = this.x(issues.issue_multilateral[q]);
          if (this.kept.departs) setProduct(weight, stakes, this.kept.departures[q * P + p]);
          else weight.set(stakes);
          for (const end of [pairs.pair_first[p], pairs.pair_second[p]]) {
            const number = issues.issue_exposure[q][end];
            if (number !== NONE) multiply(weight, this.x(number));
          }
          add(plain, weight);
          addProduct(plainRaised, weight, raised);
          for (let s = 0; s < S; s++) {
            const number = issues.issue_weight[q][s];
            if (number === NONE) {
              addProduct(joint[s], weight, multilateral);
              if (!isPlain[s]) { add(own[s], weight); addProduct(raisedBy[s], weight, raised); }
            } else {
              setProduct(salient, weight, this.x(number));
              add(own[s], salient); addProduct(joint[s], salient, multilateral); addProduct(raisedBy[s], salient, raised);
            }
          }
        }
        return { plain, plainRaised, own, joint, raised: raisedBy };
      }));
    }

    /** What pairs have at stake, and what all is, before any threat. @param {Pool} pool */
    addAmounts(pool) {
      const { pairs } = this.model, P = pairs.pair_first.length, S = pairs.group_count;
      const periphery = this.x(pairs.settings[0]), byCapability = pool.zeros();
      const k = this.kept;
      k.total = pool.zeros(); k.atStake = pool.many(pairs.threat.length);
      k.plainRaised = pool.many(P);
      k.own = []; k.joint = []; k.raised = [];
      for (let s = 0; s < S; s++) { k.own.push(pool.many(P)); k.joint.push(pool.many(P)); k.raised.push(pool.many(P)); }
      for (let p = 0; p < P; p++) {
        if (!pairs.able[p]) continue;
        const ends = [pairs.pair_first[p], pairs.pair_second[p]], log = pairs.log_product[p];
        pairs.gravity_numbers.forEach((/** @type {number} */ number, /** @type {number} */ g) => {
          const sums = k.sums[g][p], gravity = this.x(number);
          setPower(byCapability, gravity, log);
          if (pairs.peripheral[p]) multiply(byCapability, periphery);
          for (let s = 0; s < S; s++) {
            addProduct(k.own[s][p], byCapability, sums.own[s]);
            addProduct(k.joint[s][p], byCapability, sums.joint[s]);
            addProduct(k.raised[s][p], byCapability, sums.raised[s]);
          }
          if (!pairs.counted[p]) return;
          addProduct(k.total, byCapability, sums.plain);
          addProduct(k.plainRaised[p], byCapability, sums.plainRaised);
          for (const end of ends) addProduct(k.atStake[end], byCapability, sums.own[pairs.actor_group[end]]);
        });
      }
    }

    /** The least threat that some actors perceive. @param {number[]} actors @param {Float64Array} out */
    leastThreat(actors, out) {
      const { pairs } = this.model;
      out.fill(1);
      for (const actor of actors) {
        const number = pairs.threat[actor];
        if (number === NONE) { out.fill(0); continue; }
        keepLeast(out, this.x(number));
      }
    }

    /** What each actor has on each graph: as it is, and under a grave threat that all feel; then all at stake.
     * @param {Pool} pool */
    sumOnGraphs(pool) {
      const { pairs, graphs } = this.model, P = pairs.pair_first.length, D = this.draws, n = pairs.threat.length, k = this.kept;
      const decay = this.x(pairs.settings[1]), within = this.x(pairs.settings[4]), threat = pool.zeros(), ones = pool.zeros().fill(1);
      const isThreatened = pairs.threat.some((/** @type {number} */ number) => number !== NONE && this.x(number).some((felt) => felt !== 0));
      k.threatened = pool.zeros(); k.threatened.set(k.total);
      const amounts = /** @type {Float64Array[][][]} */ ([0, 1, 2, 3].map(() => Array.from({ length: pairs.group_count }, () => [])));
      for (let p = 0; p < P; p++) {
        if (!pairs.able[p]) continue;
        if (isThreatened) {
          this.leastThreat([pairs.pair_first[p], pairs.pair_second[p]], threat);
          if (!pairs.across[p]) multiply(threat, within);
          if (pairs.counted[p]) addProduct(k.threatened, k.plainRaised[p], threat);
        }
        for (let s = 0; s < pairs.group_count; s++) {
          const own = k.own[s][p], joint = k.joint[s][p], raised = k.raised[s][p];
          /** @param {Float64Array} base @param {Float64Array} by */
          const raise = (base, by) => { const out = pool.zeros(); setSumWithProduct(out, base, raised, by); return out; };
          amounts[0][s][p] = isThreatened ? raise(own, threat) : own;
          amounts[2][s][p] = raise(own, pairs.across[p] ? ones : within);
          if (!pairs.across[p]) continue;
          amounts[1][s][p] = isThreatened ? raise(joint, threat) : joint;
          amounts[3][s][p] = raise(joint, ones);
        }
      }
      const longest = Math.max(0, ...graphs.row_length), powers = [ones];
      for (let l = 1; l <= longest; l++) { const out = pool.zeros(); for (let d = 0; d < D; d++) out[d] = decay[d] ** l; powers.push(out); }
      const rows = graphs.row_start.length - 1;
      k.onGraph = [0, 1, 2, 3].map((kind) => Array.from({ length: rows }, (_, row) => {
        const out = pool.zeros(), of = amounts[kind][pairs.actor_group[row % n]];
        for (let entry = graphs.row_start[row]; entry < graphs.row_start[row + 1]; entry++) {
          const amount = of[graphs.row_pair[entry]], share = graphs.row_share[entry], length = graphs.row_length[entry];
          if (!amount) continue;
          if (length === 0) addShare(out, share, amount);
          else addDecayedShare(out, share, powers[length], amount);
        }
        return out;
      }));
      k.calm = pool.zeros(); k.calm.set(k.total);
      k.mine = k.atStake.map((/** @type {Float64Array} */ one) => { const out = pool.zeros(); out.set(one); return out; });
      this.addCollectiveIssues(pool, threat);
      k.scale = pool.zeros(); k.share = k.mine.map(() => pool.zeros());
      for (let d = 0; d < D; d++) {
        if (!(k.threatened[d] > 0)) k.threatened[d] = 1;
        k.scale[d] = k.calm[d] > 0 ? 1 : 0;
        if (!(k.calm[d] > 0)) k.calm[d] = 1;
      }
      k.mine.forEach((/** @type {Column} */ mine, /** @type {number} */ actor) => setRatio(k.share[actor], mine, k.calm));
    }

    /** Adds issues that pairs cannot settle. @param {Pool} pool @param {Float64Array} threat */
    addCollectiveIssues(pool, threat) {
      const { pairs, graphs } = this.model, D = this.draws, n = pairs.threat.length, k = this.kept;
      graphs.collective_stakes.forEach((/** @type {number} */ number, /** @type {number} */ c) => {
        const stakes = this.x(number), raised = this.x(graphs.collective_raised[c]), joint = this.x(graphs.collective_multilateral[c]);
        this.leastThreat(graphs.collective_concerned[c], threat);
        for (const actor of graphs.collective_users[c]) {
          const place = graphs.collective_weight[c][actor], salience = place === NONE ? null : this.x(place), mine = k.mine[actor];
          for (let d = 0; d < D; d++) {
            k.calm[d] += stakes[d]; k.threatened[d] += stakes[d] + stakes[d] * raised[d] * threat[d];
            mine[d] += stakes[d] * (salience ? salience[d] : 1);
          }
        }
        graphs.collective_unit[c].forEach((/** @type {number} */ unit, /** @type {number} */ row) => {
          if (unit === 0) return;
          const place = graphs.collective_weight[c][row % n], salience = place === NONE ? null : this.x(place);
          const [plain, together, grave, graveTogether] = k.onGraph.map((/** @type {Float64Array[]} */ kind) => kind[row]);
          for (let d = 0; d < D; d++) {
            const sigma = unit * stakes[d] * (salience ? salience[d] : 1), more = sigma * raised[d];
            plain[d] += sigma + more * threat[d]; together[d] += sigma * joint[d] + more * threat[d];
            grave[d] += sigma + more; graveTogether[d] += sigma * joint[d] + more;
          }
        });
      });
    }

    /** How much each channel gets done of what takes all members. @param {Pool} pool @returns {Float64Array[]} */
    efficiencies(pool) {
      const { channels, network } = this.model, D = this.draws, cost = this.x(network.unlikeness_cost);
      return channels.efficiency.map((/** @type {number} */ number, /** @type {number} */ channel) => {
        const out = pool.zeros();
        out.set(this.x(number));
        if (!channels.unlikeness[channel].length) return out;
        const most = pool.zeros(), ofPair = pool.zeros();
        for (const comparisons of channels.unlikeness[channel]) {
          ofPair.fill(0);
          for (const [weight, first, second] of comparisons) {
            const a = this.x(first), b = this.x(second);
            for (let d = 0; d < D; d++) ofPair[d] += weight * Math.abs(a[d] - b[d]);
          }
          keepMost(most, ofPair);
        }
        for (let d = 0; d < D; d++) out[d] *= 1 - cost[d] * most[d];
        return out;
      });
    }

    /** What each run gives each actor, what its links cost, and so who gains. @param {Pool} pool */
    valueRuns(pool) {
      const { pairs, runs } = this.model, D = this.draws, n = pairs.threat.length, k = this.kept;
      const linkCost = this.x(pairs.settings[2]), efficiency = (k.efficiency = this.efficiencies(pool));
      const values = /** @type {Float64Array[][][]} */ ([]), costs = /** @type {Float64Array[][]} */ ([]);
      const chance = pool.zeros(), undone = pool.zeros(), sum = pool.zeros();
      const value = [pool.many(n), pool.many(n)], cost = pool.many(n);
      runs.run_channel.forEach((/** @type {number} */ channel, /** @type {number} */ run) => {
        const base = runs.run_base[run];
        values[run] = [pool.many(n), pool.many(n)]; costs[run] = pool.many(n);
        for (let graph = runs.graph_start[run]; graph < runs.graph_start[run + 1]; graph++) {
          chance.fill(1);
          if (runs.channel_has_alternatives[channel]) {
            const exclusivity = this.x(runs.channel_exclusivity[channel]), opening = this.x(runs.channel_opening[channel]);
            const keeps = runs.possible_keeps[graph], opened = runs.possible_opened[graph];
            for (let d = 0; d < D; d++) chance[d] = (keeps ? 1 - exclusivity[d] : exclusivity[d]) * (opened ? opening[d] : 1 - opening[d]);
          }
          undone.fill(0);
          for (const other of runs.possible_channels[graph]) {
            if (other === NONE) continue;
            keepMost(undone, efficiency[other]);
          }
          for (let d = 0; d < D; d++) undone[d] = 1 - undone[d];
          for (let actor = 0; actor < n; actor++) {
            const row = runs.possible_graph[graph] * n + actor, half = runs.possible_half_links[graph][actor];
            for (const threat of [0, 1]) takeUndone(value[threat][actor], k.onGraph[2 * threat][row], undone, k.onGraph[2 * threat + 1][row]);
            setShare(cost[actor], half, linkCost);
          }
          const groups = runs.possible_groups[graph], hasBase = run !== base;
          for (let group = 0; group < runs.possible_group_counts[graph]; group++) {
            const members = [...groups.keys()].filter((/** @type {number} */ actor) => groups[actor] === group);
            /** @param {Float64Array[]} of @param {Float64Array[]} before */
            const divide = (of, before) => {
              sum.fill(0);
              for (const actor of members) {
                add(sum, of[actor]);
                if (hasBase) addShare(sum, -1, before[actor]);
              }
              for (const actor of members) {
                setShare(of[actor], runs.possible_shares[graph][actor], sum);
                if (hasBase) add(of[actor], before[actor]);
              }
            };
            divide(value[0], values[base][0]); divide(value[1], values[base][1]); divide(cost, costs[base]);
          }
          for (let actor = 0; actor < n; actor++) {
            for (const threat of [0, 1]) addProduct(values[run][threat][actor], chance, value[threat][actor]);
            addProduct(costs[run][actor], chance, cost[actor]);
          }
        }
      });
      k.forms = runs.form_run.map((/** @type {number} */ run) => {
        const base = runs.run_base[run], saved = pool.many(n), gains = pool.many(n), grave = pool.many(n);
        const calm = k.calm, scale = k.scale;
        for (let actor = 0; actor < n; actor++) {
          const [now, under] = values[run].map((of) => of[actor]), [before, underBefore] = values[base].map((of) => of[actor]);
          const cost = costs[run][actor], costBefore = costs[base][actor], gain = gains[actor], graveGain = grave[actor], links = saved[actor];
          for (let d = 0; d < D; d++) {
            links[d] = (costBefore[d] - cost[d]) * scale[d];
            gain[d] = (now[d] - before[d]) * scale[d] / calm[d] + links[d];
            graveGain[d] = (under[d] - underBefore[d]) / calm[d] + links[d];
          }
        }
        return { channels: [runs.run_channel[run], runs.run_channel[base]], gains, grave, saved };
      });
    }

    /** What each reason adds for those who decide, and by each theory the answer. @param {Pool} pool */
    addReasons(pool) {
      const { reasons, pairs } = this.model, D = this.draws, k = this.kept, V = reasons.voice_actor.length;
      const mechanisms = reasons.mechanism_kind.length, options = reasons.option_forgone.length, amount = pool.many(V);
      const scratch = [pool.zeros(), pool.zeros(), pool.zeros()];
      for (const form of k.forms) {
        form.terms = Array.from({ length: mechanisms + options }, (_, reason) => Array.from({ length: V }, (__, voice) => (
          this.concerns[reason].has(voice) ? pool.zeros() : null)));
        form.weights = new Map();
        for (let reason = 0; reason < mechanisms; reason++) {
          if (reasons.mechanism_kind[reason] === RELATIVE) { this.addRelativeGains(pool, form, reason, scratch); continue; }
          this.addBySteps(form, reason, amount, (channel) => this.fillMechanism(reason, channel, amount, scratch));
        }
        for (let option = 0; option < options; option++) {
          this.addBySteps(form, mechanisms + option, amount, (channel) => this.fillOption(option, channel, amount, scratch), -1);
        }
        form.answers = this.model.theories.map((/** @type {any} */ _, /** @type {number} */ theory) => {
          const uses = [...reasons.uses[theory]];
          return { utility: this.decide(pool, form, uses, false), grave: this.decide(pool, form, uses, true) };
        });
      }
    }

    /** Adds what counts by the channel, and takes what counts by the observed one. @param {any} form
     * @param {number} reason @param {Float64Array[]} amount @param {(channel: number) => void} fill @param {number} [sign] */
    addBySteps(form, reason, amount, fill, sign = 1) {
      const { reasons } = this.model;
      form.channels.forEach((/** @type {number} */ channel, /** @type {number} */ which) => {
        if (!reasons.touches_anybody[channel]) return;
        for (const voice of this.concerns[reason]) if (voice !== NONE) amount[voice].fill(0);
        fill(channel);
        const factor = which === 0 ? sign : -sign;
        for (const voice of reasons.deciding_voices) {
          if (!this.concerns[reason].has(voice)) continue;
          addShare(form.terms[reason][voice], factor, amount[voice]);
        }
      });
    }

    /** @param {Pool} pool @param {any} form @param {number} reason @param {Float64Array[]} scratch */
    addRelativeGains(pool, form, reason, [minded, others]) {
      const { reasons, side } = this.model, D = this.draws, V = reasons.voice_actor.length;
      const ownWeight = side.pays ? pool.many(V) : null, ofLeader = side.pays ? pool.many(V) : null;
      if (ownWeight) form.weights.set(reason, { ownWeight, ofLeader });
      for (let row = reasons.mechanism_start[reason]; row < reasons.mechanism_start[reason + 1]; row++) {
        const voice = reasons.row_voice[row];
        if (!reasons.is_deciding[voice]) continue;
        const own = reasons.voice_actor[voice], strength = this.x(reasons.row_strength[row]), out = form.terms[reason][voice];
        for (let c = reasons.comparison_start[row]; c < reasons.comparison_start[row + 1]; c++) {
          const compared = reasons.comparison_others[c], factor = reasons.comparison_factor[c];
          this.leastThreat([own, ...compared], minded);
          others.fill(0);
          for (const actor of compared) add(others, form.gains[actor]);
          const gain = form.gains[own];
          for (let d = 0; d < D; d++) out[d] += strength[d] * (1 - minded[d]) * factor * (gain[d] - others[d]);
          if (!ownWeight || !ofLeader) continue;
          const mindsLeader = compared.includes(side.leading_actor);
          for (let d = 0; d < D; d++) {
            const concern = strength[d] * (1 - minded[d]) * factor;
            ownWeight[voice][d] += concern;
            if (mindsLeader) ofLeader[voice][d] += concern;
          }
        }
      }
    }

    /** What a mechanism is for each voice by a channel. @param {number} reason @param {number} channel
     * @param {Float64Array[]} amount @param {Float64Array[]} scratch */
    fillMechanism(reason, channel, amount, [least, won]) {
      const { reasons, runs } = this.model, D = this.draws, k = this.kept, kind = reasons.mechanism_kind[reason];
      const losers = reasons.losers[reason], hasLosers = reasons.loser_counts[reason] >= 0;
      for (let row = reasons.mechanism_start[reason]; row < reasons.mechanism_start[reason + 1]; row++) {
        const voice = reasons.row_voice[row], actor = reasons.voice_actor[voice], out = amount[voice];
        if (!(reasons.is_deciding[voice] || hasLosers) || !reasons.is_touched[channel].includes(voice)) continue;
        const strength = this.x(reasons.row_strength[row]), atStake = k.share[actor];
        const displaces = runs.channel_displaces[channel], exclusivity = this.x(runs.channel_exclusivity[channel]);
        if (kind === NORMS || kind === SHIELD) {
          if (!displaces) continue;
          setShare(out, kind === SHIELD ? reasons.row_factor[row] : -reasons.row_factor[row], strength);
          multiply(out, atStake);
          multiply(out, exclusivity);
          continue;
        }
        setShare(out, kind === GAIN ? 1 : -1, strength);
        multiply(out, atStake);
        if (kind === FEAR) {
          this.leastThreat([actor, ...reasons.row_feared[row]], least);
          const power = reasons.row_power[row];
          for (let d = 0; d < D; d++) out[d] *= power * (1 - least[d]);
        }
        if (reasons.less_by_exclusivity[reason] === NONE) continue;
        const byExclusivity = this.x(reasons.less_by_exclusivity[reason]), byDepth = this.x(reasons.less_by_depth[reason]), depth = this.x(runs.channel_depth[channel]);
        for (let d = 0; d < D; d++) out[d] *= (1 - byExclusivity[d] * (1 - (displaces ? exclusivity[d] : 0))) * (1 - byDepth[d] * (1 - depth[d]));
      }
      if (!hasLosers) return;
      won.fill(0);
      reasons.voice_actor.forEach((/** @type {number} */ actor, /** @type {number} */ voice) => {
        if (!losers.includes(actor)) addShare(won, reasons.voice_weight[voice], amount[voice]);
      });
      reasons.voice_actor.forEach((/** @type {number} */ actor, /** @type {number} */ voice) => {
        if (losers.includes(actor)) setShare(amount[voice], -1 / reasons.loser_counts[reason], won);
      });
    }

    /** What an outside option forgoes for each voice by a channel. @param {number} option @param {number} channel
     * @param {Float64Array[]} amount @param {Float64Array[]} scratch */
    fillOption(option, channel, amount, [worth, byCapability, power]) {
      const { reasons, issues, pairs, runs } = this.model, D = this.draws, k = this.kept;
      const forgone = this.x(reasons.option_forgone[option]), first = reasons.partner_start[option], last = reasons.partner_start[option + 1];
      let known = NONE;
      for (const voice of reasons.option_voices[option]) {
        if (!reasons.is_deciding[voice] || !reasons.is_touched[channel].includes(voice)) continue;
        const actor = reasons.voice_actor[voice];
        if (actor !== known) {
          known = actor;
          worth.fill(0);
          if (first === last) worth.set(k.share[actor]);
          else pairs.gravity_numbers.forEach((/** @type {number} */ number, /** @type {number} */ g) => {
            const gravity = this.x(number), done = k.efficiency[runs.observed];
            byCapability.fill(0);
            for (let partner = first; partner < last; partner++) {
              const capability = reasons.log_capability[actor], other = reasons.partner_log_capability[partner];
              if (capability === null || other === null) continue;
              setPower(power, gravity, capability + other - reasons.log_reference);
              add(byCapability, power);
            }
            issues.issue_stakes.forEach((/** @type {number} */ stakesNumber, /** @type {number} */ q) => {
              if (issues.issue_gravity[q] !== g) return;
              const stakes = this.x(stakesNumber), joint = this.x(issues.issue_multilateral[q]), place = issues.issue_weight[q][pairs.actor_group[actor]];
              const salience = place === NONE ? null : this.x(place);
              for (let d = 0; d < D; d++) worth[d] += stakes[d] * (salience ? salience[d] : 1) * byCapability[d] * (1 - joint[d] * (1 - done[d])) / 2;
            });
          });
          if (first !== last) setRatio(worth, worth, k.calm);
        }
        setProduct(amount[voice], forgone, worth);
      }
    }

    /** The utility at which the decision of the side that answers turns. @param {Pool} pool @param {any} form
     * @param {number[]} uses The reasons that count. @param {boolean} isGrave Under a threat that all feel.
     * @param {Float64Array[] | null} [less] What is taken from the utility of each voice. @returns {Float64Array} */
    decide(pool, form, uses, isGrave, less = null) {
      const { reasons, side } = this.model, D = this.draws, out = pool.zeros();
      const gains = isGrave ? form.grave : form.gains;
      const counting = uses.filter((reason) => !isGrave || (reasons.mechanism_kind[reason] !== RELATIVE && reasons.mechanism_kind[reason] !== FEAR));
      if (side.everybody_is_needed) {
        const total = this.total || (this.total = new Float64Array(D));
        out.fill(Infinity);
        for (const voice of reasons.deciding_voices) {
          total.set(gains[reasons.voice_actor[voice]]);
          if (less) addShare(total, -1, less[reasons.voice_actor[voice]]);
          for (const reason of counting) {
            if (!this.concerns[reason].has(voice)) continue;
            add(total, form.terms[reason][voice]);
          }
          keepLeast(out, total);
        }
        return out;
      }
      const voices = reasons.deciding_voices, body = new DecidingBody(side);
      const utility = new Float64Array(voices.length), weight = new Float64Array(voices.length), concern = new Float64Array(voices.length);
      const transfers = this.x(this.model.replies.transfers);
      for (let d = 0; d < D; d++) {
        voices.forEach((/** @type {number} */ voice, /** @type {number} */ v) => {
          const actor = reasons.voice_actor[voice];
          utility[v] = gains[actor][d] - (less ? less[actor][d] : 0); weight[v] = 1; concern[v] = 0;
          for (const reason of counting) {
            if (!this.concerns[reason].has(voice)) continue;
            utility[v] += form.terms[reason][voice][d];
            const minded = form.weights.get(reason);
            if (minded) { weight[v] += minded.ownWeight[voice][d]; concern[v] += minded.ofLeader[voice][d]; }
          }
        });
        out[d] = body.answer(utility, weight, concern, transfers[d]);
      }
      return out;
    }

    /** What each reply is worth a year, to accept first, as in methods/bargaining/reply_options.py. @param {Pool} pool
     * @param {{utility: Float64Array, grave: Float64Array}} answer @returns {Float64Array[]} */
    replyWorths(pool, { utility, grave }) {
      const { replies } = this.model, beta = pool.zeros(), hazard = this.x(replies.hazard), informed = pool.zeros();
      beta.fill(replies.largest_discount);
      keepLeast(beta, this.x(replies.discount));
      setInformedWorth(informed, utility, this.x(replies.insight));
      const accepting = pool.zeros();
      setWorthOfAccepting(accepting, utility, grave, beta, hazard);
      return [accepting, ...replies.rows.map((/** @type {any} */ row) => {
        const worth = pool.zeros(), terms = [row.once, row.each, row.brings, row.kept, row.informs].map((number) => this.x(number));
        setWorthOfReply(worth, terms, beta, hazard, grave, informed);
        return worth;
      })];
    }

    /** The answer by the theory that is told, each reason left out in turn; last, what is saved on links.
     * @param {Pool} pool @param {any} form @param {(utility: Float64Array) => any} then @returns {any[]} */
    leaveOut(pool, form, then) {
      const { reasons, side, main_theory: main } = this.model, uses = [...reasons.uses[main]];
      if (!side.everybody_is_needed) {
        return [...uses, NONE].map((left) => then(this.decide(pool, form, uses.filter((one) => one !== left), false, left === NONE ? form.saved : null)));
      }
      const totals = reasons.deciding_voices.map((/** @type {number} */ voice) => {
        const total = pool.zeros();
        total.set(form.gains[reasons.voice_actor[voice]]);
        for (const reason of uses) if (this.concerns[reason].has(voice)) add(total, form.terms[reason][voice]);
        return total;
      });
      const least = pool.zeros(), without = pool.zeros();
      return [...uses, NONE].map((left) => {
        least.fill(Infinity);
        reasons.deciding_voices.forEach((/** @type {number} */ voice, /** @type {number} */ v) => {
          const total = totals[v], term = left === NONE ? form.saved[reasons.voice_actor[voice]] : this.concerns[left].has(voice) ? form.terms[left][voice] : null;
          without.set(total);
          if (term) addShare(without, -1, term);
          keepLeast(least, without);
        });
        return then(least);
      });
    }
  }

  /** How a side decides by its rule, and by what its leading member pays for it: one simulation at a time. */
  class DecidingBody {
    /** @param {any} side */
    constructor(side) { this.side = side; this.order = /** @type {number[]} */ ([]); }

    /** Whether the first of an order carry it. @param {number[]} order @param {number} count */
    passes(order, count) {
      return this.side.requirements.every((/** @type {any[]} */ alternatives) => alternatives.some(({ points, needed }) => {
        let sum = 0;
        for (let k = 0; k < count; k++) sum += points[order[k]];
        return sum >= needed;
      }));
    }
    /** @param {Float64Array} utility @returns {number} */
    pivot(utility) {
      if (!this.side.can_pass) return -Infinity;
      if (this.side.needs_everybody) return Math.min(...utility);
      const order = [...utility.keys()].sort((a, b) => utility[b] - utility[a] || a - b);
      for (let count = 1; count <= order.length; count++) if (this.passes(order, count)) return utility[order[count - 1]];
      return utility[order[0]];
    }
    /** @param {Float64Array} utility @param {Float64Array} weight @param {Float64Array} concern @param {number} transfers */
    answer(utility, weight, concern, transfers) {
      const value = this.pivot(utility), leader = this.side.leader;
      if (!this.side.pays || value > TOLERANCE) return value;
      const need = utility.map((one, v) => -one / weight[v]);
      const relief = concern.map((one, v) => (transfers > 0 ? one / transfers : 0) / weight[v]);
      const arriving = this.leastConsent(need, relief), paid = arriving > 0 ? arriving / transfers : 0;
      const left = utility[leader] - (paid > 0 ? paid * weight[leader] : 0);
      return isFinite(paid) && left > TOLERANCE ? left : value;
    }
    /** The least that wins enough voices (methods/bargaining/ratification.py). @param {Float64Array} need
     * @param {Float64Array} relief @returns {number} */
    leastConsent(need, relief) {
      const { side } = this, voices = [...need.keys()];
      if (!side.can_pass) return Infinity;
      const others = voices.filter((v) => v !== side.leader);
      if (side.needs_everybody) return this.leastPayment(others, need, relief);
      if (side.coalitions) return Math.min(...side.coalitions.map((/** @type {number[]} */ won) => this.leastPayment(won.filter((v) => v !== side.leader), need, relief)));
      const order = [side.leader, ...others.sort((a, b) => need[a] - need[b] || a - b)];
      let count = 1;
      while (count < order.length && !this.passes(order, count)) count++;
      return this.leastPayment(order.slice(1, count), need, relief);
    }
    /** @param {number[]} asked @param {Float64Array} need @param {Float64Array} relief @returns {number} */
    leastPayment(asked, need, relief) {
      const finite = asked.filter((v) => isFinite(need[v]));
      const vanishing = (/** @type {number} */ v) => (relief[v] > 0 ? need[v] / relief[v] : need[v] > 0 ? Infinity : -Infinity);
      const order = finite.map((v) => /** @type {[number, number]} */ ([v, vanishing(v)])).sort((a, b) => (a[1] === b[1] ? a[0] - b[0] : b[1] - a[1]));
      let total = 0, needs = 0, reliefs = 0;
      for (const [v] of order) { needs += need[v]; reliefs += relief[v]; total = Math.max(total, needs / (1 + reliefs)); }
      return total;
    }
  }

  return { Engine, keepMost, Numbers, Distribution, mixWord, hypercubeUniform, normalQuantile, normalCumulative, betaQuantile, TOLERANCE, GROUP, FEWEST_GROUPS, BINS, JACKKNIFE };
})();
if (typeof module !== "undefined") module.exports = DetenteEngine;
