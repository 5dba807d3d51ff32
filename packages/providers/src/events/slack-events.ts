// Names: `SlackEvent` of npm @slack/types@3.2.0, and the interactions and commands of npm @slack/bolt@5.1.0.
// Read 2026-11-22. Payloads: what those packages state.

/** Every inner event of the Events API. */
export type SlackEventType =
  | 'message'
  | 'agent_session_stopped'
  | 'agent_session_title_changed'
  | `app_${'deleted' | 'installed' | 'mention' | 'requested' | 'uninstalled'}`
  | 'app_context_changed'
  | 'app_home_opened'
  | 'app_uninstalled_team'
  | 'assistant_thread_started'
  | 'assistant_thread_context_changed'
  | 'call_rejected'
  | `channel_${'archive' | 'created' | 'deleted' | 'left' | 'rename' | 'shared' | 'unarchive' | 'unshared'}`
  | 'channel_history_changed'
  | 'channel_id_changed'
  | 'dnd_updated'
  | 'dnd_updated_user'
  | 'email_domain_changed'
  | 'emoji_changed'
  | 'entity_details_requested'
  | `file_${'change' | 'created' | 'deleted' | 'public' | 'shared' | 'unshared'}`
  | 'file_comment_deleted'
  | 'function_executed'
  | `grid_migration_${'finished' | 'started'}`
  | `group_${'archive' | 'close' | 'deleted' | 'left' | 'open' | 'rename' | 'unarchive'}`
  | 'group_history_changed'
  | `im_${'close' | 'created' | 'open'}`
  | 'im_history_changed'
  | 'invite_requested'
  | 'link_shared'
  | 'member_joined_channel'
  | 'member_left_channel'
  | `message_metadata_${'deleted' | 'posted' | 'updated'}`
  | `pin_${'added' | 'removed'}`
  | `reaction_${'added' | 'removed'}`
  | `shared_channel_invite_${'accepted' | 'approved' | 'declined' | 'received' | 'requested'}`
  | `star_${'added' | 'removed'}`
  | `subteam_${'created' | 'updated'}`
  | 'subteam_members_changed'
  | `subteam_self_${'added' | 'removed'}`
  | `team_${'join' | 'rename'}`
  | `team_access_${'granted' | 'revoked'}`
  | 'team_domain_change'
  | 'tokens_revoked'
  | 'user_change'
  | 'user_huddle_changed'
  | 'user_profile_changed'
  | 'user_status_changed'
  | `workflow_${'deleted' | 'published' | 'unpublished'}`
  | `workflow_step_${'deleted' | 'execute'}`;

/** The outer payload of the Events API. `Event` is what happened. */
export interface SlackEventCallback<Event = SlackInnerEvent> {
  type: 'event_callback';
  token: string;
  team_id: string;
  api_app_id: string;
  event: Event;
  /** The same for every attempt. */
  event_id: string;
  /** Unix seconds. */
  event_time: number;
  authorizations?: { team_id: string | null; user_id: string; [field: string]: unknown }[];
  [field: string]: unknown;
}

/** What happened. */
export interface SlackInnerEvent<Type extends string = string> {
  type: Type;
  [field: string]: unknown;
}

/** A message, or what became of one: `subtype` tells which. Bots and some subtypes have no `user`. */
export interface SlackMessageEvent extends SlackInnerEvent<'message'> {
  subtype?: string | undefined;
  channel: string;
  channel_type?: string;
  user?: string;
  bot_id?: string;
  text?: string;
  ts: string;
  thread_ts?: string;
  event_ts: string;
}

/** Somebody wrote `@app`. */
export interface SlackAppMentionEvent extends SlackInnerEvent<'app_mention'> {
  channel: string;
  user?: string;
  text: string;
  ts: string;
  thread_ts?: string;
  event_ts: string;
}

/** Somebody opened the app's own tab. */
export interface SlackAppHomeOpenedEvent extends SlackInnerEvent<'app_home_opened'> {
  user: string;
  channel: string;
  tab?: 'home' | 'messages';
  event_ts: string;
}

/** An emoji was put on a message, or taken from one. */
export interface SlackReactionEvent<Type extends string = string> extends SlackInnerEvent<Type> {
  user: string;
  reaction: string;
  item: { type: string; channel: string; ts: string; [field: string]: unknown };
  item_user?: string;
  event_ts: string;
}

