import { isVariable, type Layout, type Parts } from '../layout.ts';
import type { Chance } from '../pick.ts';

/** How far a boundary that nothing marks is moved. */
const REACH = 4;

function* placesOf(mark: string, text: string, near: number): Generator<number> {
  if (mark === '') {
    for (let at = Math.max(0, near - REACH); at <= Math.min(text.length, near + REACH); at++) yield at;
    return;
  }
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) yield at;
}

/** The signed text taken apart at other places, each of which reads the same when joined again. */
export function cutAnew({ content }: Layout, parts: Parts, chance: Chance): Parts | undefined {
  const last = content.lastIndexOf(content.filter(isVariable).at(-1) ?? '');
  const cut: Record<string, string> = {};
  let text = content.map((part) => parts[part] ?? part).join('');
  text = text.slice(content.findIndex(isVariable) === 0 ? 0 : (content[0] as string).length);
  for (const [index, part] of content.entries()) {
    if (!isVariable(part)) continue;
    if (index === last) {
      cut[part] = text;
      break;
    }
    const next = content[index + 1] as string;
    const mark = isVariable(next) ? '' : next;
    const places = [...placesOf(mark, text, parts[part]?.length ?? 0)];
    const at = places[Math.floor(chance() * places.length)];
    if (at === undefined) return undefined;
    cut[part] = text.slice(0, at);
    text = text.slice(at + mark.length);
  }
  return Object.entries(cut).some(([part, now]) => now !== parts[part]) ? cut : undefined;
}
