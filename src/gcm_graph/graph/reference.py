"""References: a thing or a literal as an answer names it."""

from pyoxigraph import Literal, NamedNode

from gcm_graph.graph.label import label
from gcm_graph.graph.literal import shown
from gcm_graph.graph.reader import Reader
from gcm_graph.graph.view import Ref, Text
from gcm_graph.namespaces import XSD
from gcm_graph.terms import Term, local_path

_PLAIN = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


def ref(reader: Reader, iri: str) -> Ref:
    """Return the thing as it is named: label in the best language, page, symbol, kind.

    Args:
        reader: what to read through.
        iri: any IRI; one of which nothing is known is named by its last part.
    """
    name, language = label(reader.index, iri, reader.languages)
    return Ref(
        iri=iri,
        label=name,
        language=language,
        path=local_path(iri),
        identifier=reader.index.identifiers.get(iri, ""),
        kind=kind(reader, iri),
    )


def kind(reader: Reader, iri: str) -> str:
    """Return the label of the most specific class of ``iri``, capitalized; empty when unknown."""
    types = reader.index.types.get(iri)
    if not types:
        return ""
    return capital(label(reader.index, types[0], reader.languages)[0])


def inverse(reader: Reader, relation: str) -> Ref:
    """Return the property as it reads from its object to its subject.

    That is its ``gcm:inverseLabel`` in the best language, else its label with an arrow that
    points back.
    """
    plain = ref(reader, relation)
    names = reader.index.vocabulary.inverse.get(relation, {})
    for tag in reader.languages:
        if tag in names:
            return Ref(plain.iri, names[tag], tag, plain.path, plain.identifier, plain.kind)
    turned = f"{plain.label} ←"
    return Ref(plain.iri, turned, plain.language, plain.path, plain.identifier, plain.kind)


def value(reader: Reader, term: Term) -> Ref | Text:
    """Return an object of a statement: a thing by name, a literal as a person reads it."""
    if isinstance(term, Literal):
        datatype = "" if term.datatype.value in _PLAIN else term.datatype.value
        return Text(
            term.value, datatype, term.language or "", shown(term.value, datatype, reader.language)
        )
    if isinstance(term, NamedNode):
        return ref(reader, term.value)
    name = str(term)
    return Ref(name, name)


def capital(text: str) -> str:
    """Return ``text`` with its first letter as a capital."""
    return text[:1].upper() + text[1:]
