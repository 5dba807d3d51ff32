import { NOW } from '../../privacy/confidants.ts';
import type { Ruse } from '../attempt.ts';
import { misspelt } from '../misspelt.ts';
import { pick } from '../pick.ts';
import { type Verdict, verdictOn } from '../recompute.ts';
import type { Target } from '../target.ts';

/** By recomputation of what Fetch would make of them; else: another one is none, unless nothing signs the header. */
function verdictOf(target: Target, name: string, texts: readonly string[]): Verdict {
  const { fact, secret, genuine, header, named, writesLists } = target;
  if (texts.length === 1) return 'genuine';
  const delivery = { ...genuine, headers: { ...genuine.headers, [name]: texts.join(', ') } };
  const isSigned = Object.values(named).some((each) => each?.name === name && each.isSigned);
  if (fact) return verdictOn(fact, secret, delivery, NOW) === 'forged' ? 'forged' : 'respelled';
  if (name === header) return writesLists ? 'respelled' : 'forged';
  return isSigned ? 'forged' : 'respelled';
}

/** The signature, the time or the id as a list of texts, where Node has one text as a rule. */
const listed =
  (make: (text: string) => readonly string[]): Ruse =>
  (target, chance) => {
    const { genuine, header, named } = target;
    const names = [header, named.timestamp?.name, named.id?.name].filter((name) => name !== undefined);
    const there = names.filter((name) => genuine.headers[name] !== undefined);
    if (there.length === 0) return undefined;
    const name = pick(chance, there);
    const texts = make(genuine.headers[name] ?? '');
    return { delivery: genuine, lists: { [name]: texts }, verdict: verdictOf(target, name, texts) };
  };

/** By name: on Node's own request. */
export const headerLists: Readonly<Record<string, Ruse>> = {
  'a list of one header': listed((text) => [text]),
  'a list of headers, the right one first': listed((text) => [text, misspelt(text)]),
  'a list of headers, the right one last': listed((text) => [misspelt(text), text]),
  'a list of headers, the right one twice': listed((text) => [text, text]),
};
