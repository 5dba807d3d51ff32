import type { Misbehaviour } from './misbehaviours.ts';
import type { Scene } from './scene.ts';

/**
 * Makes a part go wrong: `proper` is what it does for everybody but the victim. `call` counts the victim's calls, from
 * 1; without it every one of them goes wrong.
 */
export type Strike = <Part extends (...input: never[]) => unknown>(proper: Part, call?: number) => Part;

export interface Strikes {
  readonly strike: Strike;
  /** How often something went wrong so far: a case in which nothing did has shown nothing. */
  count(): number;
}

export function strikesOf(scene: Scene, { act }: Misbehaviour): Strikes {
  let count = 0;

  function strike<Part extends (...input: never[]) => unknown>(proper: Part, call?: number): Part {
    let calls = 0;
    function struck(this: unknown, ...input: never[]): unknown {
      const properly = () => proper.apply(this, input);
      if (!scene.isStruck() || (call !== undefined && ++calls !== call)) return properly();
      count++;
      return act(properly);
    }
    return struck as Part;
  }

  return { strike, count: () => count };
}
