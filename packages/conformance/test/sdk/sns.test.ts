import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isInstalled, sdk } from '../../src/oracles/sdk.ts';

/** SNS writes its signature into the body, so that the suite of the other oracles, which changes headers, cannot ask. */
interface Vector {
  readonly note?: string;
  readonly body: string;
  readonly fetched: Readonly<Record<string, string>>;
  readonly expect: 'valid' | 'invalid';
}

const file = new URL('../../../providers/test/vectors/aws-sns.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as readonly Vector[];

/** The SDK knows neither topics nor configured hosts, and reads a subject of several lines. */
const knownWeaker = [
  'a topic that is not listened to',
  'a host that is not one of those configured',
  'a subject with lines of its own can be read in two ways',
];

const needs = 'sns-payload-validator';

describe.skipIf(!isInstalled(needs))(`aws-sns against ${needs} (npm run oracles fetches it)`, () => {
  it.each(vectors.map((vector, at) => ({ ...vector, at })))(
    '$at $expect $note',
    async ({ note = '', body, fetched, expect: ours }) => {
      const Validator = await sdk(needs);
      const validator = new (Validator.default ?? Validator)();
      for (const [url, certificate] of Object.entries(fetched)) validator.certCache.set(url, certificate);
      const theirs = await validator.validate(body).then(
        () => 'valid',
        () => 'invalid',
      );
      expect(theirs).toBe(knownWeaker.includes(note) ? 'valid' : ours);
    },
  );
});
