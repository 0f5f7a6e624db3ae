/* How a side decides by its rule, and by what its leading member pays for a yes (methods/offer_model/deciding_side.py). */

const DetenteBody = (() => {
  const TOLERANCE = 1e-9;

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

  return { DecidingBody };
})();
