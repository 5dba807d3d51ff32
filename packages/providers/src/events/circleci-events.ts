// Names: circleci/circleci-docs: docs/guides/modules/integration/pages/outbound-webhooks.adoc. Read 2026-11-22.

/** Every event type. */
export type CircleciEventType = 'workflow-completed' | 'job-completed';

/** What every payload has. */
export interface CircleciPayload<Type extends CircleciEventType = CircleciEventType> {
  id: string;
  type: Type;
  /** ISO 8601. */
  happened_at: string;
  [field: string]: unknown;
}

/** CircleCI's webhooks. */
export type CircleciEvents = { [Type in CircleciEventType]: CircleciPayload<Type> };
