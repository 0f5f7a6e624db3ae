"""What an offer is worth to the side that answers, compiled: gains, what each reason adds to them, and the answer.

Draws are the inner loop, a few hundred at a time, so that all that is needed of them stays near the processor. Arrays
have a row for each number, pair or actor, and a column for each draw.
"""

from __future__ import annotations

import math

import numpy as np

from detente.methods.offer_model.kernels.numba_options import compile_kernel
from detente.methods.offer_model.kernels.stakes_kernel import (
    add_collective_issues,
    add_pair_issues,
    sum_on_graphs,
    value_runs,
)

WIDTH = 256
"""Draws that are worked out at once."""
RELATIVE, GAIN, LOSS, FEAR, NORMS, SHIELD = 0, 1, 2, 3, 4, 5
"""Kinds of mechanisms: what is minded, what adds in proportion to what is at stake, and what takes from it."""


@compile_kernel
def answer_batch(departures, x, efficiency, m, answers, grave_answers):
    """Writes the utility at which the answer turns, or that of every voice of the side that answers.

    Args:
        departures: By which draws single pairs depart from what is usual, shape (draws,), or empty if none does.
        x: Every number, shape (numbers, draws).
        efficiency: How much each channel gets done, shape (channels, draws).
        m: The arrays of the model (`compiled_model.ModelArrays`).
        answers: To be written, shape (forms, theories, columns, draws): a single column where everybody is needed.
        grave_answers: The same under a grave threat; without draws where nobody asks.
    """
    pairs, issues, graphs, runs, reasons = m
    with_grave = grave_answers.shape[3] > 0
    n, run_count = len(pairs.threat), len(runs.run_channel)
    amounts = np.empty((4, pairs.group_count, len(pairs.pair_first), WIDTH))
    values = np.empty((4, len(graphs.row_start) - 1, WIDTH))
    totals, at_stake, gains = np.empty((2, WIDTH)), np.empty((n, WIDTH)), np.empty((2, n, WIDTH))
    of_runs, costs = np.empty((2, run_count, n, WIDTH)), np.empty((run_count, n, WIDTH))
    terms = np.empty((2, reasons.uses.shape[1], len(reasons.voice_actor), WIDTH))
    for offset in range(0, x.shape[1], WIDTH):
        stop = min(offset + WIDTH, x.shape[1])
        xb, eb, width = x[:, offset:stop], efficiency[:, offset:stop], stop - offset
        add_pair_issues(departures[offset:stop], xb, pairs, issues, with_grave, amounts, totals, at_stake, width)
        sum_on_graphs(xb, pairs, graphs, with_grave, amounts, values, width)
        add_collective_issues(xb, pairs, graphs, with_grave, values, totals, at_stake, width)
        # Links cost a share of what is at stake: of nothing, nothing.
        for d in range(width):
            totals[1, d] = 1.0 if totals[0, d] > 0 else 0.0
            if totals[0, d] <= 0:
                totals[0, d] = 1.0
        value_runs(xb, eb, pairs, runs, with_grave, values, of_runs, costs, width)
        for form in range(len(runs.form_run)):
            run = runs.form_run[form]
            base = runs.run_base[run]
            channels = (runs.run_channel[run], runs.run_channel[base])
            for threat in range(2 if with_grave else 1):
                for actor in range(n):
                    for d in range(width):
                        change = of_runs[threat, run, actor, d] - of_runs[threat, base, actor, d]
                        saved = costs[base, actor, d] - costs[run, actor, d]
                        change *= totals[1, d] if threat == 0 else 1.0
                        gains[threat, actor, d] = change / totals[0, d] + saved * totals[1, d]
            add_reasons(xb, eb, pairs, issues, runs, reasons, channels, totals, at_stake, gains[0], terms, width)
            answer_form(reasons, 0, gains[0], terms, answers[form, :, :, offset:stop], width)
            if with_grave:
                answer_form(reasons, 1, gains[1], terms, grave_answers[form, :, :, offset:stop], width)


