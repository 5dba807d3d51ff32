// Names: `WebhookSubscriptionTopic` of the Admin API 2025-10 to 2026-10 (the schemas in npm
// @shopify/dev-mcp@1.16.0), and `privacyTopics` of npm @shopify/shopify-api@13.1.0. Read 2026-11-22.

/** Every webhook topic, as in `X-Shopify-Topic`. */
export type ShopifyTopic =
  | 'customer.joined_segment'
  | 'customer.left_segment'
  | 'customer.tags_added'
  | 'customer.tags_removed'
  | `app/${'scopes_update' | 'uninstalled'}`
  | 'app_purchases_one_time/update'
  | `app_subscriptions/${'approaching_capped_amount' | 'update'}`
  | 'audit_events/admin_api_activity'
  | 'bulk_operations/finish'
  | `carts/${'create' | 'update'}`
  | 'channels/delete'
  | `checkouts/${'create' | 'delete' | 'update'}`
  | `collection_listings/${'add' | 'remove' | 'update'}`
  | `collection_publications/${'create' | 'delete' | 'update'}`
  | `collections/${'create' | 'delete' | 'update'}`
  | `companies/${'create' | 'delete' | 'update'}`
  | `company_contact_roles/${'assign' | 'revoke'}`
  | `company_contacts/${'create' | 'delete' | 'update'}`
  | `company_locations/${'create' | 'delete' | 'update'}`
  | 'customer_account_settings/update'
  | `customer_groups/${'create' | 'delete' | 'update'}`
  | `customer_payment_methods/${'create' | 'revoke' | 'update'}`
  | `customers/${'create' | 'data_request' | 'delete' | 'disable' | 'enable' | 'merge'}`
  | `customers/${'purchasing_summary' | 'redact' | 'update'}`
  | 'customers_email_marketing_consent/update'
  | 'customers_marketing_consent/update'
  | 'customers_whats_app_marketing_consent/update'
  | 'delivery_promise_settings/update'
  | `discounts/${'create' | 'delete' | 'redeemcode_added' | 'redeemcode_removed' | 'update'}`
  | `disputes/${'create' | 'update'}`
  | `domains/${'create' | 'destroy' | 'update'}`
  | `draft_orders/${'create' | 'delete' | 'update'}`
  | `finance_app_staff_member/${'delete' | 'grant' | 'revoke' | 'update'}`
  | 'finance_kyc_information/update'
  | `fulfillment_events/${'create' | 'delete'}`
  | `fulfillment_holds/${'added' | 'released'}`
  | `fulfillment_orders/${'cancellation_request_accepted' | 'cancellation_request_rejected'}`
  | `fulfillment_orders/${'cancellation_request_submitted' | 'cancelled' | 'fulfillment_request_accepted'}`
  | `fulfillment_orders/${'fulfillment_request_rejected' | 'fulfillment_request_submitted'}`
  | `fulfillment_orders/${'fulfillment_service_failed_to_complete' | 'hold_released'}`
  | `fulfillment_orders/${'line_items_prepared_for_local_delivery' | 'line_items_prepared_for_pickup'}`
  | `fulfillment_orders/${'manually_reported_progress_stopped' | 'merged' | 'moved'}`
  | `fulfillment_orders/${'order_routing_complete' | 'placed_on_hold' | 'progress_reported' | 'rescheduled'}`
  | `fulfillment_orders/${'scheduled_fulfillment_order_ready' | 'split'}`
  | `fulfillments/${'create' | 'update'}`
  | `inventory_items/${'create' | 'delete' | 'update'}`
  | `inventory_levels/${'connect' | 'disconnect' | 'update'}`
  | `inventory_shipments/${'add_items' | 'create' | 'delete' | 'mark_in_transit' | 'receive_items'}`
  | `inventory_shipments/${'remove_items' | 'update_item_quantities' | 'update_tracking'}`
  | `inventory_transfers/${'add_items' | 'cancel' | 'complete' | 'ready_to_ship' | 'remove_items'}`
  | `inventory_transfers/${'update_item_quantities' | 'updated'}`
  | `locales/${'create' | 'destroy' | 'update'}`
  | `locations/${'activate' | 'create' | 'deactivate' | 'delete' | 'update'}`
  | `markets/${'create' | 'delete' | 'update'}`
  | 'markets_backup_region/update'
  | `metafield_definitions/${'create' | 'delete' | 'update'}`
  | `metaobjects/${'create' | 'delete' | 'update'}`
  | 'order_transactions/create'
  | `orders/${'cancelled' | 'create' | 'delete' | 'edited' | 'fulfilled' | 'link_requested' | 'paid'}`
  | `orders/${'partially_fulfilled' | 'risk_assessment_changed' | 'shopify_protect_eligibility_changed'}`
  | 'orders/updated'
  | 'payment_schedules/due'
  | `payment_terms/${'create' | 'delete' | 'update'}`
  | `product_feeds/${'create' | 'full_sync' | 'full_sync_finish' | 'incremental_sync' | 'update'}`
  | `product_listings/${'add' | 'remove' | 'update'}`
  | `product_publications/${'create' | 'delete' | 'update'}`
  | `products/${'create' | 'delete' | 'update'}`
  | `profiles/${'create' | 'delete' | 'update'}`
  | 'refunds/create'
  | `returns/${'approve' | 'cancel' | 'close' | 'decline' | 'process' | 'reopen' | 'request' | 'update'}`
  | 'reverse_deliveries/attach_deliverable'
  | 'reverse_fulfillment_orders/dispose'
  | `scheduled_product_listings/${'add' | 'remove' | 'update'}`
  | `segments/${'create' | 'delete' | 'update'}`
  | `selling_plan_groups/${'create' | 'delete' | 'update'}`
  | `shipping_addresses/${'create' | 'update'}`
  | `shop/${'redact' | 'update'}`
  | `subscription_billing_attempts/${'challenged' | 'failure' | 'success'}`
  | `subscription_billing_cycle_edits/${'create' | 'delete' | 'update'}`
  | `subscription_billing_cycles/${'skip' | 'unskip'}`
  | `subscription_contracts/${'activate' | 'cancel' | 'create' | 'expire' | 'fail' | 'pause' | 'update'}`
  | `tax_services/${'create' | 'update'}`
  | 'tender_transactions/create'
  | `themes/${'create' | 'delete' | 'publish' | 'update'}`
  | `variants/${'in_stock' | 'out_of_stock'}`;

