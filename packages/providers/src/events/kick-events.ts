// Names: github.com/KickEngineering/KickDevDocs events/event-types.md. Read 2026-11-22.

/** What it sends, by type. */
export interface KickEvents {
  'chat.message.sent': unknown;
  'channel.followed': unknown;
  'channel.subscription.renewal': unknown;
  'channel.subscription.gifts': unknown;
  'channel.subscription.new': unknown;
  'channel.reward.redemption.updated': unknown;
  'livestream.status.updated': unknown;
  'livestream.metadata.updated': unknown;
  'moderation.banned': unknown;
  'kicks.gifted': unknown;
}
