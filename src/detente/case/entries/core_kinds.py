"""The kinds of entries that every case may have, in the order in which a page lists them."""

from __future__ import annotations

from detente.case.entries.inputs import (
    attribute_inputs,
    coding_inputs,
    experience_inputs,
    fact_inputs,
    figures_inputs,
    game_inputs,
    organisation_inputs,
    outcome_inputs,
    prediction_inputs,
    proposal_inputs,
    stance_inputs,
    statement_inputs,
)
from detente.case.entries.registry import EntryKind, EntryRegistry
from detente.case.schema.case import Case, Scenario
from detente.case.schema.channels import Capability, Channel
from detente.case.schema.choices import Choice
from detente.case.schema.coding import (
    Argument,
    Branch,
    Coder,
    Coding,
    Issue,
    Motive,
    MotiveTable,
    Passage,
    Proposal,
    Proposition,
    Theory,
)
from detente.case.schema.common_goods import CommonGood
from detente.case.schema.decision_rules import MemberStance
from detente.case.schema.document_conclusions import Contradiction, DocumentVerdict, Prediction, StatedAssessment
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Clue, Hypothesis
from detente.case.schema.institutions import Institution
from detente.case.schema.legal_rules import Attribute, Rule
from detente.case.schema.offers import (
    AgreedBefore,
    Concession,
    Objective,
    OfferClause,
    OfferDepth,
    OfferPackage,
    Signpost,
    StepSequence,
)
from detente.case.schema.parties import Actor, Document, Organ, Organisation, Source
from detente.case.schema.record import Event, Fact, Offer, Reply, Statement
from detente.case.schema.repeated_games import DeclaredArmsRace, RepeatedGame, Strategy
from detente.case.schema.response import (
    AlternativePriors,
    Mechanism,
    NumbersTogether,
    ObservedOutcome,
    OutsideOption,
    TheoryLens,
)
from detente.case.schema.unlikeness import Experience, Trait

LEVEL_PHRASES = {"primary": "first of all", "secondary": "besides", "none": "not at all"}


def coding_sentence(coding: Coding) -> str:
    """What a coding says."""
    if coding.level:
        sentence = f"{coding.unit} is explained {LEVEL_PHRASES[coding.level]} by {coding.theory}"
    elif coding.direction == "neither":
        sentence = f"{coding.unit} speaks neither for nor against {coding.theory}"
    else:
        sentence = f"{coding.unit} speaks {coding.direction} {coding.theory}"
    sentence += (
        f", {'on a condition' if coding.strength == 'conditional' else coding.strength}" if coding.strength else ""
    )
    return f"{sentence}, by {coding.coder}" + (f" in round {coding.round}" if coding.round > 1 else "")


def passage_sentence(passage: Passage) -> str:
    """What a passage says, or what it is on."""
    return passage.says or f"a passage on {passage.motive}"


def fact_sentence(fact: Fact) -> str:
    """What a fact says, with its unit and time."""
    value = ", ".join(fact.value) if isinstance(fact.value, list) else str(fact.value)
    unit = f" {fact.unit}" if fact.unit else ""
    return f"{fact.of}, {fact.attribute}: {value}{unit}{f', in {fact.during}' if fact.during else ''}"


