/*
 * Draws and distributions as in the Python package (methods/sampling): whole numbers of 32 bits make the draws, so that
 * they are the same here.
 */

const DetenteSampling = (() => {
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

  return { mixWord, hypercubeUniform, scramble, normalQuantile, normalCumulative, betaQuantile, Distribution };
})();
