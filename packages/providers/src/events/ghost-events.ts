// Names: TryGhost/Ghost: ghost/core/core/server/services/webhooks/listen.js. Read 2026-11-22.

/** Every event type. */
export type GhostEventType =
  | 'site.changed'
  | `post.${'added' | 'deleted' | 'edited' | 'published' | 'unpublished' | 'scheduled' | 'unscheduled'}`
  | 'post.rescheduled'
  | 'post.published.edited'
  | `page.${'added' | 'deleted' | 'edited' | 'published' | 'unpublished' | 'scheduled' | 'unscheduled'}`
  | 'page.rescheduled'
  | 'page.published.edited'
  | `tag.${'added' | 'edited' | 'deleted'}`
  | `member.${'added' | 'deleted' | 'edited'}`
  | `post.tag.${'attached' | 'detached'}`
  | `page.tag.${'attached' | 'detached'}`;

/** What it is about, as it is and as it was, under its own name (`post`, `member`). */
export type GhostPayload = Record<string, unknown>;

/** Ghost's webhooks. */
export type GhostEvents = { [Type in GhostEventType]: GhostPayload };
