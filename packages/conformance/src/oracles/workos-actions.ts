import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = 'wos_conformance_action_secret';

/** The payload becomes the user. */
export const workosActions: Oracle = {
  name: 'workos-actions',
  provider: 'workos-actions',
  sdk: '@workos-inc/node',
  needs: '@workos-inc/node',
  options: { secret },
  async sign({ id, type, payload, timestamp }) {
    const { WorkOS } = await sdk('@workos-inc/node');
    const { actions } = new WorkOS('sk_conformance');
    const at = timestamp * 1000;
    const body = JSON.stringify({ id, object: type, user: payload });
    const signature = await actions.computeSignature(at, body, secret);
    return {
      method: 'POST',
      url: 'https://hooks.example.com/workos-actions',
      headers: { 'content-type': 'application/json', 'workos-signature': `t=${at}, v1=${signature}` },
      body: utf8(body),
    };
  },
  verify: (delivery) =>
    verdict(async () => {
      const { WorkOS } = await sdk('@workos-inc/node');
      const { actions } = new WorkOS('sk_conformance');
      const sigHeader = header(delivery, 'workos-signature');
      return actions.verifyHeader({ payload: text(delivery), sigHeader, secret, tolerance: 30_000 });
    }),
  weaknesses: [
    'accepts future timestamps',
    'ignores text after the signature',
    'reads one signature of several',
    'hashes the body as text',
    'refuses upper-case hex',
  ],
};