CORE_KINDS = (
    EntryKind("offer", Offer, "Offers", "record"),
    EntryKind("reply", Reply, "Replies", "record"),
    EntryKind("event", Event, "Events", "record"),
    EntryKind("statement", Statement, "Statements", "record", inputs=statement_inputs),
    EntryKind("motive", Motive, "Motives", "motives"),
    EntryKind("passage", Passage, "Passages", "passages", words=passage_sentence),
    EntryKind("coding", Coding, "Codings", "codings", words=coding_sentence, inputs=coding_inputs),
    EntryKind("argument", Argument, "Arguments", "arguments"),
    EntryKind("table", MotiveTable, "Tables", "tables"),
    EntryKind("theory", Theory, "Theories", "theories"),
    EntryKind("branch", Branch, "Branches of theories", "branches", inside="theories"),
    EntryKind("proposition", Proposition, "Propositions of theories", "propositions", inside="theories"),
    EntryKind("hypothesis", Hypothesis, "Hypotheses", "hypotheses"),
    EntryKind("clue", Clue, "Clues", "clues"),
    EntryKind("verdict", DocumentVerdict, "Verdicts of the documents", "verdicts"),
    EntryKind("prediction", Prediction, "Predictions of the documents", "predictions", inputs=prediction_inputs),
    EntryKind("assessment", StatedAssessment, "Other judgements of the documents", "assessments"),
    EntryKind("contradiction", Contradiction, "Contradictions", "contradictions"),
    EntryKind("proposal", Proposal, "Proposals", "proposals", inputs=proposal_inputs),
    EntryKind("issue", Issue, "Issue areas", "issues"),
    EntryKind("rule", Rule, "Rules", "rules"),
    EntryKind("attribute", Attribute, "Attributes that rules ask for", "attributes", inputs=attribute_inputs),
    EntryKind("capability", Capability, "Measures of capability", "capabilities", inputs=figures_inputs),
    EntryKind("channel", Channel, "Channels", "channels"),
    EntryKind("trait", Trait, "Traits of organisations", "traits"),
    EntryKind("experience", Experience, "Earlier bodies", "experiences", inputs=experience_inputs),
    EntryKind("regime", Capability, "Measures of democracy", "regimes", inputs=figures_inputs),
    EntryKind("mechanism", Mechanism, "Mechanisms", "mechanisms"),
    EntryKind("lens", TheoryLens, "Theories as mechanisms", "lenses"),
    EntryKind("option", OutsideOption, "Outside options", "outside"),
    EntryKind("group", NumbersTogether, "Numbers that go together", "together", has_estimates=False),
    EntryKind("priors", AlternativePriors, "Other assumptions", "priors", has_estimates=False),
    EntryKind("choice", Choice, "Choices", "choices"),
    EntryKind("outcome", ObservedOutcome, "Outcomes", "outcomes", inputs=outcome_inputs),
    EntryKind("game", RepeatedGame, "Repeated games", "games", inputs=game_inputs),
    EntryKind("good", CommonGood, "Common goods", "common_goods"),
    EntryKind("race", DeclaredArmsRace, "Arms races", "arms_races"),
    EntryKind("institution", Institution, "Institutions", "institutions"),
    EntryKind("strategy", Strategy, "Strategies", "strategies"),
    EntryKind("depth", OfferDepth, "Depths of offers", "depths"),
    EntryKind("clause", OfferClause, "Clauses of offers", "clauses"),
    EntryKind("concession", Concession, "Concessions", "concessions"),
    EntryKind("package", OfferPackage, "Offers that could be made", "offers"),
    EntryKind("sequence", StepSequence, "Orders of steps", "sequences"),
    EntryKind("agreed", AgreedBefore, "What was agreed", "agreed"),
    EntryKind("objective", Objective, "Objectives", "objectives"),
    EntryKind("signpost", Signpost, "Signposts", "signposts"),
    EntryKind("stance", MemberStance, "Stances of members", "stances", inputs=stance_inputs),
    EntryKind("fact", Fact, "Facts", "facts", words=fact_sentence, inputs=fact_inputs),
    EntryKind("estimate", Estimate, "Estimates", "estimates"),
    EntryKind("scenario", Scenario, "Scenarios", "scenarios"),
    EntryKind("organisation", Organisation, "Organisations", "organisations", inputs=organisation_inputs),
    EntryKind("organ", Organ, "Organs", "organs", inside="organisations"),
    EntryKind("actor", Actor, "Actors", "actors"),
    EntryKind("coder", Coder, "Coders", "coders"),
    EntryKind("document", Document, "Documents", "documents"),
    EntryKind("source", Source, "Sources", "sources"),
)
CORE_REGISTRY = EntryRegistry(CORE_KINDS)


def registry_of(case: Case) -> EntryRegistry:
    """The registry of kinds by which a case was read."""
    return type(case).entry_registry or CORE_REGISTRY
