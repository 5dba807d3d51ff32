// Names: https://developer.hashicorp.com/terraform/cloud-docs/api-docs/notification-configurations, and the
// `NotificationTriggerType` of HashiCorp's own Python client. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface TerraformEvents {
  'run:created': unknown;
  'run:planning': unknown;
  'run:needs_attention': unknown;
  'run:applying': unknown;
  'run:completed': unknown;
  'run:errored': unknown;
  'assessment:drifted': unknown;
  'assessment:check_failure': unknown;
  'assessment:failed': unknown;
  'workspace:auto_destroy_reminder': unknown;
  'workspace:auto_destroy_run_results': unknown;
  'change_request:created': unknown;
}
