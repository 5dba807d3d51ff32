// Names: npm @octokit/openapi-webhooks-types@12.2.0; those that only Enterprise Cloud and Server send from
// github/docs src/webhooks/data/{ghec,ghes-3.19}. Read 2026-11-22. Payloads: what that package states.

/** Every event of github.com, as in `X-GitHub-Event`. */
export type GithubEventType =
  | 'branch_protection_configuration'
  | 'branch_protection_rule'
  | 'check_run'
  | 'check_suite'
  | 'code_scanning_alert'
  | 'commit_comment'
  | 'create'
  | 'custom_property'
  | 'custom_property_values'
  | 'delete'
  | 'dependabot_alert'
  | 'deploy_key'
  | 'deployment'
  | 'deployment_protection_rule'
  | 'deployment_review'
  | 'deployment_status'
  | 'discussion'
  | 'discussion_comment'
  | 'fork'
  | 'github_app_authorization'
  | 'gollum'
  | 'installation'
  | 'installation_repositories'
  | 'installation_target'
  | 'issue_comment'
  | 'issue_dependencies'
  | 'issue_relates_to'
  | 'issues'
  | 'label'
  | 'marketplace_purchase'
  | 'member'
  | 'membership'
  | 'merge_group'
  | 'meta'
  | 'milestone'
  | 'org_block'
  | 'organization'
  | 'package'
  | 'page_build'
  | 'personal_access_token_request'
  | 'ping'
  | 'project'
  | 'project_card'
  | 'project_column'
  | 'projects_v2'
  | 'projects_v2_item'
  | 'projects_v2_status_update'
  | 'public'
  | 'pull_request'
  | 'pull_request_review'
  | 'pull_request_review_comment'
  | 'pull_request_review_thread'
  | 'push'
  | 'registry_package'
  | 'release'
  | 'repository'
  | 'repository_advisory'
  | 'repository_dispatch'
  | 'repository_import'
  | 'repository_ruleset'
  | 'repository_vulnerability_alert'
  | 'secret_scanning_alert'
  | 'secret_scanning_alert_location'
  | 'secret_scanning_scan'
  | 'security_advisory'
  | 'security_and_analysis'
  | 'sponsorship'
  | 'star'
  | 'status'
  | 'sub_issues'
  | 'team'
  | 'team_add'
  | 'watch'
  | 'workflow_dispatch'
  | 'workflow_job'
  | 'workflow_run';

/** Events of Enterprise Cloud and Enterprise Server. */
export type GithubEnterpriseEventType =
  | 'bypass_request_secret_scanning'
  | 'cache_sync'
  | 'dismissal_request_code_scanning'
  | 'dismissal_request_dependabot'
  | 'dismissal_request_secret_scanning'
  | 'enterprise'
  | 'exemption_request_push_ruleset'
  | 'organization_custom_property'
  | 'organization_custom_property_values'
  | 'user';

/** Events that have no `action`. */
type WithoutAction =
  | 'create'
  | 'delete'
  | 'fork'
  | 'gollum'
  | 'page_build'
  | 'ping'
  | 'public'
  | 'push'
  | 'repository_import'
  | 'security_and_analysis'
  | 'status'
  | 'team_add'
  | 'workflow_dispatch';

/** Events that are not of one repository, or need not be. */
type WithoutRepository =
  | 'custom_property'
  | 'github_app_authorization'
  | 'installation'
  | 'installation_repositories'
  | 'installation_target'
  | 'marketplace_purchase'
  | 'membership'
  | 'merge_group'
  | 'meta'
  | 'org_block'
  | 'organization'
  | 'package'
  | 'personal_access_token_request'
  | 'ping'
  | 'project'
  | 'project_card'
  | 'project_column'
  | 'projects_v2'
  | 'projects_v2_item'
  | 'projects_v2_status_update'
  | 'registry_package'
  | 'repository_ruleset'
  | 'secret_scanning_scan'
  | 'security_advisory'
  | 'sponsorship'
  | 'team';

/** A person, a bot or an organisation. */
export interface GithubAccount {
  login: string;
  id: number;
  [field: string]: unknown;
}

/** A repository. */
export interface GithubRepository {
  id: number;
  name: string;
  full_name: string;
  private: boolean;
  html_url: string;
  owner: GithubAccount | null;
  [field: string]: unknown;
}

