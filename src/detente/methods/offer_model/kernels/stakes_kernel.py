"""What is at stake in many draws, and what each run of a channel gives each actor of it, compiled.

Issues that pairs settle are added up before the graphs are looked at, by group of actors for whom issues weigh alike;
what hangs on capabilities is worked out once for all issues with the same exponent. Arrays have a row for each number,
pair or actor, and a column for each draw.
"""

from __future__ import annotations

import math

import numpy as np

from detente.methods.offer_model.kernels.draw_kernels import mix_word
from detente.methods.offer_model.kernels.numba_options import compile_kernel

PERIPHERY, DECAY, LINK_COST, SPREAD, WITHIN = 0, 1, 2, 3, 4
"""The places of the numbers in `settings`."""
u32 = np.uint32


@compile_kernel
def add_pair_issues(departures, x, pairs, issues, with_grave, amounts, totals, at_stake, width):
    """What pairs have at stake on all issues, by group of actors for whom issues weigh alike.

    Writes into `amounts` all of it, what takes all members, and the same under a grave threat; into `totals` all that
    is at stake without a threat; into `at_stake` what each actor has at stake across organisations.
    """
    issue_count = len(issues.issue_stakes)
    streams, words = np.empty((issue_count, width), np.uint32), np.empty((issue_count, width), np.uint32)
    by_capability, pair_threat, plain = np.empty(width), np.zeros(width), np.empty(width)
    sums = np.empty((3, pairs.group_count, width))
    amounts[:, :, :, :width] = 0.0
    totals[:, :width] = 0.0
    at_stake[:, :width] = 0.0
    for q in range(issue_count):
        for d in range(len(departures)):
            first = mix_word(u32(departures[d] + issues.noise_keys[q, 0]))
            streams[q, d] = mix_word(u32(first ^ issues.noise_keys[q, 1]))
    for p in range(len(pairs.pair_first)):
        if issues.has_departures and p % 2 == 0 and len(departures) > 0:
            step = u32(u32(0x9E3779B9) * u32(p // 2))
            for q in range(issue_count):
                for d in range(width):
                    words[q, d] = mix_word(u32(streams[q, d] + step))
        if not pairs.able[p]:
            continue
        if pairs.has_threat:
            fill_pair_threat(p, x, pairs, pair_threat, width)
        for g in range(len(pairs.gravity_numbers)):
            sum_issues(
                p, g, x, pairs, issues, len(departures) > 0, words, sums, plain, pairs.has_threat or with_grave, width
            )
            gravity = x[pairs.gravity_numbers[g]]
            for d in range(width):
                by_capability[d] = math.exp(gravity[d] * pairs.log_product[p])
            if pairs.peripheral[p]:
                for d in range(width):
                    by_capability[d] *= x[pairs.settings[PERIPHERY], d]
            add_amounts(
                p, x, pairs, with_grave, by_capability, pair_threat, sums, plain, amounts, totals, at_stake, width
            )


@compile_kernel
def fill_pair_threat(p, x, pairs, pair_threat, width):
    """The threat that two perceive in common."""
    i, j = pairs.threat[pairs.pair_first[p]], pairs.threat[pairs.pair_second[p]]
    for d in range(width):
        pair_threat[d] = min(x[i, d], x[j, d]) if i >= 0 and j >= 0 else 0.0
    if not pairs.across[p]:
        for d in range(width):
            pair_threat[d] *= x[pairs.settings[WITHIN], d]


@compile_kernel
def sum_issues(p, g, x, pairs, issues, departs, words, sums, plain, with_threat, width):
    """What two have at stake on the issues with the same exponent, but for their capabilities.

    Writes into `sums`, by group, all of it without a threat, what takes all members, and what a threat adds; into
    `plain` the first of these as it weighs for nobody in particular.
    """
    weight = np.empty(width)
    shift = u32(0) if p % 2 == 0 else u32(16)
    sums[:, :, :] = 0.0
    plain[:] = 0.0
    for q in range(len(issues.issue_stakes)):
        if issues.issue_gravity[q] != g:
            continue
        stakes, raised, joint = x[issues.issue_stakes[q]], x[issues.issue_raised[q]], x[issues.issue_multilateral[q]]
        if not (issues.has_departures and departs):
            for d in range(width):
                weight[d] = stakes[d]
        elif issues.spread_is_certain:
            for d in range(width):
                weight[d] = stakes[d] * issues.levels[(words[q, d] >> shift) & u32(0xFFFF)]
        else:
            for d in range(width):
                level = issues.levels[(words[q, d] >> shift) & u32(0xFFFF)]
                weight[d] = stakes[d] * math.exp(x[pairs.settings[SPREAD], d] * level)
        for end in (pairs.pair_first[p], pairs.pair_second[p]):
            if issues.issue_exposure[q, end] >= 0:
                for d in range(width):
                    weight[d] *= x[issues.issue_exposure[q, end], d]
        for d in range(width):
            plain[d] += weight[d]
        for group in range(pairs.group_count):
            number = issues.issue_weight[q, group]
            if number < 0:
                for d in range(width):
                    sums[0, group, d] += weight[d]
                    sums[1, group, d] += weight[d] * joint[d]
                if with_threat:
                    for d in range(width):
                        sums[2, group, d] += weight[d] * raised[d]
            else:
                for d in range(width):
                    weighed = weight[d] * x[number, d]
                    sums[0, group, d] += weighed
                    sums[1, group, d] += weighed * joint[d]
                    sums[2, group, d] += weighed * raised[d]


@compile_kernel
def add_amounts(p, x, pairs, with_grave, by_capability, pair_threat, sums, plain, amounts, totals, at_stake, width):
    """Adds what two have at stake on the issues with the same exponent."""
    if pairs.counted[p]:
        for d in range(width):
            totals[0, d] += by_capability[d] * plain[d]
        for end in (pairs.pair_first[p], pairs.pair_second[p]):
            group = pairs.actor_group[end]
            for d in range(width):
                at_stake[end, d] += by_capability[d] * sums[0, group, d]
    for group in range(pairs.group_count):
        for d in range(width):
            amounts[0, group, p, d] += by_capability[d] * (sums[0, group, d] + sums[2, group, d] * pair_threat[d])
        if pairs.across[p]:
            for d in range(width):
                amounts[1, group, p, d] += by_capability[d] * (sums[1, group, d] + sums[2, group, d] * pair_threat[d])
        if not with_grave:
            continue
        if pairs.across[p]:
            for d in range(width):
                amounts[2, group, p, d] += by_capability[d] * (sums[0, group, d] + sums[2, group, d])
                amounts[3, group, p, d] += by_capability[d] * (sums[1, group, d] + sums[2, group, d])
        else:
            within = x[pairs.settings[WITHIN]]
            for d in range(width):
                amounts[2, group, p, d] += by_capability[d] * (sums[0, group, d] + sums[2, group, d] * within[d])


@compile_kernel
def sum_on_graphs(x, pairs, graphs, with_grave, amounts, values, width):
    """What each actor has on each graph, of each kind of amount."""
    n = len(pairs.threat)
    factor = np.empty(width)
    decay = x[pairs.settings[DECAY]]
    for row in range(len(graphs.row_start) - 1):
        group = pairs.actor_group[row % n]
        values[:, row, :width] = 0.0
        for entry in range(graphs.row_start[row], graphs.row_start[row + 1]):
            p, share, length = graphs.row_pair[entry], graphs.row_share[entry], graphs.row_length[entry]
            if length == 0:
                factor[:] = share
            elif length == 1:
                for d in range(width):
                    factor[d] = share * decay[d]
            else:
                for d in range(width):
                    factor[d] = share * decay[d] ** length
            for kind in range(4 if with_grave else 2):
                if kind % 2 == 1 and not pairs.across[p]:
                    continue
                for d in range(width):
                    values[kind, row, d] += factor[d] * amounts[kind, group, p, d]


@compile_kernel
def add_collective_issues(x, pairs, graphs, with_grave, values, totals, at_stake, width):
    """Adds the issues that pairs cannot settle."""
    n = len(pairs.threat)
    threat = np.empty(width)
    for c in range(len(graphs.collective_stakes)):
        stakes, raised = x[graphs.collective_stakes[c]], x[graphs.collective_raised[c]]
        joint = x[graphs.collective_multilateral[c]]
        threat[:] = 1.0
        for actor in range(n):
            if graphs.collective_concerned[c, actor]:
                for d in range(width):
                    felt = x[pairs.threat[actor], d] if pairs.threat[actor] >= 0 else 0.0
                    threat[d] = min(threat[d], felt)
        for actor in range(n):
            if graphs.collective_users[c, actor]:
                number = graphs.collective_weight[c, actor]
                for d in range(width):
                    totals[0, d] += stakes[d]
                    at_stake[actor, d] += stakes[d] * (x[number, d] if number >= 0 else 1.0)
        for row in range(len(graphs.row_start) - 1):
            unit = graphs.collective_unit[c, row]
            if unit == 0.0:
                continue
            number = graphs.collective_weight[c, row % n]
            for d in range(width):
                sigma = unit * stakes[d] * (x[number, d] if number >= 0 else 1.0)
                by_threat = sigma * raised[d]
                values[0, row, d] += sigma + by_threat * threat[d]
                values[1, row, d] += sigma * joint[d] + by_threat * threat[d]
                if with_grave:
                    values[2, row, d] += sigma + by_threat
                    values[3, row, d] += sigma * joint[d] + by_threat


@compile_kernel
def value_runs(x, efficiency, pairs, runs, with_grave, values, of_runs, costs, width):
    """What each run gives each actor, and what its links cost; runs from which gains are counted come first."""
    n = len(pairs.threat)
    probability, undone = np.empty(width), np.empty(width)
    value, cost = np.empty((2, n, width)), np.empty((n, width))
    sums = np.empty((3, width))
    for run in range(len(runs.run_channel)):
        base, channel = runs.run_base[run], runs.run_channel[run]
        of_runs[:, run, :, :width] = 0.0
        costs[run, :, :width] = 0.0
        for k in range(runs.graph_start[run], runs.graph_start[run + 1]):
            for d in range(width):
                chance = 1.0
                if runs.channel_has_alternatives[channel]:
                    exclusivity, opening = x[runs.channel_exclusivity[channel], d], x[runs.channel_opening[channel], d]
                    chance = 1 - exclusivity if runs.possible_keeps[k] else exclusivity
                    chance *= opening if runs.possible_opened[k] else 1 - opening
                probability[d] = chance
                best = 0.0
                for other in runs.possible_channels[k]:
                    if other >= 0:
                        best = max(best, efficiency[other, d])
                undone[d] = 1 - best
            for actor in range(n):
                row = runs.possible_graph[k] * n + actor
                for threat in range(2 if with_grave else 1):
                    for d in range(width):
                        joint = values[2 * threat + 1, row, d]
                        value[threat, actor, d] = values[2 * threat, row, d] - undone[d] * joint
                for d in range(width):
                    cost[actor, d] = runs.possible_half_links[k, actor] * x[pairs.settings[LINK_COST], d]
            for group in range(runs.possible_group_counts[k]):
                divide_among_members(
                    k, group, run, base, pairs, runs, with_grave, value, cost, of_runs, costs, sums, width
                )
            for actor in range(n):
                for threat in range(2 if with_grave else 1):
                    for d in range(width):
                        of_runs[threat, run, actor, d] += probability[d] * value[threat, actor, d]
                for d in range(width):
                    costs[run, actor, d] += probability[d] * cost[actor, d]


@compile_kernel
def divide_among_members(k, group, run, base, pairs, runs, with_grave, value, cost, of_runs, costs, sums, width):
    """Divides what an organisation that is one player has beside the base among its members, in place."""
    n = len(pairs.threat)
    sums[:, :] = 0.0
    for actor in range(n):
        if runs.possible_groups[k, actor] == group:
            for d in range(width):
                sums[0, d] += value[0, actor, d] - (of_runs[0, base, actor, d] if run != base else 0.0)
                sums[2, d] += cost[actor, d] - (costs[base, actor, d] if run != base else 0.0)
            if with_grave:
                for d in range(width):
                    sums[1, d] += value[1, actor, d] - (of_runs[1, base, actor, d] if run != base else 0.0)
    for actor in range(n):
        if runs.possible_groups[k, actor] == group:
            share = runs.possible_shares[k, actor]
            for d in range(width):
                value[0, actor, d] = share * sums[0, d] + (of_runs[0, base, actor, d] if run != base else 0.0)
                cost[actor, d] = share * sums[2, d] + (costs[base, actor, d] if run != base else 0.0)
            if with_grave:
                for d in range(width):
                    value[1, actor, d] = share * sums[1, d] + (of_runs[1, base, actor, d] if run != base else 0.0)
