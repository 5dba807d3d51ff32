import { defineProvider, type Envelope, type ProviderFactory } from '@countersign/core';
import type { TelegramEvents } from './events/telegram-events.ts';
import { tellingToken } from './schemes/telling-token.ts';

export type * from './events/telegram-events.ts';

/** An update is of the kind whose field it has, beside `update_id`. */
function kindOf({ body }: Envelope): Readonly<Record<string, string>> {
  try {
    const update: unknown = JSON.parse(new TextDecoder().decode(body));
    const kind = Object.keys(update ?? {}).find((name) => name !== 'update_id');
    return kind === undefined ? {} : { kind };
  } catch {
    return {};
  }
}

/**
 * Telegram Bot API. `secret` is the `secret_token` you gave `setWebhook`, not the bot's token. It is sent in clear:
 * nothing is signed, and whoever sees one delivery can make others. The type is the kind of the update.
 *
 * @see https://core.telegram.org/bots/api#setwebhook
 */
export const telegram: ProviderFactory<'secret', TelegramEvents> = defineProvider({
  name: 'telegram',
  docs: { url: 'https://core.telegram.org/bots/api#setwebhook', read: '2026-11-22' },
  status: 'proven',
  scheme: tellingToken({ header: 'x-telegram-bot-api-secret-token' }, kindOf),
  id: { payload: 'update_id' },
  type: { field: 'kind' },
});
