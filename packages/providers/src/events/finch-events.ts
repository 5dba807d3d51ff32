// Names: `WebhookEvent` of npm @tryfinch/finch-api@10.7.0. Read 2026-11-22.

/** Every event type. */
export type FinchEventType =
  | 'account.updated'
  | 'company.updated'
  | `directory.${'created' | 'deleted' | 'updated'}`
  | `employment.${'created' | 'deleted' | 'updated'}`
  | `individual.${'created' | 'deleted' | 'updated'}`
  | 'job.benefit_create.completed'
  | 'job.benefit_enroll.completed'
  | 'job.benefit_register.completed'
  | 'job.benefit_unenroll.completed'
  | 'job.benefit_update.completed'
  | 'job.data_sync_all.completed'
  | 'job.initial_data_sync_org.succeeded'
  | 'job.initial_data_sync_payroll.succeeded'
  | 'job.w4_form_employee_sync.completed'
  | `pay_statement.${'created' | 'deleted' | 'updated'}`
  | `payment.${'created' | 'deleted' | 'updated'}`;

/** What every payload has. */
export interface FinchPayload<Type extends FinchEventType = FinchEventType> {
  event_type: Type;
  data?: Record<string, unknown>;
  [field: string]: unknown;
}

/** Finch's webhooks. */
export type FinchEvents = { [Type in FinchEventType]: FinchPayload<Type> };
