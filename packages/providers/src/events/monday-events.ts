/** Types as they stand in the payload: https://developer.monday.com/api-reference/reference/webhooks. */
export interface MondayEvents {
  create_pulse: unknown;
  update_column_value: unknown;
  update_name: unknown;
  create_update: unknown;
  [type: string]: unknown;
}
