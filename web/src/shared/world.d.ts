/** The map that the web build makes; see `world.ts` beside the configuration of Vite. */
declare module "virtual:world" {
  interface World {
    readonly width: number;
    readonly height: number;
    readonly shapes: Readonly<Record<string, string>>;
    readonly points: Readonly<Record<string, readonly [number, number]>>;
    readonly rest: string;
  }
  const world: World;
  export default world;
}