@compile_kernel
def add_reasons(x, efficiency, pairs, issues, runs, reasons, channels, totals, at_stake, gains, terms, width):
    """What each mechanism and outside option adds for the voices that decide by a channel instead of another.

    Writes into `terms` what counts as things are, and what counts under a grave threat.
    """
    mechanisms = len(reasons.mechanism_kind)
    amount = np.empty((len(reasons.voice_actor), width))
    terms[:, :, :, :width] = 0.0
    for reason in range(mechanisms):
        if reasons.mechanism_kind[reason] == RELATIVE:
            add_relative_gains(x, pairs, reasons, reason, gains, terms, width)
            continue
        for which in range(2):
            sign, of_channel = (1.0, channels[0]) if which == 0 else (-1.0, channels[1])
            if not reasons.touches_anybody[of_channel]:
                continue
            fill_mechanism(x, pairs, runs, reasons, reason, of_channel, totals, at_stake, amount, width)
            for voice in reasons.deciding_voices:
                for d in range(width):
                    terms[0, reason, voice, d] += sign * amount[voice, d]
        if reasons.mechanism_kind[reason] != FEAR:
            terms[1, reason, :, :width] = terms[0, reason, :, :width]
    for option in range(len(reasons.option_forgone)):
        for which in range(2):
            sign, of_channel = (-1.0, channels[0]) if which == 0 else (1.0, channels[1])
            if not reasons.touches_anybody[of_channel]:
                continue
            fill_option(
                x, efficiency, pairs, issues, runs, reasons, option, of_channel, totals, at_stake, amount, width
            )
            for voice in reasons.deciding_voices:
                for d in range(width):
                    terms[0, mechanisms + option, voice, d] += sign * amount[voice, d]
        terms[1, mechanisms + option, :, :width] = terms[0, mechanisms + option, :, :width]


@compile_kernel
def add_relative_gains(x, pairs, reasons, reason, gains, terms, width):
    """What the concern for relative gains adds: nothing of it is left under a grave threat."""
    n = len(pairs.threat)
    minded, others = np.empty(width), np.empty(width)
    for r in range(reasons.mechanism_start[reason], reasons.mechanism_start[reason + 1]):
        voice = reasons.row_voice[r]
        if not reasons.is_deciding[voice]:
            continue
        own, strength = reasons.voice_actor[voice], x[reasons.row_strength[r]]
        for c in range(reasons.comparison_start[r], reasons.comparison_start[r + 1]):
            least_threat(x, pairs, own, reasons.comparison_others[c], minded, width)
            others[:] = 0.0
            for actor in range(n):
                if reasons.comparison_others[c, actor]:
                    for d in range(width):
                        others[d] += gains[actor, d]
            for d in range(width):
                concern = strength[d] * (1 - minded[d]) * reasons.comparison_factor[c]
                terms[0, reason, voice, d] += concern * (gains[own, d] - others[d])


@compile_kernel
def least_threat(x, pairs, own, others, least, width):
    """The least threat that an actor and some others perceive."""
    for d in range(width):
        least[d] = x[pairs.threat[own], d] if pairs.threat[own] >= 0 else 0.0
    for actor in range(len(pairs.threat)):
        if others[actor]:
            for d in range(width):
                felt = x[pairs.threat[actor], d] if pairs.threat[actor] >= 0 else 0.0
                least[d] = min(least[d], felt)


@compile_kernel
def fill_mechanism(x, pairs, runs, reasons, reason, channel, totals, at_stake, amount, width):
    """What a mechanism adds for each voice by a channel."""
    kind = reasons.mechanism_kind[reason]
    least = np.empty(width)
    amount[:, :] = 0.0
    for r in range(reasons.mechanism_start[reason], reasons.mechanism_start[reason + 1]):
        voice = reasons.row_voice[r]
        counts = reasons.is_deciding[voice] or reasons.loser_counts[reason] >= 0
        if not counts or not reasons.is_touched[channel, voice]:
            continue
        actor, strength = reasons.voice_actor[voice], x[reasons.row_strength[r]]
        if kind in (NORMS, SHIELD):
            if runs.channel_displaces[channel]:
                sign = reasons.row_factor[r] if kind == SHIELD else -reasons.row_factor[r]
                for d in range(width):
                    at = strength[d] * at_stake[actor, d] / totals[0, d]
                    amount[voice, d] = sign * at * x[runs.channel_exclusivity[channel], d]
            continue
        for d in range(width):
            at = strength[d] * at_stake[actor, d] / totals[0, d]
            amount[voice, d] = at if kind == GAIN else -at
        if kind == FEAR:
            least_threat(x, pairs, actor, reasons.row_feared[r], least, width)
            for d in range(width):
                amount[voice, d] *= reasons.row_power[r] * (1 - least[d])
        if reasons.less_by_exclusivity[reason] >= 0:
            for d in range(width):
                exclusivity = x[runs.channel_exclusivity[channel], d] if runs.channel_displaces[channel] else 0.0
                by_exclusivity = x[reasons.less_by_exclusivity[reason], d] * (1 - exclusivity)
                by_depth = x[reasons.less_by_depth[reason], d] * (1 - x[runs.channel_depth[channel], d])
                amount[voice, d] *= (1 - by_exclusivity) * (1 - by_depth)
    if reasons.loser_counts[reason] >= 0:
        charge_losers(reasons, reason, amount, width)


