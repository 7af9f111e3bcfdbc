"""What of an architecture is asked for, as the address of the view says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from gcm_graph.graph.architecture import Architecture
from gcm_graph.graph.view import Step
from gcm_graph.service.architecture import Choice, key_of
from gcm_graph.service.lanes import Bundle, bundles_of
from gcm_graph.service.layout import LANES
from gcm_graph.service.problem import Problem
from gcm_graph.service.stroke import FAMILIES, Stroke, strokes

LAYOUTS = ("time", "steps")
"""How a lineage is drawn: on lanes in time, or column by column with the relations named."""

PARAMETERS = ("from", "to", "as-of", "hide", "fold", "open", "step", "layout", "lang")
_NAMES = frozenset(name for names in FAMILIES.values() for name in names)


@dataclass(frozen=True)
class Outlook:
    """The state of the view.

    Attributes:
        given: the parameters of the address that the view knows.
        hide: local names of relations that are left out.
        fold: lanes of which only the name is shown.
        open: bundles that are shown thing by thing.
        step: key of the step that is picked out, or empty.
        layout: one of `LAYOUTS`.
    """

    given: Mapping[str, str]
    hide: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    step: str = ""
    layout: str = "time"

    def address(self, **changed: str) -> str:
        """Return the path and query of this view with some values changed; empty drops one."""
        renamed = {name.rstrip("_").replace("_", "-"): text for name, text in changed.items()}
        held = {**self.given, **renamed}
        query = urlencode({name: held[name] for name in PARAMETERS if held.get(name)}, safe="/~,.:")
        return f"lineage?{query}" if query else "lineage"

    def turned(self, name: str, value: str) -> str:
        """Return the address with ``value`` put into the list ``name``, or taken out of it."""
        held: tuple[str, ...] = getattr(self, name)
        kept = [one for one in held if one != value] if value in held else [*held, value]
        return self.address(**{name: ",".join(kept)})

    def strokes(self, architecture: Architecture) -> tuple[Stroke, ...]:
        """Return the look of each relation."""
        return strokes(architecture.steps, self.hide)

    def bundles(self, architecture: Architecture) -> tuple[Bundle, ...]:
        """Return what can be bundled."""
        return bundles_of(architecture)

    def choice(
        self, architecture: Architecture, moment: str, ends: frozenset[str] = frozenset()
    ) -> Choice:
        """Return what is shown.

        Args:
            architecture: what there is.
            moment: the last day of the moment that is asked about, or empty.
            ends: IRIs of the things that were asked for.
        """
        return Choice(
            strokes=self.strokes(architecture),
            folded=frozenset(self.fold),
            closed=tuple(
                one
                for one in self.bundles(architecture)
                if one.key not in self.open and not ends & {life.ref.iri for life in one.members}
            ),
            moment=moment,
            selected=self.step,
            ends=ends,
        )

    def selected(self, steps: tuple[Step, ...]) -> Step | None:
        """Return the step that is picked out, when it is among the steps."""
        return next((one for one in steps if key_of(one) == self.step), None)


def read(given: Mapping[str, str]) -> Outlook:
    """Return what the parameters of an address ask for.

    Raises:
        Problem: 400 when a value is none of those there are; the message lists them.
    """
    known = {name: given[name].strip() for name in PARAMETERS if given.get(name, "").strip()}
    layout = known.get("layout", LAYOUTS[0])
    _check("layout", [layout], LAYOUTS)
    hide, fold, opened = (_list(known.get(name, "")) for name in ("hide", "fold", "open"))
    _check("fold", fold, LANES)
    _check("hide", hide, sorted(_NAMES))
    return Outlook(known, hide, fold, opened, known.get("step", ""), layout)


def _list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _check(
    name: str, found: "list[str] | tuple[str, ...]", allowed: "tuple[str, ...] | list[str]"
) -> None:
    for one in found:
        if one not in allowed:
            detail = f"`{name}`: “{one[:60]}” is none of {', '.join(allowed)}."
            raise Problem(400, detail, "parameter", parameter=name)
