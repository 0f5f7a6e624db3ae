"""The finding on replies: what each is worth to who answers, beside what was replied."""

from __future__ import annotations

from collections import Counter
from datetime import date

from detente.case.index.offers import replies_by, replies_of_others
from detente.case.schema.record import REPLY_ANSWER_WORDS, ReplyAnswer
from detente.methods.games.extensive_form import backward_induction
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.text import Telling, by, in_turn, share
from detente.rooms.acceptance.model.decision_makers import Theory
from detente.rooms.acceptance.model.offer_game import offer_game
from detente.text.dates import format_date
from detente.text.english import cardinal, count_noun, join_words, upper_first
from detente.text.number_format import format_number, per_hundred

TIMES = {0: "never", 1: "once", 2: "twice"}
ASSUMED = (
    "What a reply costs, and how long an offer outlives it, are assumptions of the case; that silence keeps an offer "
    "alive longer than a no is one of them, and so is every preference between replies that do not accept."
)


def replies(tell: Telling) -> Finding:
    """What every reply is worth a year, how often it is the best, its chance, and how often it was given."""
    import polars as pl

    council, judged = tell.council, tell.judged
    on_record = replies_by(council.case, council.sides[1])
    given = Counter(reply.answer for reply in on_record)
    answered = sum(given.values())
    rows = []
    for theory in dict.fromkeys((council.own, council.whole)):
        for run in council.runs:
            for at, name in enumerate(judged.replies):
                rows.append(
                    {
                        "reply": REPLY_ANSWER_WORDS[name],
                        "theory": theory.title,
                        "run": tell.way(run),
                        "worth": format_number(float(judged.worth[run, theory.id][at])),
                        "best": share(float(judged.best[run, theory.id][at]), judged.draws),
                        "chance": f"{100 * float(judged.chance[run, theory.id][at]):.0f}",
                        "given": f"{given[name]} of {answered}" if answered else "",
                    }
                )
    said = [
        f"{upper_first(by(council.whole))} the reply that is most often the best is {_best(tell, council.whole)}.",
        f"On record: {join_words(f'{REPLY_ANSWER_WORDS[name]} ({n})' for name, n in given.most_common())}."
        if given
        else "",
        _of_others(tell),
        "Which of them that do not accept is the best rests on what is assumed of silence and of a no.",
        _perfect(tell),
    ]
    return Finding(
        id="replies",
        title=f"What {tell.answers} would reply",
        says=" ".join(one for one in said if one),
        see="What each reply is worth a year on average, in how many draws it is the best, and its chance if choices "
        "are noisy; last, the replies on record.",
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "worth": "worth a year",
            "best": "best in, of 100",
            "chance": "chance, of 100",
            "given": "on record",
        },
        method=(
            "To accept binds: it is worth its utility a year, and what it is worth under a grave threat once one has "
            "arisen. So it may be best where the channel as it is is not worth having, and not be best where it is. "
            "Every other reply costs something, and leaves the offer alive for "
            "a while, in which a grave threat may arise or its worth become known (the value of information of Raiffa "
            "and Schlaifer 1961), so silence is an option on accepting later. The best reply is that of the "
            "subgame-perfect outcome, if a reply once given stands; chances are those of the logit agent quantal "
            f"response (McKelvey and Palfrey 1998; Signorino 1999), of which it is the limit. {ASSUMED}"
        ),
        rests_on=tuple(reply.id for reply in on_record),
    )


def _of_others(tell: Telling) -> str:
    """How many replies to offers to that side are by others, e.g. by members for themselves, and do not count."""
    others = len(replies_of_others(tell.council.case, tell.council.sides[1]))
    who = f"others than {tell.answers} and those who speak for it"
    return (
        f"Not counted: {count_noun(others, 'reply', 'replies')} to offers to {tell.answers}, by {who}."
        if others
        else ""
    )


def _perfect(tell: Telling) -> str:
    """The subgame-perfect outcome at the central estimates."""
    path = backward_induction(offer_game(tell.council)[0].root)[1]
    what = "an offer, and then: " + path[1] if len(path) > 1 else "no offer"
    return f"Where all is at its mean and known to both, the subgame-perfect outcome is {what}."


def replies_held(tell: Telling) -> Finding | None:
    """Every reply on record with the chance that each theory gave its kind; None where the other side gave none."""
    import polars as pl

    council = tell.council
    given = replies_by(council.case, council.sides[1])
    if not given:
        return None
    theories = list(dict.fromkeys((council.own, council.whole)))
    rows, likely = [], 0
    for reply in sorted(given, key=lambda one: one.date.as_stated.first_day if one.date else date.max):
        kind: ReplyAnswer = "accept" if reply.answer == "contact" else reply.answer
        row: dict[str, object] = {"reply": reply.id, "date": format_date(reply.date) if reply.date else "undated"}
        row["kind"] = REPLY_ANSWER_WORDS[reply.answer]
        for theory in theories:
            chances = _chances(tell, theory)
            row[theory.title] = per_hundred(chances[kind]) if kind in chances else ""
        chances = _chances(tell, council.whole)
        likely += kind == max(chances, key=lambda name: chances[name])
        rows.append(row)
    kinds = len({reply.answer for reply in given})
    return Finding(
        id="replies",
        title="How it answered each time",
        says=(
            f"{upper_first(count_noun(len(given), 'reply', 'replies'))} of {count_noun(kinds, 'kind')} are on record. The model "
            "gives the same chances each time: it does not say why one reply was given now and another then. What is "
            f"the likeliest kind {by(council.whole)} was given {TIMES.get(likely, f'{cardinal(likely)} times')}."
        ),
        see="The chance of 100 that each theory gave the kind of reply that was given.",
        table=pl.DataFrame(rows),
        links=("reply",),
        method=(
            "Chances are means over draws and over the ways the channel may be run. A brief contact counts as an "
            "acceptance. Which of the replies that do not accept is likely rests on what the case assumes of them."
        ),
        rests_on=tuple(reply.id for reply in given),
    )


def _chances(tell: Telling, theory: Theory) -> dict[ReplyAnswer, float]:
    """The chance of every kind of reply, the mean over the ways the channel may be run."""
    judged, runs = tell.judged, tell.council.runs
    each = [judged.chance[run, theory.id] for run in runs]
    return {name: float(sum(one[at] for one in each) / len(each)) for at, name in enumerate(judged.replies)}


def _best(tell: Telling, theory: Theory) -> str:
    """The reply that is most often the best, form by form; once where it is the same."""
    judged, runs = tell.judged, tell.council.runs
    found = [(int(judged.best[run, theory.id].argmax()), float(judged.best[run, theory.id].max())) for run in runs]
    if len({at for at, _ in found}) == 1:
        return f"“{REPLY_ANSWER_WORDS[judged.replies[found[0][0]]]}”, in {in_turn([per_hundred(p) for _, p in found])} of 100 draws"
    each = [
        f"“{REPLY_ANSWER_WORDS[judged.replies[at]]}” {tell.form(run)}, in {per_hundred(p)}"
        for run, (at, p) in zip(runs, found, strict=True)
    ]
    return f"{join_words(each)} of 100 draws"