@compile_kernel
def charge_losers(reasons, reason, amount, width):
    """Takes from some what the others win, in place."""
    won = np.zeros(width)
    for voice in range(len(reasons.voice_actor)):
        if not reasons.losers[reason, reasons.voice_actor[voice]]:
            for d in range(width):
                won[d] += reasons.voice_weight[voice] * amount[voice, d]
    for voice in range(len(reasons.voice_actor)):
        if reasons.losers[reason, reasons.voice_actor[voice]]:
            for d in range(width):
                amount[voice, d] = -won[d] / reasons.loser_counts[reason]


@compile_kernel
def fill_option(x, efficiency, pairs, issues, runs, reasons, option, channel, totals, at_stake, amount, width):
    """What an outside option forgoes for each voice by a channel."""
    amount[:, :] = 0.0
    worth = np.empty(width)
    known_actor = -1
    for voice in range(len(reasons.voice_actor)):
        counts = reasons.is_deciding[voice] and reasons.option_voices[option, voice]
        if not counts or not reasons.is_touched[channel, voice]:
            continue
        actor = reasons.voice_actor[voice]
        if actor != known_actor:
            known_actor = actor
            if reasons.partner_start[option] == reasons.partner_start[option + 1]:
                for d in range(width):
                    worth[d] = at_stake[actor, d] / totals[0, d]
            else:
                fill_gains_with_partners(
                    x, efficiency, pairs, issues, runs, reasons, option, actor, totals, worth, width
                )
        for d in range(width):
            amount[voice, d] = x[reasons.option_forgone[option], d] * worth[d]


@compile_kernel
def fill_gains_with_partners(x, efficiency, pairs, issues, runs, reasons, option, actor, totals, worth, width):
    """What an actor has with partners beyond the channels, as a share of all at stake across."""
    worth[:] = 0.0
    by_capability = np.zeros((len(pairs.gravity_numbers), width))
    for partner in range(reasons.partner_start[option], reasons.partner_start[option + 1]):
        log_product = reasons.log_capability[actor] + reasons.partner_log_capability[partner] - reasons.log_reference
        if log_product == -np.inf:
            continue
        for g in range(len(pairs.gravity_numbers)):
            for d in range(width):
                by_capability[g, d] += math.exp(x[pairs.gravity_numbers[g], d] * log_product)
    for q in range(len(issues.issue_stakes)):
        stakes, joint = x[issues.issue_stakes[q]], x[issues.issue_multilateral[q]]
        number = issues.issue_weight[q, pairs.actor_group[actor]]
        for d in range(width):
            weighed = stakes[d] * (x[number, d] if number >= 0 else 1.0)
            done = 1 - joint[d] * (1 - efficiency[runs.observed, d])
            worth[d] += weighed * by_capability[issues.issue_gravity[q], d] * done / 2
    for d in range(width):
        worth[d] /= totals[0, d]


@compile_kernel
def answer_form(reasons, threat, gains, terms, answers, width):
    """What the channel is worth by each theory: to every voice that decides, or to the most reluctant of them."""
    total = np.empty(width)
    for theory in range(reasons.uses.shape[0]):
        if reasons.everybody_is_needed:
            answers[theory, 0, :] = np.inf
        for place in range(len(reasons.deciding_voices)):
            voice = reasons.deciding_voices[place]
            for d in range(width):
                total[d] = gains[reasons.voice_actor[voice], d]
            for reason in range(reasons.uses.shape[1]):
                if reasons.uses[theory, reason]:
                    for d in range(width):
                        total[d] += terms[threat, reason, voice, d]
            if reasons.everybody_is_needed:
                for d in range(width):
                    answers[theory, 0, d] = min(answers[theory, 0, d], total[d])
            else:
                for d in range(width):
                    answers[theory, place, d] = total[d]
