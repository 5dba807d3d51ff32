// Names: the fields of `Update` of npm @grammyjs/types@5.0.0 (Bot API). Read 2026-11-22.

/** An update, of the kind whose field it has. */
export type TelegramUpdate<Kind extends string = string> = { update_id: number } & {
  [Field in Kind]: unknown;
};

/** Names of events. */
type Name =
  | 'business_connection'
  | 'business_message'
  | 'callback_query'
  | 'channel_post'
  | 'chat_boost'
  | 'chat_join_request'
  | 'chat_member'
  | 'chosen_inline_result'
  | 'deleted_business_messages'
  | 'edited_business_message'
  | 'edited_channel_post'
  | 'edited_message'
  | 'guest_message'
  | 'inline_query'
  | 'managed_bot'
  | 'message'
  | 'message_reaction'
  | 'message_reaction_count'
  | 'my_chat_member'
  | 'poll'
  | 'poll_answer'
  | 'pre_checkout_query'
  | 'purchased_paid_media'
  | 'removed_chat_boost'
  | 'shipping_query'
  | 'stopped_message_generation'
  | 'subscription';

/** Updates of the Telegram Bot API, by their kind. */
export type TelegramEvents = { [Type in Name]: TelegramUpdate<Type> };
