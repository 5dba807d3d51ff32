import { describe, expect, it } from 'vitest';
import { type GrafanaOptions, grafana } from '../src/grafana.ts';
import {
  configurationError,
  mac,
  receiverOf,
  request,
  SECONDS,
  verdictOf,
  verifierOf,
} from './support/request.ts';

const secret = 'a-secret';
const BODY = '{"receiver":"r","status":"firing","alerts":[]}';
const TIMED: GrafanaOptions = { timestampHeader: 'X-Grafana-Alerting-Timestamp' };

const plain = mac('sha256', secret, 'hex', BODY);
const timed = (at = SECONDS) => ({
  'x-grafana-alerting-timestamp': String(at),
  'x-grafana-alerting-signature': mac('sha256', secret, 'hex', `${at}:${BODY}`),
});

describe('a notification', () => {
  it.each<[name: string, options: GrafanaOptions, headers: Record<string, string>, verdict: string]>([
    ['without a time', {}, { 'x-grafana-alerting-signature': plain }, 'accepted'],
    ['with a time', TIMED, timed(), 'accepted'],
    ['with an old time', TIMED, timed(SECONDS - 301), 'ERR_WEBHOOK_TIMESTAMP_TOO_OLD'],
    [
      'without the time that is agreed on',
      TIMED,
      { 'x-grafana-alerting-signature': plain },
      'ERR_WEBHOOK_TIMESTAMP_MISSING',
    ],
    ['with a time that nobody agreed on', {}, timed(), 'ERR_WEBHOOK_SIGNATURE_MISMATCH'],
    ['under a header of its own', { header: 'X-Alerts' }, { 'x-alerts': plain }, 'accepted'],
    [
      'under the usual header, where another is agreed on',
      { header: 'X-Alerts' },
      { 'x-grafana-alerting-signature': plain },
      'ERR_WEBHOOK_SIGNATURE_MISSING',
    ],
  ])('%s', async (_, options, headers, verdict) => {
    const verifier = verifierOf(grafana({ secret, ...options }));
    expect(await verdictOf(verifier, request({ headers, body: BODY }))).toBe(verdict);
  });

  it('that is repeated is another where a time is signed', async () => {
    const receiver = receiverOf(grafana({ secret, ...TIMED }));
    const kindOf = async (at: number) =>
      (await receiver.receive(request({ headers: timed(at), body: BODY }))).kind;
    expect(await kindOf(SECONDS)).toBe('accepted');
    expect(await kindOf(SECONDS)).toBe('duplicate');
    expect(await kindOf(SECONDS + 60)).toBe('accepted');
  });
});

it.each<GrafanaOptions>([
  { header: '' },
  { header: 'a b' },
  { timestampHeader: 'x:y' },
  { timestampHeader: '' },
])('has no header like %j', (options) => {
  expect(configurationError(() => grafana({ secret, ...options }))).toBe('ERR_WEBHOOK_CONFIG_OPTION');
});
