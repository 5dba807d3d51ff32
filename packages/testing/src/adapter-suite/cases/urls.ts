import assert from 'node:assert/strict';
import { type AdapterCase, onEndpoint } from '../adapter-case.ts';
import { assertAccepted, assertRefused, assertRuns } from '../assertions.ts';
import { deliveryOf, urlDeliveryOf } from '../deliveries.ts';
import { PATH, senders } from '../senders.ts';

const signed = { provider: senders.url() };

/** Addresses that parsing and printing would change. */
const targets: Readonly<Record<string, string>> = {
  'no query': PATH,
  'an empty query': `${PATH}?`,
  'order, repeats and empty values': `${PATH}?b=2&a=1&a=&a&=c&&`,
  'percent signs as sent': `${PATH}?a=%2f%2F%7e~%20+&b=%e2%9c%93&c=%zz`,
  'an address in the query': `${PATH}?next=https://example.com/a/../b?c=d`,
  'characters that a URL object would drop': `${PATH}?a=/./b/../c//d`,
};

/** Letters that a URL object replaces. */
const ESCAPED = `${PATH}?a='quoted'&b="c"&d=<e>&f={g}|h^i\`j`;

/** Signatures over the address: as registered in front, as sent behind. */
export const urlCases: readonly AdapterCase[] = [
  ...Object.entries(targets).map(([name, target]) =>
    onEndpoint(`the address is kept letter for letter: ${name}`, signed, async (endpoint) => {
      assertAccepted(await endpoint.send(urlDeliveryOf(target)));
      assertRuns(endpoint, 1);
    }),
  ),
  onEndpoint(
    'the address is kept letter for letter, or refused: characters that a URL object would escape',
    signed,
    async (endpoint, { address = 'as-sent' }) => {
      const response = await endpoint.send(urlDeliveryOf(ESCAPED));
      if (address === 'as-sent') assertAccepted(response);
      else assertRefused(response, 401);
      assertRuns(endpoint, address === 'as-sent' ? 1 : 0);
    },
  ),
  onEndpoint('an absolute request target, as proxies send, is its path', signed, async (endpoint) => {
    const delivery = urlDeliveryOf(`${PATH}?a=1`);
    assertAccepted(await endpoint.send({ ...delivery, target: `http://127.0.0.1${delivery.target}` }));
    assertRuns(endpoint, 1);
  }),
  onEndpoint('another query is another address', signed, async (endpoint) => {
    assertRefused(await endpoint.send({ ...urlDeliveryOf(`${PATH}?a=1`), target: `${PATH}?a=2` }), 401);
    assertRuns(endpoint, 0);
  }),
  onEndpoint('no header moves the address', signed, async (endpoint) => {
    const claims = [
      ['Host', 'evil.example'],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-Forwarded-Proto', 'http'],
      ['Forwarded', 'host=evil.example'],
    ] as const;
    assertRefused(await endpoint.send(urlDeliveryOf(PATH, 'http://evil.example', claims)), 401);
    assertRuns(endpoint, 0);
    assertAccepted(await endpoint.send(urlDeliveryOf(PATH, undefined, claims)));
    assertRuns(endpoint, 1);
  }),
  onEndpoint(
    'a router in between does not shorten the address',
    { ...signed, prefix: '/api' },
    async (endpoint) => {
      assertAccepted(await endpoint.send(urlDeliveryOf(`/api${PATH}?a=1`)));
      assertRuns(endpoint, 1);
    },
  ),
  onEndpoint('a long query', {}, async (endpoint) => {
    assertAccepted(await endpoint.send(deliveryOf({ target: `${PATH}?${'a=1&'.repeat(1500)}` })));
    assert.equal(endpoint.runs.size, 1);
  }),
];
