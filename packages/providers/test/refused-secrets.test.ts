import { describe, expect, it } from 'vitest';
import { factoryOf } from './support/catalogue.ts';
import { configurationError } from './support/request.ts';

/** What a vendor hands out beside the secret, and what must be said of it. */
const wrong: Readonly<Record<string, readonly [value: string, says: RegExp][]>> = {
  clerk: [
    ['sk_test_a1b2c3', /API key/],
    ['pk_test_a1b2c3', /publishable key/],
    ['whsec_', /base64/],
  ],
  resend: [['re_a1b2c3', /API key/]],
  openai: [
    ['sk-proj-a1b2c3', /API key/],
    ['C2FVsBQIhrscChlQIMV+b5sSYspob7oD', /must begin with "whsec_"/],
  ],
  anthropic: [['sk-ant-api03-a1b2c3', /API key/]],
  replicate: [['r8_a1b2c3', /API token/]],
  liveblocks: [
    ['sk_prod_a1b2c3', /secret key of the API/],
    ['pk_prod_a1b2c3', /public key of the API/],
    ['C2FVsBQIhrscChlQIMV+b5sSYspob7oD', /must begin with "whsec_"/],
  ],
  finch: [['not base64', /base64/]],
  render: [['rnd_a1b2c3', /API key/]],
  paddle: [
    ['pdl_live_apikey_a1b2c3', /API key/],
    ['pdl_sdbx_apikey_a1b2c3', /API key/],
    ['ntfset_a1b2c3', /id/],
  ],
  workos: [
    ['sk_live_a1b2c3', /API key/],
    ['client_a1b2c3', /client id/],
  ],
  'workos-actions': [['sk_live_a1b2c3', /API key/]],
  elevenlabs: [['sk_a1b2c3', /API key/]],
  buildkite: [['bkua_a1b2c3', /API access token/]],
  calendly: [['eyJraWQiOiIx', /access token/]],
  persona: [['persona_sandbox_a1b2c3', /API key/]],
  revenuecat: [
    ['sk_a1b2c3', /API key/],
    ['appl_a1b2c3', /public key/],
    ['goog_a1b2c3', /public key/],
  ],
  mercury: [['secret-token:mercury_production_a1b2c3', /API token/]],
};

describe.each(Object.entries(wrong))('%s', (file, rows) => {
  it.each([...rows])('refuses %s, and says what it is', (secret, says) => {
    expect(configurationError(() => factoryOf(file)({ secret }))).toBe('ERR_WEBHOOK_CONFIG_SECRET');
    expect(() => factoryOf(file)({ secret })).toThrow(says);
  });
});
