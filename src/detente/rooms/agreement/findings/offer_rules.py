"""What else the offers of the case must pass: the known rules, with who could lift them, and whether they last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.agreement.findings.text import AgreementLabels
from detente.rooms.agreement.model.offer_rules import IssueRuling, OfferRules
from detente.rooms.rules.findings.text import RuleLabels
from detente.text.english import cardinal, count_noun, join_words, lower_first, upper_first


def offer_rules_finding(labels: AgreementLabels) -> Finding | None:
    """Every issue of every offer of the case, held against the rules of both sides, and against its game."""
    rules = labels.model.offer_rules
    if not rules:
        return None
    return Finding(
        id="offer-rules",
        title="What rules and time make of these offers",
        says=rule_sentences(labels),
        table=make_table(
            (
                Column("offer"),
                Column("issue"),
                Column("offering", f"rules of {labels.plain(labels.offering)}"),
                Column("answering", f"rules of {labels.plain(labels.answering)}"),
                Column("lifted", "what would lift it"),
                Column("by", "who could"),
                Column("lasts", "lasts with errors", "of_100", "share of draws", missing="no game"),
                Column("lasts_so", "lasts with its clauses", "of_100", "share of draws"),
            ),
            list(_rows(labels, rules)),
        ),
        method=(
            "The proposals that the offer names, else on each issue that which the rules allow most, with what its "
            "clauses give of what rules ask for, at the time at which all proposals are compared. The first of the "
            "smallest sets of changes that would open it is shown. Whether it lasts is told by the games of the case: "
            "that rules allow it, that both would have it and that it lasts are three things, which nobody may "
            "multiply."
        ),
        rests_on=tuple(rules),
    )


def rule_sentences(labels: AgreementLabels) -> str:
    """Which offers of the case known rules stand in the way of, and who could lift that; nothing without rules."""
    rules = labels.model.offer_rules
    barred = {name: one for name, one in rules.items() if not one.is_open}
    if not rules:
        return ""
    if not barred:
        silent = all(set(ruling.positions) == {"silent"} for one in rules.values() for ruling in one.by_issue)
        does = "speaks of" if silent else "stands in the way of"
        return f"No rule known {_by_year(labels)} {does} {'it' if len(rules) == 1 else 'any of them'}."
    return " ".join(_obstacle_sentences(labels, len(rules), barred))


def _by_year(labels: AgreementLabels) -> str:
    rules = labels.model.rules
    return f"in {rules.docket.comparison_year}" if rules else ""


def _obstacle_sentences(labels: AgreementLabels, count: int, barred: Mapping[str, OfferRules]) -> Iterator[str]:
    case = labels.model.case
    names = join_words(lower_first(case.offers[name].title) for name in barred)
    what = f"{cardinal(len(barred))} of {count_noun(count, 'offer')}: {names}" if count > 1 else "it"
    yield f"Rules known {_by_year(labels)} stand in the way of {what}."
    for name, rules_of_one in list(barred.items())[:2]:
        issues = join_words(lower_first(labels.item_title(ruling.issue)) for ruling in rules_of_one.obstacles)
        parties = join_words(map(RuleLabels(case).in_sentence, rules_of_one.lifted_by))
        where = f"In {lower_first(case.offers[name].title)}, the" if len(barred) > 1 else "The"
        lifted = f"{parties} could lift that" if parties else "no few changes would lift that"
        yield f"{where} obstacle is {issues}; {lifted}."


def _rows(labels: AgreementLabels, rules: Mapping[str, OfferRules]) -> Iterator[dict[str, object]]:
    rule_labels = RuleLabels(labels.model.case, quotes_rules=False)
    for name, one in rules.items():
        games = {game.issue: game for game in labels.model.lasting[name]}
        for ruling in one.by_issue:
            game = games.get(ruling.issue)
            yield {
                "offer": labels.model.case.offers[name].title,
                "issue": labels.item_title(ruling.issue),
                "offering": ruling.positions[0],
                "answering": ruling.positions[1],
                "lifted": _lifted(rule_labels, ruling),
                "by": join_words(map(labels.names.party_name, one.parties_for(ruling))),
                "lasts": game.lasts if game else None,
                "lasts_so": game.with_clauses if game else None,
            }


def _lifted(labels: RuleLabels, ruling: IssueRuling) -> str:
    if ruling.is_open:
        return ""
    return upper_first(labels.changes_in_words(ruling.opening)) if ruling.opening else "none of few changes"