/** What the payloads have in common. */
export interface GithubPayload {
  action?: string;
  sender?: GithubAccount | null;
  repository?: GithubRepository | null;
  organization?: GithubAccount;
  /** The installation, when sent to a GitHub App. */
  installation?: { id: number; [field: string]: unknown };
  enterprise?: { id: number; slug: string; [field: string]: unknown };
  [field: string]: unknown;
}

/** An issue, or a pull request seen as one. */
export interface GithubIssue {
  id: number;
  number: number;
  title: string;
  html_url: string;
  user: GithubAccount | null;
  [field: string]: unknown;
}

/** A pull request. */
export interface GithubPullRequest extends GithubIssue {
  state: string;
  head: { ref: string; sha: string; [field: string]: unknown };
  base: { ref: string; sha: string; [field: string]: unknown };
}

/** A comment. */
export interface GithubComment {
  id: number;
  body: string;
  html_url: string;
  user: GithubAccount | null;
  [field: string]: unknown;
}

/** Commits pushed to a branch, or a tag. */
export interface GithubPush {
  ref: string;
  before: string;
  after: string;
  created: boolean;
  deleted: boolean;
  forced: boolean;
  compare: string;
  commits: GithubCommit[];
  /** `null` on a deletion. */
  head_commit: GithubCommit | null;
}

/** A commit. */
export interface GithubCommit {
  id: string;
  message: string;
  timestamp: string;
  url: string;
  [field: string]: unknown;
}

/** A run of a check, a workflow or a job. */
export interface GithubRun {
  id: number;
  head_sha: string;
  status: string | null;
  conclusion: string | null;
  [field: string]: unknown;
}

/** What single events have besides. */
interface GithubDetails {
  check_run: { check_run: GithubRun & { name: string } };
  check_suite: { check_suite: GithubRun };
  create: { ref: string; ref_type: string };
  delete: { ref: string; ref_type: string };
  installation: { installation: { id: number; account: unknown; [field: string]: unknown } };
  issue_comment: { issue: GithubIssue; comment: GithubComment };
  issues: { issue: GithubIssue };
  ping: { zen: string; hook_id: number; hook: { type: string; events: string[]; [field: string]: unknown } };
  pull_request: { number: number; pull_request: GithubPullRequest };
  pull_request_review: { pull_request: GithubPullRequest };
  pull_request_review_comment: { pull_request: GithubPullRequest; comment: GithubComment };
  push: GithubPush;
  release: { release: { id: number; tag_name: string; name: string | null; [field: string]: unknown } };
  status: { sha: string; state: string; context: string };
  workflow_dispatch: { ref: string; workflow: string; inputs: Record<string, unknown> | null };
  workflow_job: { workflow_job: GithubRun & { name: string } };
  workflow_run: { workflow_run: GithubRun };
}

/** What an event sends. */
export type GithubPayloadOf<Type extends GithubEventType> = GithubPayload &
  (Type extends WithoutAction ? unknown : { action: string }) &
  (Type extends WithoutRepository ? unknown : { repository: GithubRepository }) &
  (Type extends keyof GithubDetails ? GithubDetails[Type] : unknown);

/** GitHub's webhooks. */
export type GithubEvents = { [Type in GithubEventType]: GithubPayloadOf<Type> } & {
  [Type in GithubEnterpriseEventType]: GithubPayload;
};

type Kebab<Name extends string> = Name extends `${infer Head}_${infer Rest}`
  ? `${Head}-${Kebab<Rest>}`
  : Name;

type KeyOf<Name extends string> = Kebab<Name> | `${Kebab<Name>}-${string}`;

/** Reads like a key of `pull_request_review`, and is one of `pull_request`. */
type ReviewRequest = `pull-request-review-request${string}`;

/** The keys of one event (`issues-opened`), without those of longer names (`deployment-status-created`). */
type KeysOf<Webhooks, Name extends string> =
  | Exclude<
      Extract<keyof Webhooks, KeyOf<Name>>,
      KeyOf<Extract<GithubEventType | GithubEnterpriseEventType, `${Name}_${string}`>> | ReviewRequest
    >
  | (Name extends 'pull_request' ? Extract<keyof Webhooks, ReviewRequest> : never);

type BodyOf<Operation> = Operation extends {
  post: { requestBody?: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

/** `webhooks` of @octokit/openapi-webhooks-types as a map: `github<GithubEventsOf<webhooks>>({ secret })`. */
export type GithubEventsOf<Webhooks> = {
  [Name in GithubEventType | GithubEnterpriseEventType as KeysOf<Webhooks, Name> extends never
    ? never
    : Name]: BodyOf<Webhooks[KeysOf<Webhooks, Name>]>;
};
