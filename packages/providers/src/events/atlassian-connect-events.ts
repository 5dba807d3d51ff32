/** Names from https://developer.atlassian.com/cloud/jira/platform/webhooks/; open, since every product has its own. */
export interface AtlassianConnectEvents {
  'jira:issue_created': unknown;
  'jira:issue_updated': unknown;
  'jira:issue_deleted': unknown;
  comment_created: unknown;
  comment_updated: unknown;
  comment_deleted: unknown;
  issuelink_created: unknown;
  issuelink_deleted: unknown;
  worklog_created: unknown;
  worklog_updated: unknown;
  worklog_deleted: unknown;
  attachment_created: unknown;
  attachment_deleted: unknown;
  'jira:version_created': unknown;
  'jira:version_updated': unknown;
  'jira:version_released': unknown;
  project_created: unknown;
  project_updated: unknown;
  project_deleted: unknown;
  sprint_created: unknown;
  sprint_updated: unknown;
  sprint_started: unknown;
  sprint_closed: unknown;
  user_created: unknown;
  user_updated: unknown;
  user_deleted: unknown;
  enabled: unknown;
  disabled: unknown;
  [event: string]: unknown;
}
