/*
 * What a page asks, answered one state at a time: in a worker of its own, or beside the page where there is none. The
 * answer comes first; what takes longer follows, unless another state has been asked for by then.
 */

/** @typedef {{id: number, change: string, numbers: Setting, windows: Window[]}} Question  A state: the alternative that
 * is modelled, or nothing for the case as it is; numbers that are set; simulations that are kept. */

const DetenteWorker = (() => {
  const MOST_ENGINES = 3;

  /** @param {any} model @param {Record<string, any>} patches By alternative. @param {(reply: any) => void} post
   * @returns {(question: Question) => void} */
  function serve(model, patches, post) {
    /** @type {Map<string, {engine: any, summary: any}>} */
    const made = new Map();
    let latest = -1;
    /** @param {string} change */
    const engineOf = (change) => {
      const known = made.get(change);
      if (known) { made.delete(change); made.set(change, known); return known; }
      if (made.size >= MOST_ENGINES) made.delete(/** @type {string} */ ([...made.keys()].find((key) => key !== "")));
      const engine = new DetenteEngine.Engine(change ? applyDifference(model, patches[change]) : model);
      const one = { engine, summary: new DetenteSummary.Summary(engine) };
      made.set(change, one);
      return one;
    };
    return (question) => {
      const { id, change, numbers, windows } = question;
      latest = id;
      try {
        const { engine, summary } = engineOf(change);
        engine.set(numbers);
        const answer = summary.answer(windows);
        post({ id, part: "answer", ...answer, ids: engine.model.forms });
        setTimeout(() => {
          if (latest !== id || !answer.forms.length) return;
          post({
            id, part: "rest", gains: summary.gains(windows), actors: engine.model.network.actors, without: summary.without(windows),
            reasons: [...engine.model.reasons.uses[engine.model.main_theory].map((/** @type {number} */ k) => engine.model.reason_ids[k]), ""],
            importance: summary.importance(), ids: engine.model.forms,
          });
        });
      } catch (error) {
        post({ id, part: "fault", says: error instanceof DetenteNumbers.Contradiction ? error.message : "" });
      }
    };
  }
  return { serve };
})();
if (typeof WorkerGlobalScope !== "undefined") {
  /** @type {((question: Question) => void) | null} */
  let answer = null;
  self.onmessage = ({ data }) => {
    if (answer) answer(data); else answer = DetenteWorker.serve(data.model, data.patches, (reply) => self.postMessage(reply));
  };
}
