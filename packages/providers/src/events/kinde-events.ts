/** Names from `@kinde/webhooks`. */
export interface KindeEvents {
  'organization.created': unknown;
  'organization.updated': unknown;
  'organization.deleted': unknown;
  'user.created': unknown;
  'user.updated': unknown;
  'user.deleted': unknown;
  'user.authentication_failed': unknown;
  'user.authenticated': unknown;
  'role.created': unknown;
  'role.updated': unknown;
  'role.deleted': unknown;
  'permission.created': unknown;
  'permission.updated': unknown;
  'permission.deleted': unknown;
  'subscriber.created': unknown;
  'access_request.created': unknown;
}
