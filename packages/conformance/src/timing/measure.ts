import { parseArgs } from 'node:util';
import { crypto as nodeCrypto } from '../../../core/src/crypto/node.ts';
import { crypto as webCrypto } from '../../../core/src/crypto/web.ts';
import { random } from '../crash/random.ts';
import { runningCrypto } from '../running-crypto.ts';
import { compare, THRESHOLD } from './statistics.ts';
import { subjectsOf } from './subjects.ts';
import { takeSamples } from './take-samples.ts';

const { values } = parseArgs({
  options: {
    crypto: { type: 'string', default: 'node' },
    samples: { type: 'string', default: '40000' },
    /** Subjects whose name has this in it. */
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});

const running = runningCrypto();
if (running !== values.crypto) throw new Error(`the engine runs on ${running}, not on ${values.crypto}`);

const seed = Number(values.seed);
const chance = random(seed);
const round = (ns: number): string => String(Math.round(ns * 10) / 10);

const subjects = subjectsOf({ node: nodeCrypto, web: webCrypto }[running], Number(values.samples));
for (const subject of subjects.filter(({ name }) => name.includes(values.only))) {
  const samples = await takeSamples(subject, chance);
  const { medians, difference, interval, t } = compare(samples, chance);
  const isSeen = t > THRESHOLD;
  const isAsExpected = subject.expected === 'known' || isSeen === (subject.expected === 'planted');
  console.log(
    `${isAsExpected ? 'as expected' : 'NOT AS EXPECTED'} | ${running} | ${subject.name} | ${subject.of} | ${subject.samples} pairs | ` +
      `medians ${medians.map(round).join(' and ')} ns | ` +
      `difference ${round(difference)} ns, 99 % between ${interval.map(round).join(' and ')} | ` +
      `|t| ${t.toFixed(1)}: ${isSeen ? 'seen' : 'not seen'}${subject.expected === 'alike' ? '' : `, ${subject.expected}`}`,
  );
  if (!isAsExpected) process.exitCode = 1;
}
