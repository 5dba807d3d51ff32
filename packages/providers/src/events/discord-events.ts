// Names: `InteractionType` and `ApplicationWebhookEventType` of npm discord-api-types@0.38.57; the LOBBY_ and
// GAME_ events from https://docs.discord.com/developers/events/webhook-events. Read 2026-11-22.

/** A user, as Discord sends one. */
export interface DiscordUser {
  id: string;
  username: string;
  [field: string]: unknown;
}

/** Somebody used a command, a component or a modal. With `member` in a server, with `user` elsewhere. */
export interface DiscordInteraction<Type extends number = number, Data = Record<string, unknown>> {
  id: string;
  application_id: string;
  type: Type;
  /** To answer with, for 15 minutes. */
  token: string;
  version: number;
  data: Data;
  guild_id?: string;
  channel_id?: string;
  member?: { user: DiscordUser; [field: string]: unknown };
  user?: DiscordUser;
  locale?: string;
  [field: string]: unknown;
}

/** The command that was used. */
export interface DiscordCommandData {
  id: string;
  name: string;
  type: number;
  options?: { name: string; type: number; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** The button or menu that was used. */
export interface DiscordComponentData {
  custom_id: string;
  component_type: number;
  /** What was chosen in a menu. */
  values?: string[];
  [field: string]: unknown;
}

/** The modal that was sent in. */
export interface DiscordModalData {
  custom_id: string;
  components: { type: number; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** Something that happened to an app: the outer payload, whose `event` tells what. */
export interface DiscordWebhookEvent<Type extends string = string, Data = Record<string, unknown>> {
  version: number;
  application_id: string;
  type: 1;
  event: {
    type: Type;
    /** ISO 8601, without a zone. */
    timestamp: string;
    data: Data;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** Somebody installed an app, in a server (`integration_type` 0) or for themselves (1). */
export interface DiscordAuthorization {
  user: DiscordUser;
  scopes: string[];
  integration_type?: number;
  guild?: { id: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** What somebody has bought or been given. */
export interface DiscordEntitlement {
  id: string;
  sku_id: string;
  application_id: string;
  user_id?: string;
  type: number;
  [field: string]: unknown;
}

/** A message of the Social SDK, in a lobby or between two players. */
export interface DiscordMessage {
  id: string;
  content: string;
  channel_id: string;
  author: DiscordUser;
  [field: string]: unknown;
}

/** Interactions by their number (command, component, autocomplete, modal), and webhook events by name. */
export interface DiscordEvents {
  '2': DiscordInteraction<2, DiscordCommandData>;
  '3': DiscordInteraction<3, DiscordComponentData>;
  '4': DiscordInteraction<4, DiscordCommandData>;
  '5': DiscordInteraction<5, DiscordModalData>;
  APPLICATION_AUTHORIZED: DiscordWebhookEvent<'APPLICATION_AUTHORIZED', DiscordAuthorization>;
  APPLICATION_DEAUTHORIZED: DiscordWebhookEvent<'APPLICATION_DEAUTHORIZED', { user: DiscordUser }>;
  ENTITLEMENT_CREATE: DiscordWebhookEvent<'ENTITLEMENT_CREATE', DiscordEntitlement>;
  ENTITLEMENT_UPDATE: DiscordWebhookEvent<'ENTITLEMENT_UPDATE', DiscordEntitlement>;
  ENTITLEMENT_DELETE: DiscordWebhookEvent<'ENTITLEMENT_DELETE', DiscordEntitlement>;
  /** Listed by Discord, and not sent to apps at this time. */
  QUEST_USER_ENROLLMENT: DiscordWebhookEvent<'QUEST_USER_ENROLLMENT', unknown>;
  LOBBY_MESSAGE_CREATE: DiscordWebhookEvent<'LOBBY_MESSAGE_CREATE', DiscordMessage & { lobby_id: string }>;
  LOBBY_MESSAGE_UPDATE: DiscordWebhookEvent<'LOBBY_MESSAGE_UPDATE', DiscordMessage & { lobby_id: string }>;
  LOBBY_MESSAGE_DELETE: DiscordWebhookEvent<'LOBBY_MESSAGE_DELETE', { id: string; lobby_id: string }>;
  GAME_DIRECT_MESSAGE_CREATE: DiscordWebhookEvent<'GAME_DIRECT_MESSAGE_CREATE', DiscordMessage>;
  GAME_DIRECT_MESSAGE_UPDATE: DiscordWebhookEvent<'GAME_DIRECT_MESSAGE_UPDATE', DiscordMessage>;
  GAME_DIRECT_MESSAGE_DELETE: DiscordWebhookEvent<'GAME_DIRECT_MESSAGE_DELETE', DiscordMessage>;
}
