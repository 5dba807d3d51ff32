// Names: `TriggerType` of npm webflow-api@3.3.4. Read 2026-11-22.

/** Every trigger. */
export type WebflowTriggerType =
  | 'form_submission'
  | 'site_publish'
  | 'page_created'
  | 'page_metadata_updated'
  | 'page_deleted'
  | 'ecomm_new_order'
  | 'ecomm_order_changed'
  | 'ecomm_inventory_changed'
  | 'collection_item_created'
  | 'collection_item_changed'
  | 'collection_item_deleted'
  | 'collection_item_published'
  | 'collection_item_unpublished'
  | 'comment_created';

/** What every body holds. */
export interface WebflowPayload<Type extends string = string> {
  triggerType: Type;
  payload: unknown;
}

/** Webflow's webhooks. */
export type WebflowEvents = { [Type in WebflowTriggerType]: WebflowPayload<Type> };
