import type { FaultCase } from './fault-cases.ts';
import { lastWords, type Seen } from './play-case.ts';
import { longest, settings } from './settings.ts';
import { waysIn } from './ways-in.ts';

/** What is not as it has to be, as complaints: none when all of it is. */
export function brokenRules(each: FaultCase, seen: Seen): readonly string[] {
  const { part, way, ending } = each;
  const { words } = waysIn[way];
  const isHandled = way !== 'verify';
  const last = lastWords(each);
  const rules: readonly (readonly [boolean, string])[] = [
    [seen.strikes > 0, 'nothing went wrong'],
    [seen.told === words(ending.told), `the sender is told ${seen.told}, not ${words(ending.told)}`],
    [seen.took <= longest({ ...settings, ...part.story.options }), `the sender waits for ${seen.took} ms`],
    [seen.effects === ending.effects, `${seen.effects} effects by then, not ${ending.effects}`],
    [!isHandled || seen.again === ending.again, `it runs again ${seen.again}, not ${ending.again}`],
    [seen.toldLast === last, `the sender is told ${seen.toldLast} in the end, not ${last}`],
    [seen.toldBeside === words('accepted'), `the sender beside it is told ${seen.toldBeside}`],
    [seen.effectsBeside === (isHandled ? 1 : 0), `the one beside it is handled ${seen.effectsBeside} times`],
    [seen.leaks.length === 0, `somebody can read ${seen.leaks.join(' and ')}`],
    [seen.timers === 0, `${seen.timers} timers are left`],
  ];
  return rules.filter(([isKept]) => !isKept).map(([, complaint]) => complaint);
}
