import { defineProvider, type ProviderFactory, rsa, type SecretInput } from '@countersign/core';
import type { KickEvents } from './events/kick-events.ts';

export type * from './events/kick-events.ts';

/** `publicKey`: in place of the one that Kick prints in its documentation, for when that is changed. */
export interface KickOptions {
  readonly publicKey?: SecretInput;
}

/** As printed in events/webhook-security.md, and served at https://api.kick.com/public/v1/public-key. */
const KICK_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq/+l1WnlRrGSolDMA+A8
6rAhMbQGmQ2SapVcGM3zq8ANXjnhDWocMqfWcTd95btDydITa10kDvHzw9WQOqp2
MZI7ZyrfzJuz5nhTPCiJwTwnEtWft7nV14BYRDHvlfqPUaZ+1KR4OCaO/wWIk/rQ
L/TjY0M70gse8rlBkbo2a8rKhu69RQTRsoaf4DVhDPEeSeI5jVrRDGAMGL3cGuyY
6CLKGdjVEM78g3JfYOvDU/RvfqD7L89TZ3iN94jrmWdGz34JNlEI5hqK8dd7C5EF
BEbZ5jgB8s8ReQV8H+MkuffjdAj3ajDDX3DOJMIut1lBrUVD1AaSrGCKHooWoL2e
twIDAQAB
-----END PUBLIC KEY-----`;

const withKey = defineProvider<'publicKey', KickEvents>({
  name: 'kick',
  docs: {
    url: 'https://github.com/KickEngineering/KickDevDocs/blob/main/events/webhook-security.md',
    read: '2026-11-22',
  },
  status: 'documented',
  scheme: rsa({
    header: 'kick-event-signature',
    hash: 'sha256',
    padding: 'pkcs1',
    encoding: 'base64',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
  }),
  timestamp: { header: 'kick-event-message-timestamp', unit: 'rfc3339' },
  id: { header: 'kick-event-message-id' },
  type: { header: 'kick-event-type' },
  // Three attempts, until a 200 and no other status.
  reactions: { '200': 'done', '5xx': 'retry', timeout: 'retry' },
});

/**
 * Kick. Signed with one key for everybody, which is built in; there is nothing to configure: `kick({})`. The
 * signature covers id, time and body, not the type.
 *
 * @see https://docs.kick.com/events/webhook-security
 */
export const kick: ProviderFactory<never, KickEvents, KickOptions> = (options) =>
  withKey({ publicKey: KICK_KEY, ...options });
