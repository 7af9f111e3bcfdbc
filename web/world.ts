/**
 * The map of the world as paths on a plane, made when the web part is built.
 *
 * From Natural Earth 1:50m (public domain) by way of the package world-atlas, in the Equal Earth
 * projection. Small States are points, moved apart where they would lie on each other, so that
 * every State can be seen and pointed at. The scripts get it as the module `virtual:world`.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { geoArea, geoCentroid, geoEqualEarth, geoPath } from "d3-geo";
import type { Feature, FeatureCollection, Geometry } from "geojson";
import { feature } from "topojson-client";
import { presimplify, quantile, simplify } from "topojson-simplify";
import type { Topology } from "topojson-specification";
import type { Plugin } from "vite";

export interface World {
  readonly width: number;
  readonly height: number;
  /** The outline of each State by its M49 code (which is its ISO 3166 numeric code). */
  readonly shapes: Readonly<Record<string, string>>;
  /** Where States too small to see are drawn as points. */
  readonly points: Readonly<Record<string, readonly [number, number]>>;
  /** Land that is none of the States of the graph. */
  readonly rest: string;
}

const WIDTH = 2000;
const APART = 19;
const SMALL = 2.2e-4;
const ANTARCTICA = "010";
const STATES = new URL("../data/tables/states.csv", import.meta.url);
/** States that the outlines at this scale leave out: longitude and latitude of the seat. */
const MISSING: Readonly<Record<string, readonly [number, number]>> = { "798": [179.2, -8.52] };

/** Return the codes of the States, which are drawn as points when they are small. */
function states(): Set<string> {
  const [head = "", ...rows] = readFileSync(STATES, "utf8").trim().split("\n");
  const column = head.split(",").indexOf("m49");
  return new Set(rows.map((row) => row.split(",")[column] ?? ""));
}

/** Return the map. */
export function world(): World {
  const file = createRequire(import.meta.url).resolve("world-atlas/countries-50m.json");
  const whole = presimplify(JSON.parse(readFileSync(file, "utf8")) as Topology);
  const topology = simplify(whole, quantile(whole, 0.8));
  const object = topology.objects["countries"];
  if (object === undefined) throw new Error("world-atlas has no object “countries”.");
  const all = (feature(topology, object) as FeatureCollection).features.filter(
    (one) => code(one) !== ANTARCTICA,
  );
  const projection = geoEqualEarth().fitWidth(WIDTH, { type: "FeatureCollection", features: all });
  const path = geoPath(projection);
  const bottom = Math.max(...all.map((one) => path.bounds(one)[1][1]).filter(Number.isFinite));
  const top = Math.min(...all.map((one) => path.bounds(one)[0][1]).filter(Number.isFinite));
  const [dx, dy] = projection.translate();
  projection.translate([dx, dy - top + 4]);
  const shapes: Record<string, string> = {};
  const points: Record<string, [number, number]> = {};
  const rest: string[] = [];
  const known = states();
  for (const one of all) {
    const drawn = compact(path(one) ?? "");
    const key = code(one);
    if (!known.has(key)) rest.push(drawn);
    else if (geoArea(one) < SMALL) points[key] = place(projection(geoCentroid(one)));
    else shapes[key] = (shapes[key] ?? "") + drawn;
  }
  for (const [key, seat] of Object.entries(MISSING)) points[key] ??= place(projection([...seat]));
  spread(points);
  return { width: WIDTH, height: Math.ceil(bottom - top + 8), shapes, points, rest: rest.join("") };
}

function code(one: Feature<Geometry>): string {
  return one.id === undefined ? "" : String(one.id).padStart(3, "0");
}

function place(found: [number, number] | null): [number, number] {
  if (found === null) throw new Error("A State lies outside the projection.");
  return [Math.round(found[0]), Math.round(found[1])];
}

/** Return a path in whole numbers and relative steps, without the steps that lead nowhere. */
function compact(path: string): string {
  return path
    .split("M")
    .slice(1)
    .map((ring) => {
      const closed = ring.endsWith("Z");
      const points = ring
        .replace("Z", "")
        .split("L")
        .map((pair) => pair.split(",").map((number) => Math.round(Number(number))) as [number, number]);
      let [x, y] = points[0] ?? [0, 0];
      let drawn = `M${x},${y}`;
      let steps = "";
      for (const [toX, toY] of points.slice(1)) {
        if (toX === x && toY === y) continue;
        steps += `${steps === "" ? "l" : " "}${toX - x},${toY - y}`;
        [x, y] = [toX, toY];
      }
      drawn += steps.replaceAll(",-", "-");
      return steps === "" ? "" : drawn + (closed ? "z" : "");
    })
    .join("");
}

/** Move points apart that would lie on each other, each as little as possible. */
function spread(points: Record<string, [number, number]>): void {
  const held = Object.keys(points)
    .sort()
    .map((key) => points[key] as [number, number]);
  for (let turn = 0; turn < 200; turn += 1) {
    for (const [place, one] of held.entries()) {
      for (const other of held.slice(place + 1)) {
        const [x, y] = [other[0] - one[0] || 0.1, other[1] - one[1]];
        const far = Math.hypot(x, y);
        if (far >= APART) continue;
        const push = (APART - far) / 2 / far;
        one[0] -= x * push;
        one[1] -= y * push;
        other[0] += x * push;
        other[1] += y * push;
      }
    }
  }
  for (const one of held) {
    one[0] = Math.round(one[0]);
    one[1] = Math.round(one[1]);
  }
}

/** Give the scripts the map as `virtual:world`. */
export function worldPlugin(): Plugin {
  const name = "virtual:world";
  return {
    name: "world",
    resolveId: (id) => (id === name ? `\0${name}` : null),
    load: (id) => (id === `\0${name}` ? `export default ${JSON.stringify(world())};` : null),
  };
}
