import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { text, verdict } from './wire.ts';

const secret = 'conformance_Secret-token';

/** Enough of a bot that the SDK asks nobody who it is. */
const botInfo = { id: 1, is_bot: true, first_name: 'Conformance', username: 'conformance_bot' };

/** grammY, which handles the update too. Token checks look at nothing but the header. */
export const telegram: Oracle = {
  name: 'telegram',
  provider: 'telegram',
  sdk: 'grammy',
  needs: 'grammy',
  options: { secret },
  event: { payload: { update_id: 1, message: { message_id: 1, date: 0, chat: { id: 1, type: 'private' } } } },
  verify: (delivery) =>
    verdict(async () => {
      const { Bot, webhookCallback } = await sdk('grammy');
      const bot = new Bot('1:conformance', { botInfo });
      const handle = webhookCallback(bot, 'std/http', { secretToken: secret });
      const { method, url, headers } = delivery;
      const response: Response = await handle(new Request(url, { method, headers, body: text(delivery) }));
      return response.status === 200;
    }),
  weaknesses: ['refuses a body that is not JSON'],
};
