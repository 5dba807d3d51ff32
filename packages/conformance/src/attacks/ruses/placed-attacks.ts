import type { Attempt, Ruse } from '../attempt.ts';
import { misspelt } from '../misspelt.ts';
import { below, type Chance, pick } from '../pick.ts';
import type { Place } from '../place.ts';
import type { Verdict } from '../recompute.ts';

const DIGITS = /^(?:[0-9a-f]{2}){16,}$/i;

/** Other capitals among hexadecimal digits may be the same signature; any other text is another one. */
function verdictOf(expected: string, text: string): Verdict {
  if (text === expected) return 'genuine';
  const isRecased = DIGITS.test(text) && text.toLowerCase() === expected.toLowerCase();
  return isRecased ? 'respelled' : 'forged';
}

/** Another text where the right one stood. */
const rewrite =
  (change: (text: string, chance: Chance) => string): Ruse =>
  ({ place, expected }, chance) => {
    if (place === undefined) return undefined;
    const text = change(place.text, chance);
    return { delivery: place.write(text), verdict: verdictOf(expected ?? place.text, text) };
  };

/** The right one twice is the right one; of a wrong and a right one, the last counts where a field is repeated. */
const repeat =
  (textsOf: (text: string) => readonly [string, string]): Ruse =>
  ({ place }) => {
    if (place === undefined) return undefined;
    const texts = textsOf(place.text);
    const isTwice = texts[0] === texts[1];
    const isLast = texts[1] === place.text && place.kind !== 'query';
    return { delivery: place.write(...texts), verdict: isTwice || isLast ? 'respelled' : 'forged' };
  };

const replace =
  (make: (place: Place, chance: Chance) => Attempt['delivery'] | undefined): Ruse =>
  ({ place }, chance) => {
    const delivery = place && make(place, chance);
    return delivery && { delivery, verdict: 'forged' };
  };

/** By name: on what stands in the query, or in the body. */
export const placedAttacks: Readonly<Record<string, Ruse>> = {
  'in its place, as it was sent': rewrite((text) => text),
  'in its place, a bit': rewrite((text, chance) => {
    const at = below(chance, text.length);
    const letter = String.fromCharCode(text.charCodeAt(at) ^ (1 << below(chance, 7)));
    return text.slice(0, at) + letter + text.slice(at + 1);
  }),
  'in its place, cut off': rewrite((text, chance) => text.slice(0, below(chance, text.length))),
  'in its place, with more behind it': rewrite(
    (text, chance) => text + pick(chance, ['0', 'A', '=', '==', '00', ',', ' ', '\0', '\n', 'é']),
  ),
  'in its place, with more before it': rewrite(
    (text, chance) => pick(chance, ['0', ' ', '\ufeff', 'sha256=', ',']) + text,
  ),
  'in its place, nothing': rewrite((_, chance) =>
    pick(chance, ['', ' ', '=', 'null', 'undefined', 'true', '0', '__proto__']),
  ),
  'in its place, upper case': rewrite((text) => text.toUpperCase()),
  'in its place, left out': replace((place) => place.write()),
  'in its place, the right one first': repeat((text) => [text, misspelt(text)]),
  'in its place, the right one last': repeat((text) => [misspelt(text), text]),
  'in its place, the right one twice': repeat((text) => [text, text]),
  'in its place, no text': replace(({ kind, text, writeValue }, chance) => {
    const right = JSON.stringify(text);
    const values = ['true', '0', 'null', '{}', '[]', `[${right}]`, `[[${right}]]`, `{"0":${right}}`];
    return kind === 'json' ? writeValue(pick(chance, values)) : undefined;
  }),
};
