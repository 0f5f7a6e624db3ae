/*
 * Sums over simulations. Small functions, each for columns of one kind, are what browsers make fast; and a column that
 * is used again need not be collected.
 */

/** @typedef {Float64Array} Column  A value in every simulation. */

const DetenteColumns = (() => {
  const { normalCumulative } = DetenteSampling, SQRT_2_PI = Math.sqrt(2 * Math.PI);

  /** @param {Column} out @param {Column} a */
  function add(out, a) { for (let d = 0; d < out.length; d++) out[d] += a[d]; }
  /** @param {Column} out @param {Column} a */
  function multiply(out, a) { for (let d = 0; d < out.length; d++) out[d] *= a[d]; }
  /** @param {Column} out @param {Column} a @param {Column} b */
  function addProduct(out, a, b) { for (let d = 0; d < out.length; d++) out[d] += a[d] * b[d]; }
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

  return {
    add, multiply, addProduct, addShare, addDecayedShare, takeUndone, setShare, setProduct, setRatio, setSumWithProduct, keepLeast, keepMost,
    setPower, setInformedWorth, setWorthOfAccepting, setWorthOfReply, Pool,
  };
})();
