import { describe, expect, it, vi } from 'vitest';
import { acuity } from '../src/acuity.ts';
import { doppler } from '../src/doppler.ts';
import { mac, NOW, receiverOf, request } from './support/request.ts';

const secret = 'a-secret';
const FORM = 'action=changed&id=1&calendarID=2&appointmentTypeID=3';
const JSON_BODY = '{"type":"config.secrets.update","config":{"name":"dev"}}';

describe.each([
  ['acuity', acuity({ secret }), FORM, 'x-acuity-signature', mac('sha256', secret, 'base64', FORM)],
  [
    'doppler',
    doppler({ secret }),
    JSON_BODY,
    'x-doppler-signature',
    `sha256=${mac('sha256', secret, 'hex', JSON_BODY)}`,
  ],
])('%s', (_, provider, body, header, signature) => {
  it('is told of a second change by the same bytes, and hands it over', async () => {
    let now = NOW;
    const handler = vi.fn();
    const receiver = receiverOf(provider, { now: () => now, on: { '*': handler } });
    for (let change = 0; change < 2; change++) {
      const delivery = request({ headers: { [header]: signature }, body });
      expect(await receiver.receive(delivery)).toMatchObject({ kind: 'accepted' });
      now += 1000;
    }
    expect(handler).toHaveBeenCalledTimes(2);
  });
});

it('reads the form of acuity', async () => {
  const headers = { 'x-acuity-signature': mac('sha256', secret, 'base64', FORM) };
  const event = await receiverOf(acuity({ secret })).verify(request({ headers, body: FORM }));
  expect(event).toMatchObject({ id: undefined, type: 'changed', payload: { id: '1' } });
});
