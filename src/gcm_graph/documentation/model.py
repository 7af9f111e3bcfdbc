"""The model: ``docs/model.md``, from the ontology's own labels, definitions and examples."""

from collections.abc import Iterable

import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from gcm_graph.namespaces import DEF, PREFIXES
from gcm_graph.settings import assets_root
from gcm_graph.terms import curie

_INVERSE = rdflib.URIRef(DEF + "inverseLabel")
_SINGLE = rdflib.URIRef(DEF + "singleValued")
_HEAD = """\
# The model

Terms of `https://w3id.org/gcm-graph/def#` (prefix `gcm:`), generated from `ontology/`
(`make docs`).

Every statement stands in the named graph of **the passage it rests on**
(`…/source/{document}/{place}`), in our own words. What editors decide themselves (classes,
preferred names, identities elsewhere) stands in `…/graph/editors/{topic}`. Rules derive further
statements into `…/graph/derived/{rule}`. The default graph is the merge: each distinct
statement once, after the editors' judgements. A property marked *one value* can have one true
value at a time: two from different passages are a disagreement, and both stay.

Relations of lineage run from the later thing to the earlier one and lie under `gcm:tracesTo`.
Dates are EDTF as the source gives them; `gcm:earliest` and `gcm:latest` are derived from them as
calendar days, and only these are compared.
"""


def render() -> str:
    """Return classes, properties and concept schemes as Markdown."""
    graph = rdflib.Graph()
    root = assets_root() / "ontology"
    for path in (*sorted(root.glob("*.ttl")), *sorted((root / "schemes").glob("*.ttl"))):
        graph.parse(path, format="turtle")
    classes = _ours(graph, [OWL.Class])
    properties = _ours(graph, [OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty])
    parts = [_HEAD, f"\n## Classes ({len(classes)})\n\n"]
    parts += ["| class | under | what it is | example |\n|---|---|---|---|\n"]
    parts += [_class(graph, term) for term in classes]
    parts.append(f"\n## Properties ({len(properties)})\n\n")
    parts.append(
        "| property | under | from → to | what it says | read backwards |\n|---|---|---|---|---|\n"
    )
    parts += [_property(graph, term) for term in properties]
    return "".join([*parts, *_schemes(graph), _prefixes()])


def _ours(graph: rdflib.Graph, kinds: Iterable[rdflib.URIRef]) -> list[rdflib.URIRef]:
    found = {term for kind in kinds for term in graph.subjects(RDF.type, kind)}
    return sorted(t for t in found if isinstance(t, rdflib.URIRef) and str(t).startswith(DEF))


def _said(graph: rdflib.Graph, term: rdflib.term.Node, relation: rdflib.URIRef) -> str:
    values = [v for v in graph.objects(term, relation) if isinstance(v, rdflib.Literal)]
    english = [str(v) for v in values if v.language in {"en", None}]
    return (english or [""])[0].replace("|", "\\|")


def _names(graph: rdflib.Graph, term: rdflib.URIRef, relation: rdflib.URIRef) -> str:
    iris = [v for v in graph.objects(term, relation) if isinstance(v, rdflib.URIRef)]
    return ", ".join(f"`{curie(str(iri))}`" for iri in sorted(iris))


def _class(graph: rdflib.Graph, term: rdflib.URIRef) -> str:
    cells = (
        f"`{curie(str(term))}`",
        _names(graph, term, RDFS.subClassOf),
        _said(graph, term, SKOS.definition),
        _said(graph, term, SKOS.example),
    )
    return f"| {' | '.join(cells)} |\n"


def _property(graph: rdflib.Graph, term: rdflib.URIRef) -> str:
    single = " *(one value)*" if (term, _SINGLE, None) in graph else ""
    ends = [_names(graph, term, end) or "any" for end in (RDFS.domain, RDFS.range)]
    cells = (
        f"`{curie(str(term))}`{single}",
        _names(graph, term, RDFS.subPropertyOf),
        " → ".join(ends),
        _said(graph, term, SKOS.definition),
        _said(graph, term, _INVERSE),
    )
    return f"| {' | '.join(cells)} |\n"


def _schemes(graph: rdflib.Graph) -> Iterable[str]:
    schemes = sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str)
    yield f"\n## Concept schemes ({len(schemes)})\n\n"
    yield "| scheme | concepts | what it is | the concepts |\n|---|---|---|---|\n"
    for scheme in schemes:
        members = sorted(str(c).rpartition("/")[2] for c in graph.subjects(SKOS.inScheme, scheme))
        yield (
            f"| `{str(scheme).rpartition('/')[2]}` | {len(members)} "
            f"| {_said(graph, scheme, SKOS.definition)} | {', '.join(members)} |\n"
        )


def _prefixes() -> str:
    rows = [f"| `{prefix}:` | `{iri}` |\n" for prefix, iri in sorted(PREFIXES.items())]
    return "\n## Prefixes\n\n| prefix | namespace |\n|---|---|\n" + "".join(rows)
