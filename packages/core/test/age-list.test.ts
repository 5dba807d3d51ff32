import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Aged, AgeList } from '../src/age-list.ts';

interface Numbered extends Aged<Numbered> {
  readonly at: number;
}

function inOrder({ oldest }: AgeList<Numbered>): number[] {
  const found: number[] = [];
  let before: Numbered | undefined;
  for (let item = oldest; item !== undefined; item = item.newer) {
    expect(item.older).toBe(before);
    found.push(item.at);
    before = item;
  }
  return found;
}

it('keeps the order in which items were added, whichever are removed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 9 })), (steps) => {
      const items = Array.from(
        { length: 10 },
        (_, at): Numbered => ({ at, older: undefined, newer: undefined }),
      );
      const list = new AgeList<Numbered>();
      let model: number[] = [];
      for (const at of steps) {
        const item = items[at] as Numbered;
        if (model.includes(at)) {
          list.remove(item);
          model = model.filter((each) => each !== at);
        } else {
          list.add(item);
          model.push(at);
        }
        expect(inOrder(list)).toEqual(model);
      }
    }),
  );
});
