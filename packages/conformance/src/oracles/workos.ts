import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'wos_conformance_signing_secret';

/** The payload becomes `data`. */
export const workos: Oracle = {
  name: 'workos',
  provider: 'workos',
  sdk: '@workos-inc/node',
  needs: '@workos-inc/node',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { WorkOS } = await sdk('@workos-inc/node');
    const { webhooks } = new WorkOS('sk_conformance');
    const at = timestamp * 1000;
    const body = JSON.stringify({ id, event: type, data: payload, created_at: new Date(at).toISOString() });
    const signature = await webhooks.computeSignature(at, body, secret);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/workos',
      headers: { 'content-type': 'application/json', 'workos-signature': `t=${at}, v1=${signature}` },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { WorkOS } = await sdk('@workos-inc/node');
      const { webhooks } = new WorkOS('sk_conformance');
      const sigHeader = header(delivery, 'workos-signature');
      return webhooks.verifyHeader({ payload: text(delivery), sigHeader, secret });
    }),
  weaknesses: [
    'accepts future timestamps',
    'ignores text after the signature',
    'reads one signature of several',
    'hashes the body as text',
    'refuses upper-case hex',
  ],
};
