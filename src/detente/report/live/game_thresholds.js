/* How much the future must count for cooperation to last, if nobody errs, by closed forms: as
 * methods/games/shadow_of_the_future.py has it for many draws at once. */

/** @typedef {{T: number[], R: number[], P: number[], S: number[]}} StageGame  The payoffs of both sides. */

const DetenteGames = (() => {
  const SIDES = [0, 1];

  /** Where offence counts for more or less than the payoffs say. @param {StageGame} game @param {number} offence
   * @returns {StageGame} */
  const withOffence = ({ T, R, P, S }, offence) => ({
    T: SIDES.map((i) => P[i] + offence * (T[i] - P[i])), R, P, S: SIDES.map((i) => P[i] - offence * (P[i] - S[i])),
  });
  /** As sides see it who mind what the other gets beyond them. @param {StageGame} game @param {number[]} k
   * @returns {StageGame} */
  const withRelativeGains = ({ T, R, P, S }, k) => ({
    T: SIDES.map((i) => T[i] + k[i] * (T[i] - S[1 - i])), R: SIDES.map((i) => R[i] + k[i] * (R[i] - R[1 - i])),
    P: SIDES.map((i) => P[i] + k[i] * (P[i] - P[1 - i])), S: SIDES.map((i) => S[i] + k[i] * (S[i] - T[1 - i])),
  });

  /** What a side gets in the equilibrium of a round that is worst for it. @param {StageGame} game @param {number} i
   * @returns {number} */
  const punishment = ({ T, R, P, S }, i) => {
    const j = 1 - i;
    let lowest = Infinity;
    if (R[0] >= T[0] && R[1] >= T[1]) lowest = Math.min(lowest, R[i]);
    if (P[0] >= S[0] && P[1] >= S[1]) lowest = Math.min(lowest, P[i]);
    if (S[i] >= P[i] && T[j] >= R[j]) lowest = Math.min(lowest, S[i]);
    if (T[i] >= R[i] && S[j] >= P[j]) lowest = Math.min(lowest, T[i]);
    const withC = R[i] - T[i], withD = S[i] - P[i];
    const own = Math.sign(withC) * Math.sign(withD), other = Math.sign(R[j] - T[j]) * Math.sign(S[j] - P[j]);
    if (own < 0 && other <= 0) { const q = withD / (withD - withC); lowest = Math.min(lowest, q * R[i] + (1 - q) * S[i]); }
    return lowest;
  };

  /** How much the future must count for a side; infinite where nothing is enough. @param {StageGame} game
   * @param {number} i @returns {number} */
  const critical = (game, i) => {
    const { T, R, P, S } = game;
    if (T[i] <= R[i]) return 0;
    const worst = punishment(game, i), forEver = worst < R[i] ? (T[i] - R[i]) / (T[i] - worst) : Infinity;
    const gain = SIDES.map((side) => R[side] - P[side]);
    const q = Math.max(...SIDES.map((side) => (Math.max(S[side], P[side]) - P[side]) / gain[side]));
    const forAWhile = Math.max((T[i] - R[i]) / (T[i] - (P[i] + q * gain[i])), q);
    return Math.min(forEver, gain[0] > 0 && gain[1] > 0 && q < 1 ? forAWhile : Infinity);
  };

  /** What both sides take, with numbers that are set. @param {any} game Of the page. @param {Record<string, number>} set
   * @returns {{needed: number, available: number}} */
  const threshold = (game, set) => {
    const value = (/** @type {number} */ k) => { const { path, value: own } = game.numbers[k]; return path in set ? set[path] : own; };
    const [T, R, P, S] = ["T", "R", "P", "S"].map((letter) => game.payoffs[letter].map(value));
    const neutral = { T, R, P, S }, offended = game.offence === null ? neutral : withOffence(neutral, value(game.offence));
    const seen = withRelativeGains(offended, game.concern);
    return { needed: Math.max(...SIDES.map((i) => critical(seen, i))), available: value(game.patience) };
  };
  return { threshold };
})();
