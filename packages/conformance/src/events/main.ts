import { parseArgs } from 'node:util';
import { type Campaign, campaign, type Tally } from './campaign.ts';
import { subjects } from './subjects.ts';
import { directWays, socketWays } from './ways.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    subject: { type: 'string', default: '' },
    each: { type: 'string', default: '10' },
  },
});
const seed = Number(values.seed);
const each = Number(values.each);
const started = Date.now();
const chosen = subjects.filter(({ title }) => title.includes(values.subject));
/** Formats of every sort, none of which signs its address. */
const ON_SOCKETS = /^(?:github|stripe|standard-webhooks|slack|shopify|mandrill|made up: plain)\b/;

const parts: Readonly<Record<string, Omit<Campaign, 'seed'>>> = {
  directly: { subjects: chosen, ways: directWays, each },
  'on sockets': {
    subjects: chosen
      .filter(({ title, provider }) => ON_SOCKETS.test(title) && provider.rules.publicUrl === undefined)
      .map((subject) => ({ ...subject, event: { ...subject.event, url: 'https://receiver.test/webhooks' } })),
    ways: socketWays,
    each,
  },
};

const total = (tallies: readonly Tally[], of: 'tried' | 'wrong' | 'unsigned'): number =>
  tallies.reduce((sum, tally) => sum + tally[of], 0);

const all: Tally[] = [];
let complained = 0;
console.log(`seed ${seed}`);
for (const [part, settings] of Object.entries(parts)) {
  const { tallies, complaints } = await campaign({ ...settings, seed });
  console.log(`\n${part}: ${settings.subjects.length} subjects`);
  for (const [kind, { tried, wrong, unsigned, told }] of Object.entries(tallies))
    console.log(
      `${kind}: ${tried} tried, ${wrong} wrong, ${unsigned} not to be signed, told ${JSON.stringify(told)}`,
    );
  for (const complaint of complaints.slice(0, 60)) console.log(`  ${complaint}`);
  all.push(...Object.values(tallies));
  complained += complaints.length;
}
const wrong = Math.max(total(all, 'wrong'), complained);
const seconds = Math.round((Date.now() - started) / 1000);
console.log(
  JSON.stringify({ seed, tried: total(all, 'tried'), unsigned: total(all, 'unsigned'), wrong, seconds }),
);
if (wrong > 0) process.exitCode = 1;
