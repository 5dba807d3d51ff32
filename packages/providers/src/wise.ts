import {
  defineProvider,
  misconfigured,
  type ProviderFactory,
  rsa,
  type SecretInput,
} from '@countersign/core';
import type { WiseEvents } from './events/wise-events.ts';

export type * from './events/wise-events.ts';

/** Options of {@link wise}. */
export interface WiseOptions {
  /** Whose events: they are signed with different keys. Default: `production`. */
  readonly environment?: 'production' | 'sandbox' | undefined;
  /** In place of the key that Wise prints in its documentation, for when that is changed. */
  readonly publicKey?: SecretInput;
}

/** As printed in the documentation, on the page below. */
const keys = {
  production:
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvO8vXV+JksBzZAY6GhSOXdoTCfhXaaiZ+qAbtaDBiu2AGkGVpmEygFmWP4Li9m5+Ni85BhVvZOodM9epgW3FbA5Q1SexvAF1PPjX4JpMstak/QhAgl1qMSqEevL8cmUeTgcMuVWCJmlge9h7B1CSD4rtlimGZozG39rUBDg6Qt2K+P4wBfLblL0k4C4YUdLnpGYEDIth+i8XsRpFlogxCAFyH9+knYsDbR43UJ9shtc42Ybd40Afihj8KnYKXzchyQ42aC8aZ/h5hyZ28yVyOj3Vos0VdBIs/gAyJ/4yyQFCXYte64I7ssrlbGRaco4nKF3HmaNhxwyKyJafz19eHwIDAQAB',
  sandbox:
    'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwpb91cEYuyJNQepZAVfPZIlPZfNUefH+n6w9SW3fykqKu938cR7WadQv87oF2VuT+fDt7kqeRziTmPSUhqPUys/V2Q1rlfJuXbE+Gga37t7zwd0egQ+KyOEHQOpcTwKmtZ81ieGHynAQzsn1We3jwt760MsCPJ7GMT141ByQM+yW1Bx+4SG3IGjXWyqOWrcXsxAvIXkpUD/jK/L958CgnZEgz0BSEh0QxYLITnW1lLokSx/dTianWPFEhMC9BgijempgNXHNfcVirg1lPSygz7KqoKUN0oHqWLr2U1A+7kqrl6O2nx3CKs1bj1hToT1+p4kcMoHXA7kA+VBLUpEsVwIDAQAB',
} as const;

const withKey = defineProvider<'publicKey', WiseEvents>({
  name: 'wise',
  docs: { url: 'https://docs.wise.com/guides/developer/webhooks/event-handling', read: '2026-11-22' },
  status: 'documented',
  scheme: rsa({
    header: 'x-signature-sha256',
    hash: 'sha256',
    padding: 'pkcs1',
    encoding: 'base64',
    content: ['body'],
  }),
  id: { header: 'x-delivery-id' },
  type: { payload: 'event_type' },
  deadline: 5,
  // 25 attempts over two weeks.
  horizon: 1_209_600,
  reactions: { '2xx': 'done', '3xx': 'retry', '4xx': 'retry', '5xx': 'retry', timeout: 'retry' },
});

/**
 * Wise. Signed with one key for everybody, which is built in, one for each environment: `wise({})`. Nothing that is
 * checked says when a delivery was made, and `X-Delivery-Id` is not signed: `replayGuard` stands against replays.
 * Test notifications bear `X-Test-Notification: true`, which is not signed either.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` for an unknown `environment`
 * @see https://docs.wise.com/guides/developer/webhooks/event-handling
 */
export const wise: ProviderFactory<never, WiseEvents, WiseOptions> = (options) => {
  const { environment = 'production' } = options;
  if (!Object.hasOwn(keys, environment)) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `environment is ${Object.keys(keys).join(' or ')}`);
  }
  return withKey({ publicKey: keys[environment], ...options });
};
