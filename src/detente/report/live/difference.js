/** A value with a difference applied (model_difference.py). @param {any} base @param {any} patch @returns {any} */
const applyDifference = (base, patch) => {
  if (Array.isArray(patch)) return patch[0];
  const copy = Array.isArray(base) ? base.slice() : { ...base };
  for (const [key, inner] of Object.entries(patch)) {
    if (key === "+") copy.push(...inner); else copy[key] = applyDifference(base[key], inner);
  }
  return copy;
};
