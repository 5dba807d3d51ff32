// Names: the subscriptions of npm @twurple/api@8.1.4 and @twurple/eventsub-base@8.1.4. Read 2026-11-22.

/** Every subscription type. */
export type TwitchEventType =
  | `automod.message.${'hold' | 'update'}`
  | 'automod.settings.update'
  | 'automod.terms.update'
  | 'channel.ad_break.begin'
  | `channel.${'ban' | 'cheer' | 'follow' | 'moderate' | 'raid' | 'subscribe' | 'unban' | 'update'}`
  | 'channel.bits.use'
  | 'channel.channel_points_automatic_reward_redemption.add'
  | `channel.channel_points_custom_reward.${'add' | 'remove' | 'update'}`
  | `channel.channel_points_custom_reward_redemption.${'add' | 'update'}`
  | `channel.charity_campaign.${'donate' | 'progress' | 'start' | 'stop'}`
  | `channel.chat.${'clear' | 'clear_user_messages' | 'message' | 'message_delete' | 'notification'}`
  | `channel.chat.${'user_message_hold' | 'user_message_update'}`
  | 'channel.chat_settings.update'
  | `channel.goal.${'begin' | 'end' | 'progress'}`
  | `channel.hype_train.${'begin' | 'end' | 'progress'}`
  | `channel.moderator.${'add' | 'remove'}`
  | `channel.poll.${'begin' | 'end' | 'progress'}`
  | `channel.prediction.${'begin' | 'end' | 'lock' | 'progress'}`
  | `channel.shared_chat.${'begin' | 'end' | 'update'}`
  | `channel.shield_mode.${'begin' | 'end'}`
  | `channel.shoutout.${'create' | 'receive'}`
  | `channel.subscription.${'end' | 'gift' | 'message'}`
  | `channel.suspicious_user.${'message' | 'update'}`
  | `channel.unban_request.${'create' | 'resolve'}`
  | `channel.vip.${'add' | 'remove'}`
  | `channel.warning.${'acknowledge' | 'send'}`
  | 'drop.entitlement.grant'
  | 'extension.bits_transaction.create'
  | `stream.${'offline' | 'online'}`
  | `user.authorization.${'grant' | 'revoke'}`
  | 'user.update'
  | 'user.whisper.message';

/** The subscription that a message belongs to. */
export interface TwitchSubscription<Type extends string = string> {
  id: string;
  type: Type;
  version: string;
  status: string;
  condition: Record<string, unknown>;
  [field: string]: unknown;
}

/** Something happened. Drops come several at a time, in `events`. */
export interface TwitchNotification<Type extends TwitchEventType = TwitchEventType> {
  subscription: TwitchSubscription<Type>;
  event?: Record<string, unknown>;
  events?: { id: string; data: Record<string, unknown> }[];
}

/** Twitch ended a subscription; its `status` says why. */
export interface TwitchRevocation {
  subscription: TwitchSubscription;
}

/** Twitch's notifications by subscription type, and `revocation`: the end of a subscription. */
export type TwitchEvents = { [Type in TwitchEventType]: TwitchNotification<Type> } & {
  revocation: TwitchRevocation;
};
