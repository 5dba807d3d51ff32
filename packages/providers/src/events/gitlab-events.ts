// Names and payloads: https://docs.gitlab.com/user/project/integrations/webhook_events (X-Gitlab-Event), in
// the file doc/user/project/integrations/webhook_events.md of gitlabhq/gitlabhq. Read 2026-11-22.

/** The repository's project, as most payloads carry it. */
export interface GitlabProject {
  id: number;
  name: string;
  web_url: string;
  path_with_namespace: string;
  default_branch: string | null;
  [field: string]: unknown;
}

/** Who did it. `email` may be `[REDACTED]`. */
export interface GitlabUser {
  name: string;
  username?: string;
  [field: string]: unknown;
}

/** What the payloads have in common. Group events have an `event_name` and no `object_kind`. */
export interface GitlabPayload {
  object_kind?: string;
  event_name?: string;
  event_type?: string;
  user?: GitlabUser;
  project?: GitlabProject;
  [field: string]: unknown;
}

/** The attributes of what an event is about. */
export interface GitlabObject {
  id: number;
  action?: string;
  [field: string]: unknown;
}

/** Commits, or a tag; the newest 20 are listed. On a deletion `after` is zeros, `checkout_sha` is `null`. */
export interface GitlabPush extends GitlabPayload {
  before: string;
  after: string;
  ref: string;
  checkout_sha: string | null;
  user_id: number;
  user_name: string;
  project_id: number;
  project: GitlabProject;
  commits: { id: string; message: string; timestamp: string; url: string; [field: string]: unknown }[];
  total_commits_count: number;
}

/** An issue, or another work item. An epic belongs to a group, not to a project. */
export interface GitlabIssue extends GitlabPayload {
  object_kind: 'issue' | 'work_item';
  object_attributes: GitlabObject & { iid: number; title: string; state: string };
  /** Field → `{ previous, current }`. */
  changes?: Record<string, unknown>;
}

/** A comment, beside what it is on. */
export interface GitlabNote extends GitlabPayload {
  object_kind: 'note';
  object_attributes: GitlabObject & { note: string; noteable_type: string };
}

/** A merge request. `action` says what happened. */
export interface GitlabMergeRequest extends GitlabPayload {
  object_kind: 'merge_request';
  project: GitlabProject;
  object_attributes: GitlabObject & MergeRequestAttributes;
  changes?: Record<string, unknown>;
}

interface MergeRequestAttributes {
  iid: number;
  title: string;
  state: string;
  source_branch: string;
  target_branch: string;
}

/** A pipeline's new status. */
export interface GitlabPipeline extends GitlabPayload {
  object_kind: 'pipeline';
  object_attributes: GitlabObject & { ref: string; sha: string; status: string };
}

/** A job's new status. */
export interface GitlabJob extends GitlabPayload {
  object_kind: 'build';
  ref: string;
  sha: string;
  build_id: number;
  build_name: string;
  build_stage: string;
  build_status: string;
  pipeline_id: number;
  project_id: number;
}

/** An event of a group, a subgroup or the whole instance: `event_name` tells which. */
export interface GitlabGroupEvent extends GitlabPayload {
  event_name: string;
}

/** GitLab's webhooks, by `X-Gitlab-Event`. */
export interface GitlabEvents {
  'Push Hook': GitlabPush & { object_kind: 'push' };
  'Tag Push Hook': GitlabPush & { object_kind: 'tag_push' };
  'Issue Hook': GitlabIssue;
  'Confidential Issue Hook': GitlabIssue;
  'Note Hook': GitlabNote;
  'Confidential Note Hook': GitlabNote;
  'Merge Request Hook': GitlabMergeRequest;
  'Wiki Page Hook': GitlabPayload & { object_kind: 'wiki_page' };
  'Pipeline Hook': GitlabPipeline;
  'Job Hook': GitlabJob;
  'Deployment Hook': GitlabPayload & { object_kind: 'deployment'; status: string; environment: string };
  'Feature Flag Hook': GitlabPayload & { object_kind: 'feature_flag' };
  'Release Hook': GitlabPayload & { object_kind: 'release'; tag: string; action: string };
  'Milestone Hook': GitlabPayload & { object_kind: 'milestone'; object_attributes: GitlabObject };
  'Emoji Hook': GitlabPayload & { object_kind: 'emoji'; object_attributes: GitlabObject };
  'Resource Access Token Hook': GitlabPayload & { object_kind: 'access_token' };
  'Resource Deploy Token Hook': GitlabPayload & { object_kind: 'deploy_token' };
  'Vulnerability Hook': GitlabPayload & { object_kind: 'vulnerability' };
  'Member Hook': GitlabGroupEvent;
  'Project Hook': GitlabGroupEvent;
  'Subgroup Hook': GitlabGroupEvent;
  /** Everything from an instance-wide system hook. */
  'System Hook': GitlabPayload;
}
