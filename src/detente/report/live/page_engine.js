/*
 * The engine as a page has it: in a worker of its own, or beside the page where a browser refuses one. One question is
 * under way at a time, and of those that wait only the latest is asked.
 */

/** @param {any} model @param {Record<string, any>} patches By alternative. @param {string} source Of the engine.
 * @param {(reply: any) => void} onReply @returns {(question: any) => number} Asks, and says which question it is. */
const startDetenteEngine = (model, patches, source, onReply) => {
  let send = null, isBeside = false, busy = false, waiting = null, last = null, id = 0;
  const next = () => {
    if (!waiting || busy) return;
    busy = true;
    const question = waiting;
    waiting = null;
    send(question);
  };
  const receive = (reply) => {
    if (reply.part !== "rest") busy = false;
    onReply(reply);
    next();
  };
  const workBeside = () => {
    if (isBeside) return;
    isBeside = true; busy = false;
    const script = document.createElement("script");
    script.textContent = `(() => {${source}\nwindow.detenteServe = DetenteWorker.serve; })();`;
    document.head.append(script);
    const answer = /** @type {any} */ (window).detenteServe(model, patches, receive);
    send = (question) => setTimeout(() => answer(question));
    document.documentElement.dataset.engine = "page";
    if (last && !waiting) waiting = last;
    next();
  };
  try {
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
    worker.onmessage = ({ data }) => receive(data);
    worker.onerror = (event) => { event.preventDefault(); worker.terminate(); workBeside(); };
    worker.postMessage({ model, patches });
    send = (question) => worker.postMessage(question);
    document.documentElement.dataset.engine = "worker";
  } catch { workBeside(); }
  return (question) => {
    id += 1;
    waiting = last = { ...question, id };
    next();
    return id;
  };
};
