// Names: `WebhookEventType` in npm @onfido/api@6.2.0. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface OnfidoEvents {
  'audit_log.created': unknown;
  'watchlist_monitor.matches_updated': unknown;
  'workflow_run.completed': unknown;
  'workflow_task.started': unknown;
  'workflow_task.completed': unknown;
  'check.started': unknown;
  'check.reopened': unknown;
  'check.withdrawn': unknown;
  'check.completed': unknown;
  'check.form_completed': unknown;
  'report.withdrawn': unknown;
  'report.resumed': unknown;
  'report.cancelled': unknown;
  'report.awaiting_approval': unknown;
  'report.completed': unknown;
  'workflow_timeline_file.created': unknown;
  'workflow_run_evidence_folder.created': unknown;
  11184809: unknown;
}
