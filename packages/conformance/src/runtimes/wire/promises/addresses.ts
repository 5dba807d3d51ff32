import { createHmac } from 'node:crypto';
import type { RawRequest } from '../../../../../testing/src/adapter-suite/raw-request.ts';
import { assertSame } from '../../checks/assert-same.ts';
import { REFUSED } from '../answers.ts';
import { ORIGIN, paths, SECRET } from '../settings.ts';
import type { Promises } from './promises.ts';

/** A delivery of Twilio: its signature covers the address, and then the fields. */
function deliveryTo(target: string): RawRequest {
  const mac = createHmac('sha1', SECRET).update(`${ORIGIN}${target}Body1`).digest('base64');
  return {
    method: 'POST',
    target,
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['X-Twilio-Signature', mac],
    ],
    body: Buffer.from('Body=1'),
  };
}

/** Signatures over addresses. */
export const addresses: Promises = {
  async 'an address is verified as it was sent'({ send }) {
    const delivery = deliveryTo(`${paths.address}?b=%2f%7e%20+&a=1&a=&next=https://a.example/../b`);
    assertSame(await send(delivery), '204', 'the answer');
    const elsewhere = { ...delivery, target: delivery.target.replace('a=1', 'a=2') };
    assertSame(await send(elsewhere), REFUSED, 'the answer at another address');
  },
  async 'an address that a URL object writes anew is handled or refused'({ send }) {
    const answer = await send(deliveryTo(`${paths.address}?a='b'&c="d"&e=<f>`));
    // Some servers refuse it themselves.
    if (!answer.startsWith('400 ') && answer !== REFUSED) assertSame(answer, '204', 'the answer');
  },
};