/** Inner events with known fields. */
interface SlackKnownEvents {
  app_home_opened: SlackAppHomeOpenedEvent;
  app_mention: SlackAppMentionEvent;
  message: SlackMessageEvent;
  reaction_added: SlackReactionEvent<'reaction_added'>;
  reaction_removed: SlackReactionEvent<'reaction_removed'>;
}

type SlackInnerEventOf<Type extends string> = Type extends keyof SlackKnownEvents
  ? SlackKnownEvents[Type]
  : SlackInnerEvent<Type>;

/** Events come too fast, and some were dropped. */
export interface SlackRateLimit {
  type: 'app_rate_limited';
  team_id: string;
  api_app_id: string;
  /** Unix seconds of the minute it happened in. */
  minute_rate_limited: number;
  [field: string]: unknown;
}

/** Somebody used something interactive. The team is `null` where the app is installed for an organisation. */
export interface SlackInteraction<Type extends string = string> {
  type: Type;
  user: { id: string; [field: string]: unknown };
  team?: { id: string; domain: string; [field: string]: unknown } | null;
  channel?: { id: string; name: string; [field: string]: unknown };
  callback_id?: string;
  trigger_id?: string;
  response_url?: string;
  [field: string]: unknown;
}

/** A modal or a home tab, with what was entered in `state`. */
export interface SlackView {
  id: string;
  type: string;
  callback_id: string;
  private_metadata: string;
  state: { values: Record<string, Record<string, unknown>>; [field: string]: unknown };
  [field: string]: unknown;
}

/** Buttons, menus and inputs in a message or a view. */
export interface SlackBlockActions extends SlackInteraction<'block_actions'> {
  actions: { type: string; action_id: string; block_id: string; value?: unknown; [field: string]: unknown }[];
}

/** A modal was sent in. Answer with `reply(…)` to show errors or another view. */
export interface SlackViewSubmission extends SlackInteraction<'view_submission'> {
  view: SlackView;
}

/** A modal was closed. */
export interface SlackViewClosed extends SlackInteraction<'view_closed'> {
  view: SlackView;
  is_cleared: boolean;
}

/** A menu asks for its options: answer with `reply(…)`. */
export interface SlackBlockSuggestion extends SlackInteraction<'block_suggestion'> {
  action_id: string;
  block_id: string;
  /** What was typed so far. */
  value: string;
}

/** A shortcut, or one on a message. */
export interface SlackShortcut<Type extends string = string> extends SlackInteraction<Type> {
  callback_id: string;
  trigger_id: string;
}

/** A slash command: the form that Slack posts. */
export interface SlackCommand {
  command: string;
  text: string;
  team_id: string;
  channel_id: string;
  user_id: string;
  api_app_id: string;
  trigger_id: string;
  response_url: string;
  [field: string]: string | string[] | undefined;
}

/** Interactions by type. The last three are of legacy attachments and dialogs. */
interface SlackInteractions {
  block_actions: SlackBlockActions;
  block_suggestion: SlackBlockSuggestion;
  message_action: SlackShortcut<'message_action'>;
  shortcut: SlackShortcut<'shortcut'>;
  view_closed: SlackViewClosed;
  view_submission: SlackViewSubmission;
  dialog_submission: SlackInteraction<'dialog_submission'>;
  dialog_suggestion: SlackInteraction<'dialog_suggestion'>;
  interactive_message: SlackInteraction<'interactive_message'>;
}

/** Slack's events, interactions and commands (`/weather`). */
export type SlackEvents = {
  [Type in SlackEventType]: SlackEventCallback<SlackInnerEventOf<Type>>;
} & SlackInteractions & {
    app_rate_limited: SlackRateLimit;
    [command: `/${string}`]: SlackCommand;
  };

/** The vendor's union of inner events as a map: `slack<SlackEventsOf<SlackEvent>>({ secret })`. */
export type SlackEventsOf<Event extends { type: string }> = {
  [Each in Event as Exclude<Each['type'], 'app_rate_limited'>]: SlackEventCallback<Each>;
} & Omit<SlackEvents, SlackEventType>;
