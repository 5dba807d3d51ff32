// Names: `ActionContext` of npm @workos-inc/node@11.0.0. Read 2026-11-22.

/** What an action asks about. */
export type WorkosActionsEventType = 'authentication_action_context' | 'user_registration_action_context';

/** A question: may this user sign in, or sign up? */
export interface WorkosActionsPayload<Type extends WorkosActionsEventType = WorkosActionsEventType> {
  id: string;
  object: Type;
  [field: string]: unknown;
}

/** WorkOS's actions, by what they ask about. */
export type WorkosActionsEvents = { [Type in WorkosActionsEventType]: WorkosActionsPayload<Type> };
