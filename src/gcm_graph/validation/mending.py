"""How to mend a result, for rules whose message only says what is wrong (W3C SHACL, section 4)."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "ClassConstraintComponent": "Point to something of the class that the rule asks for, or say "
    "in the data which class it has (`a …`).",
    "ClosedConstraintComponent": "Take the statement out: the rule allows only the properties "
    "that it lists.",
    "DatatypeConstraintComponent": "Write the value with the datatype that the rule asks for, "
    'as in `"2018-12-19"^^xsd:date`.',
    "DisjointConstraintComponent": "Take the value out of one of the two properties.",
    "EqualsConstraintComponent": "Give both properties the same values.",
    "HasValueConstraintComponent": "Add the value that the rule asks for.",
    "InConstraintComponent": "Use one of the values that the rule lists.",
    "LanguageInConstraintComponent": 'Give the text one of the languages listed, as in `"…"@en`.',
    "LessThanConstraintComponent": "Correct one of the two values: this one must be the smaller.",
    "LessThanOrEqualsConstraintComponent": "Correct one of the two values: this one must not be "
    "the greater.",
    "MaxCountConstraintComponent": "Take values out until no more stand than the rule allows.",
    "MaxExclusiveConstraintComponent": "Correct the value: it is too great.",
    "MaxInclusiveConstraintComponent": "Correct the value: it is too great.",
    "MaxLengthConstraintComponent": "Shorten the value.",
    "MinCountConstraintComponent": "Add a value of this property.",
    "MinExclusiveConstraintComponent": "Correct the value: it is too small.",
    "MinInclusiveConstraintComponent": "Correct the value: it is too small.",
    "MinLengthConstraintComponent": "Write more: the value is too short.",
    "NodeKindConstraintComponent": "Write what the rule asks for: an IRI in angle brackets, or a "
    "text in quotation marks.",
    "NotConstraintComponent": "Change the data so that the rule's exclusion no longer fits.",
    "OrConstraintComponent": "Change the value so that it meets one of the conditions.",
    "PatternConstraintComponent": "Write the value in the form that the rule's pattern asks for.",
    "QualifiedMinCountConstraintComponent": "Add a value that meets the rule's condition.",
    "QualifiedMaxCountConstraintComponent": "Take out values that meet the rule's condition.",
    "UniqueLangConstraintComponent": "Keep one value for each language.",
    "XoneConstraintComponent": "Change the value so that it meets exactly one of the conditions.",
}
"""A sentence for each kind of constraint that has a usual cure."""


def mend(constraint: str) -> str:
    """Return what usually mends a result of this constraint component; empty when unknown."""
    return SENTENCES.get(constraint, "")