/** Topics whose payload is one resource with a numeric id. */
type ResourceTopic =
  | 'app/uninstalled'
  | `collections/${'create' | 'delete' | 'update'}`
  | `customers/${'create' | 'delete' | 'disable' | 'enable' | 'update'}`
  | `draft_orders/${'create' | 'delete' | 'update'}`
  | `fulfillments/${'create' | 'update'}`
  | `orders/${'cancelled' | 'create' | 'delete' | 'fulfilled' | 'paid' | 'partially_fulfilled' | 'updated'}`
  | `products/${'create' | 'delete' | 'update'}`
  | 'refunds/create'
  | 'shop/update';

/** A resource. Which fields it has follows the API version and the subscription's `include_fields`. */
export interface ShopifyResource {
  id?: number;
  admin_graphql_api_id?: string;
  [field: string]: unknown;
}

/** What other topics send: often wrapped in the resource's name. Ids are numbers, texts or `null`. */
export interface ShopifyPayload {
  id?: number | string | null;
  admin_graphql_api_id?: string | null;
  [field: string]: unknown;
}

/** The topics that an app in the App Store must handle. */
type PrivacyTopic = `customers/${'data_request' | 'redact'}` | 'shop/redact';

/** Asks for, or tells to delete, what an app keeps of a shop or a customer. */
export interface ShopifyPrivacyPayload {
  shop_id: number;
  shop_domain: string;
  [field: string]: unknown;
}

/** Shopify's webhooks. */
export type ShopifyEvents = {
  [Topic in ShopifyTopic]: Topic extends PrivacyTopic
    ? ShopifyPrivacyPayload
    : Topic extends ResourceTopic
      ? ShopifyResource
      : ShopifyPayload;
};
