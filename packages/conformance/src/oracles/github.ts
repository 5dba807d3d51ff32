import { sign, verify } from '@octokit/webhooks-methods';

import type { Delivery, Oracle, OracleEvent } from './oracle.ts';
import { header, text, utf8, verdict } from './wire.ts';

const secret = "It's a Secret to Everybody";

/** GitHub signs the text it sends, whichever content type the hook was set to. */
export async function githubDelivery(
  event: OracleEvent,
  contentType: string,
  body: string,
): Promise<Delivery> {
  return {
    method: 'POST',
    url: 'https://hooks.example.com/github',
    headers: {
      'content-type': contentType,
      'user-agent': 'GitHub-Hookshot/044aadd',
      'x-github-delivery': event.id,
      'x-github-event': event.type,
      'x-github-hook-id': '292430182',
      'x-github-hook-installation-target-id': '79929171',
      'x-github-hook-installation-target-type': 'repository',
      'x-hub-signature-256': await sign(secret, body),
    },
    body: utf8(body),
  };
}

/** The payload is the body; GitHub sends no time. */
export const github: Oracle = {
  name: 'github',
  provider: 'github',
  sdk: '@octokit/webhooks-methods',
  options: { secret },
  sign: (event) => githubDelivery(event, 'application/json', JSON.stringify(event.payload)),
  verify: (delivery) =>
    verdict(() => verify(secret, text(delivery), header(delivery, 'x-hub-signature-256'))),
  weaknesses: ['hashes the body as text', 'refuses an empty body', 'refuses upper-case hex'],
};
