"""Made-up values for the tests of pages."""

from dataclasses import dataclass

from gcm_graph.graph.view import (
    Claim,
    Disagreement,
    Group,
    Lineage,
    Node,
    Passage,
    Ref,
    Source,
    Step,
    Text,
    Thing,
)

BASE = "https://w3id.org/gcm-graph/"


def thing(kind: str, slug: str, label: str, identifier: str = "", language: str = "en") -> Ref:
    path = f"id/{kind}/{slug}"
    return Ref(BASE + path, label, language, path, identifier, kind.capitalize())


def relation(name: str, label: str) -> Ref:
    return Ref(f"{BASE}def#{name}", label, "en", f"def#{name}")


def passage(
    symbol: str, locator: str, kind: str = "primary", date: str = "2018-12-19", number: int = 0
) -> Passage:
    source = symbol.replace("/", "-")
    place = locator.replace(". ", "-")
    path = f"source/{source}"
    ref = Ref(BASE + path, f"Document {symbol}", "en", path, symbol)
    return Passage(f"{BASE}{path}/{place}", f"{path}/{place}", locator, ref, kind, date, number)


REPLACES = relation("replaces", "replaces")
MANDATED = relation("mandatedBy", "mandated by")
FOLLOWS = relation("followsUp", "follows up")
BUILDS = relation("buildsOn", "builds on")
RECOMMENDED = relation("recommendedBy", "recommended by")
EDITION = relation("editionOf", "edition of")
ANNEX = relation("annexOf", "annex of")

COMPACT = thing(
    "instrument", "gcm", "Global Compact for Safe, Orderly and Regular Migration", "A/RES/73/195"
)
NETWORK = thing("body", "un-network-on-migration", "United Nations Network on Migration")
GROUP = thing("body", "global-migration-group", "Global Migration Group")
DECLARATION = thing(
    "instrument",
    "new-york-declaration",
    "New York Declaration for Refugees and Migrants",
    "A/RES/71/1",
)
IOM = thing("body", "iom", "International Organization for Migration")
REVIEW = thing("event", "imrf-2022", "International Migration Review Forum 2022")
CAIRO = thing("instrument", "icpd-programme", "ICPD Programme of Action", "A/CONF.171/13")

PASSAGES = (
    passage("A/RES/73/195", "para. 45", number=1),
    passage("A/RES/71/1", "annex II", date="2016-09-19", number=2),
    passage("A/72/643", "para. 70", "secondary", "2017-12-12", number=3),
)


