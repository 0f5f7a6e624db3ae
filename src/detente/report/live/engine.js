/*
 * The model of an offer, worked out in a browser: the same numbers, simulation by simulation, as the Python package.
 *
 * It reads one description (`engine_model.py` says how that is laid out) and knows nothing of any case. The steps are
 * those of the compiled evaluation in `methods/offer_model/kernels`, in the same order, so that a count is a count:
 * simulations are the inner loops, and whole numbers make the draws. A state sets some numbers to a value; all others
 * keep their draws. What the last state has in common with the next is not worked out again: every stage owns its
 * arrays and writes them again.
 */

/** @typedef {Record<string, any>} Description  A model, laid out by `engine_model.py`. */
/** @typedef {Record<string, number>} Setting  Values of some numbers, by path. */
/** @typedef {{path: string, low: number, high: number}} Window  The simulations in which a number lies in a range. */

/** @typedef {InstanceType<typeof DetenteColumns.Pool>} ColumnPool  Where a stage has its arrays from. */

const DetenteEngine = (() => {
  const { mixWord, normalQuantile } = DetenteSampling, { Numbers } = DetenteNumbers, { DecidingBody } = DetenteBody;
  const {
    add, multiply, addProduct, addShare, addDecayedShare, takeUndone, setShare, setProduct, setRatio, setSumWithProduct, keepLeast, keepMost,
    setPower, setInformedWorth, setWorthOfAccepting, setWorthOfReply, Pool,
  } = DetenteColumns;
  const TOLERANCE = 1e-9, NONE = -1, imul = Math.imul;
  /* Kinds of mechanisms, by the constants of `answer_kernel.py`. */
  const RELATIVE = 0, GAIN = 1, FEAR = 3, NORMS = 4, SHIELD = 5;
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
      mark(RUNS, [linkCost, channels.efficiency, channels.unlikeness, network.unlikeness_cost, runs.channel_exclusivity, runs.channel_opening]);
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

    /** How far single pairs depart from what is usual, as factors, by issue and pair. @param {ColumnPool} pool */
    departAll(pool) {
      const { pairs } = this.model, P = pairs.pair_first.length, D = this.draws;
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

    /** What pairs have at stake on the issues with the same exponent, but for their capabilities. @param {ColumnPool} pool */
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

    /** What pairs have at stake, and what all is, before any threat. @param {ColumnPool} pool */
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
     * @param {ColumnPool} pool */
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
      this.addCollectiveIssues(threat);
      k.scale = pool.zeros(); k.share = k.mine.map(() => pool.zeros());
      for (let d = 0; d < D; d++) {
        if (!(k.threatened[d] > 0)) k.threatened[d] = 1;
        k.scale[d] = k.calm[d] > 0 ? 1 : 0;
        if (!(k.calm[d] > 0)) k.calm[d] = 1;
      }
      k.mine.forEach((/** @type {Column} */ mine, /** @type {number} */ actor) => setRatio(k.share[actor], mine, k.calm));
    }

    /** Adds issues that pairs cannot settle. @param {Float64Array} threat */
    addCollectiveIssues(threat) {
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

    /** How much each channel gets done of what takes all members. @param {ColumnPool} pool @returns {Float64Array[]} */
    efficiencies(pool) {
      const { channels, network } = this.model, D = this.draws, cost = this.x(network.unlikeness_cost);
      return channels.efficiency.map((/** @type {number} */ number, /** @type {number} */ channel) => {
        const out = pool.zeros();
        out.set(this.x(number));
        if (!channels.unlikeness[channel].length) return out;
        const most = pool.zeros(), ofPair = pool.zeros();
        channels.unlikeness[channel].forEach((/** @type {number[][]} */ comparisons, /** @type {number} */ pair) => {
          ofPair.fill(0);
          comparisons.forEach(([first, second], trait) => {
            const a = this.x(first), b = this.x(second), weight = channels.trait_weights[channel][pair][trait];
            for (let d = 0; d < D; d++) ofPair[d] += weight * Math.abs(a[d] - b[d]);
          });
          keepMost(most, ofPair);
        });
        for (let d = 0; d < D; d++) out[d] *= 1 - cost[d] * most[d];
        return out;
      });
    }

    /** What each run gives each actor, what its links cost, and so who gains. @param {ColumnPool} pool */
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

    /** What each reason adds for those who decide, and by each theory the answer. @param {ColumnPool} pool */
    addReasons(pool) {
      const { reasons } = this.model, k = this.kept, V = reasons.voice_actor.length;
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

    /** @param {ColumnPool} pool @param {any} form @param {number} reason @param {Float64Array[]} scratch */
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
        // Other voices' amounts are those of another reason: they are only emptied where they count.
        if (!losers.includes(actor) && this.concerns[reason].has(voice)) addShare(won, reasons.voice_weight[voice], amount[voice]);
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

    /** The utility at which the decision of the side that answers turns. @param {ColumnPool} pool @param {any} form
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

    /** What each reply is worth a year, to accept first, as in methods/bargaining/reply_options.py. @param {ColumnPool} pool
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
     * @param {ColumnPool} pool @param {any} form @param {(utility: Float64Array) => any} then @returns {any[]} */
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

  return { Engine, TOLERANCE };
})();
