import { describe, expect, it, vi } from 'vitest';
import { terraform } from '../src/terraform.ts';
import { mac, receiverOf, request } from './support/request.ts';

const secret = 'a-token';
const bodyOf = (trigger: string) =>
  JSON.stringify({ payload_version: 1, run_id: null, notifications: [{ message: 'm', trigger }] });
const sent = (body: string, key = secret) =>
  request({ headers: { 'x-tfe-notification-signature': mac('sha512', key, 'hex', body) }, body });

describe('the verification', () => {
  const VERIFICATION = bodyOf('verification');

  it('is answered with 200 whenever it comes, and is no event', async () => {
    const handler = vi.fn();
    const receiver = receiverOf(terraform({ secret }), { on: { '*': handler } });
    for (let time = 0; time < 2; time++) {
      const outcome = await receiver.receive(sent(VERIFICATION));
      expect(outcome).toMatchObject({ kind: 'handshake', handshake: 'verification' });
      expect((await receiver.handle(sent(VERIFICATION))).status).toBe(200);
    }
    expect(handler).not.toHaveBeenCalled();
  });

  it('is signed like everything else', async () => {
    const receiver = receiverOf(terraform({ secret }));
    expect((await receiver.handle(sent(VERIFICATION, 'guess'))).status).toBe(401);
    expect((await receiver.handle(request({ body: VERIFICATION }))).status).toBe(401);
  });
});

it('takes its type from what triggered it', async () => {
  const handler = vi.fn();
  const receiver = receiverOf(terraform({ secret }), { on: { 'run:completed': handler } });
  expect(await receiver.receive(sent(bodyOf('run:completed')))).toMatchObject({ kind: 'accepted' });
  expect(handler).toHaveBeenCalledTimes(1);
});