def network() -> Thing:
    many = tuple(
        Claim(NETWORK, FOLLOWS, thing("state", f"s{n}", f"State number {n}"), PASSAGES[:1])
        for n in range(20)
    )
    started = Disagreement(
        f"{BASE}id/disagreement/1",
        NETWORK,
        relation("begins", "begins"),
        (
            Claim(NETWORK, FOLLOWS, Text("2018-05", shown="May 2018"), PASSAGES[2:], disputed=True),
            Claim(
                NETWORK,
                FOLLOWS,
                Text("2018-12", shown="December 2018"),
                PASSAGES[:1],
                disputed=True,
            ),
        ),
        "The resolution itself sets the Network up; the earlier date is that of the announcement.",
        Text("2018-12", shown="December 2018"),
    )
    rule = Ref(f"{BASE}graph/rule/coordinator", "coordinator from membership", "en", "rule/c")
    member = relation("member", "member")
    return Thing(
        NETWORK,
        (Ref(f"{BASE}def#InteragencyBody", "inter-agency body", "en", "def#InteragencyBody"),),
        {
            "en": NETWORK.label,
            "fr": "Réseau des Nations Unies sur les migrations",
            "ar": "شبكة الأمم المتحدة المعنية بالهجرة",
        },
        ("UNNM", "the Network"),
        (
            Ref("http://www.wikidata.org/entity/Q1", "Wikidata Q1"),
            Ref("javascript:alert(1)", "a bad <address>"),
        ),
        "An inter-agency body, mandated by the Global Compact and coordinated by the "
        "International Organization for Migration.",
        (
            Group(
                relation("begins", "begins"),
                (
                    Claim(
                        NETWORK,
                        relation("begins", "begins"),
                        Text("2018-12", shown="December 2018"),
                        PASSAGES[:1],
                        disputed=True,
                    ),
                ),
                1,
            ),
            Group(
                relation("note", "calls for"),
                (Claim(NETWORK, FOLLOWS, Text("<b>bold</b> & plain"), PASSAGES[1:2]),),
                1,
            ),
            Group(
                MANDATED,
                (Claim(NETWORK, MANDATED, COMPACT, PASSAGES[:2], witnesses=2),),
                1,
            ),
            Group(
                relation("coordinator", "coordinator"),
                (Claim(NETWORK, MANDATED, IOM, rule=rule),),
                1,
            ),
            Group(REPLACES, (Claim(NETWORK, REPLACES, GROUP, PASSAGES[1:]),), 1),
        ),
        (Group(relation("isFollowed", "followed up by"), many, 64),),
        (
            Group(
                member,
                (
                    Claim(NETWORK, member, IOM, PASSAGES[:1], begins="2018-12"),
                    Claim(
                        NETWORK,
                        member,
                        thing("body", "ilo", "ILO"),
                        PASSAGES[:1],
                        begins="2018-12",
                        ends="2024",
                    ),
                    Claim(
                        NETWORK,
                        member,
                        thing("body", "hcr", "Office of the United Nations High Commissioner"),
                        PASSAGES[1:2],
                        begins="2020~",
                        ends="2023-06-30",
                    ),
                ),
                3,
            ),
        ),
        (started,),
        PASSAGES,
    )


def source() -> Source:
    return Source(
        Ref(
            f"{BASE}source/A-RES-71-1",
            "Déclaration de New York",
            "fr",
            "source/A-RES-71-1",
            "A/RES/71/1",
        ),
        "primary",
        "in full",
        "United Nations",
        "2016-09-19",
        "https://undocs.org/A/RES/71/1",
        ((PASSAGES[1], 12), (passage("A/RES/71/1", "para. 63"), 1)),
    )


def lineage() -> Lineage:
    """Return a lineage of about the size that readers meet."""
    rows = [
        ("document", "cairo", "Programme of Action of the International Conference on "
         "Population and Development", "1994-09-13", []),
        ("document", "convention", "International Convention on the Protection of the Rights of "
         "All Migrant Workers and Members of Their Families", "1990-12-18", []),
        ("document", "doyle", "Report of the Working Group on Migration (Doyle report)", "2002",
         []),
        ("body", "gcim", "Global Commission on International Migration", "2003-12-09",
         [("doyle", "recommended by")]),
        ("document", "res58", "Resolution 58/208", "2003-12-23", [("cairo", "recalls")]),
        ("document", "gcim-report", "Migration in an interconnected world", "2005-10-05",
         [("gcim", "issued by")]),
        ("event", "hld1", "High-level Dialogue on International Migration and Development 2006",
         "2006-09-14", [("res58", "mandated by"), ("gcim-report", "informed by")]),
        ("body", "gmg", "Global Migration Group", "2006", [("gcim-report", "recommended by")]),
        ("body", "gfmd", "Global Forum on Migration and Development", "2007-07-09",
         [("hld1", "launched at")]),
        ("event", "hld2", "High-level Dialogue 2013", "2013-10-03",
         [("hld1", "follows up"), ("gfmd", "informed by")]),
        ("document", "agenda", "2030 Agenda for Sustainable Development", "2015-09-25", []),
        ("document", "declaration", "New York Declaration for Refugees and Migrants",
         "2016-09-19", [("agenda", "recalls"), ("hld2", "recalls"), ("convention", "recalls")]),
        ("document", "annex2", "Annex II: Towards a global compact for safe, orderly and regular "
         "migration", "2016-09-19", [("declaration", "annex of")]),
        ("event", "negotiations", "Intergovernmental negotiations of the Compact", "2018-02-20",
         [("annex2", "mandated by"), ("consultations", "builds on")]),
        ("event", "consultations", "Consultations: six thematic sessions", "",
         [("annex2", "mandated by")]),
        ("document", "gcm", "Global Compact for Safe, Orderly and Regular Migration",
         "2018-12-19", [("negotiations", "negotiated at"), ("annex2", "mandated by"),
                        ("declaration", "builds on"), ("agenda", "builds on")]),
        ("body", "network", "United Nations Network on Migration", "2018-12",
         [("gcm", "mandated by"), ("gmg", "replaces")]),
        ("body", "imrf", "International Migration Review Forum", "2018-12-19",
         [("gcm", "established by"), ("hld2", "replaces")]),
        ("event", "imrf1", "International Migration Review Forum 2022", "2022-05-17",
         [("imrf", "edition of"), ("gcm", "reviews"), ("network", "supported by")]),
        ("document", "progress", "Progress Declaration", "2022-06-07",
         [("imrf1", "adopted at"), ("gcm", "builds on")]),
        ("event", "imrf2", "International Migration Review Forum 2026", "2026-05",
         [("imrf", "edition of"), ("progress", "follows up"), ("gcm", "reviews")]),
    ]  # fmt: skip
    nodes = tuple(
        Node(thing(lane, slug, label), date, date and (date + "-01-01")[:10], lane)
        for lane, slug, label, date, _ in rows
    )
    return _joined(nodes, [(slug, to, name) for _, slug, _, _, tos in rows for to, name in tos])


