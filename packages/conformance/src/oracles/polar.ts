import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { verdict } from './wire.ts';

const oracleOf = (name: string, secret: string): Oracle => ({
  name,
  provider: 'polar',
  sdk: '@polar-sh/sdk',
  needs: '@polar-sh/sdk',
  options: { secret },
  event: { type: 'order.paid' },
  verify: ({ body, headers }) =>
    verdict(async () => {
      const { webhooks } = await sdk('@polar-sh/sdk/2026-10');
      await webhooks.validateEvent(body, headers, secret);
      return true;
    }),
  weaknesses: [
    'reads the timestamp loosely',
    'ignores text after the signature',
    'hashes the body as text',
    'drops a byte order mark',
    'refuses a body that is not JSON',
    'refuses an empty body',
  ],
});

/** The SDK verifies and cannot sign. It refuses types that it does not know. */
export const polar = oracleOf('polar', 'polar_whs_RvxGdHJzhAYdXQZNRdjTCw0hPwTdcFfQ');

/** A secret of the newer kind. */
export const polarMarked = oracleOf('polar (whsec_)', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD');
