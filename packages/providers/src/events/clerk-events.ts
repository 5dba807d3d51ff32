// Names: `WebhookEvent` of npm @clerk/backend@3.25.0. Read 2026-11-22.

/** Every event type. */
export type ClerkEventType =
  | 'email.created'
  | `organization.${'created' | 'deleted' | 'updated'}`
  | `organizationDomain.${'created' | 'deleted' | 'updated'}`
  | `organizationInvitation.${'accepted' | 'created' | 'revoked'}`
  | `organizationMembership.${'created' | 'deleted' | 'updated'}`
  | `paymentAttempt.${'created' | 'updated'}`
  | `permission.${'created' | 'deleted' | 'updated'}`
  | `role.${'created' | 'deleted' | 'updated'}`
  | `session.${'created' | 'ended' | 'removed' | 'revoked'}`
  | 'sms.created'
  | `subscription.${'active' | 'created' | 'pastDue' | 'updated'}`
  | `subscriptionItem.${'abandoned' | 'active' | 'canceled' | 'created' | 'ended' | 'freeTrialEnding'}`
  | `subscriptionItem.${'incomplete' | 'pastDue' | 'upcoming' | 'updated'}`
  | `user.${'created' | 'deleted' | 'updated'}`
  | `waitlistEntry.${'created' | 'updated'}`;

/** An event, and what it is about. */
export interface ClerkPayload<Type extends ClerkEventType = ClerkEventType> {
  type: Type;
  object: 'event';
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Clerk's webhooks. */
export type ClerkEvents = { [Type in ClerkEventType]: ClerkPayload<Type> };