def large_lineage(size: int = 60) -> Lineage:
    lanes = ("document", "event", "body")
    nodes = tuple(
        Node(
            thing(lanes[n % 3], f"n{n}", f"The {n}th thing with a name of some length {n}"),
            f"{1950 + n * n // 50}",
            f"{1950 + n * n // 50}-01-01",
            lanes[n % 3],
        )
        for n in range(size)
    )
    names = ("mandated by", "recalls", "recommended by", "follows up")
    edges = [
        (f"n{n}", f"n{n - jump}", names[(n + jump) % 4])
        for n in range(size)
        for jump in (1 + n % 3, 2 + n % 7)
        if n >= jump
    ]
    return _joined(nodes, edges)


def _joined(nodes: tuple[Node, ...], edges: list[tuple[str, str, str]]) -> Lineage:
    refs = {node.ref.iri.rsplit("/", 1)[1]: node for node in nodes}
    steps = tuple(
        Step(
            refs[later].ref,
            refs[earlier].ref,
            relation(name.replace(" ", ""), name),
            refs[later].date,
            (passage("A/RES/73/195", f"para. {position}", number=position),),
        )
        for position, (later, earlier, name) in enumerate(edges, start=1)
    )
    return Lineage(nodes[-1].ref, nodes[0].ref, nodes, steps, ((0, 1, 2), (3, 4)))


@dataclass(frozen=True)
class Parameter:
    name: str
    type: str
    description: str
    default: str | None = None
    choices: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Question:
    name: str
    title: str
    description: str
    group: str
    parameters: tuple[Parameter, ...] = ()
    text: str = "SELECT ?thing WHERE { ?thing a ?class FILTER(?n < 3 && ?n > 1) }"


QUESTION = Question(
    "votes",
    "How did States vote on an adoption?",
    "One row for each State with its vote and the passage that records it.",
    "States",
    (
        Parameter("adoption", "iri", "Adoption", f"{BASE}id/event/adoption-gcm"),
        Parameter("vote", "string", "Vote", None, ("yes", "no", "abstained"), True),
        Parameter("before", "date", "Before", None, (), True),
        Parameter("most", "integer", "Rows at most", "100"),
    ),
    "# who voted how\nSELECT ?state ?vote WHERE {\n  ?cast gcm:voter ?state ; gcm:vote ?vote .\n"
    "  FILTER(?n < 3 && ?n > 1)\n}",
)
