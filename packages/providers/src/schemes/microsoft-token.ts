import { misconfigured } from '@countersign/core';
import type { FetchOption } from '../keys/pinned-fetch.ts';
import type { FindJwtKey } from './find-jwt-key.ts';
import { remoteJwks } from './remote-jwks.ts';

const KEYS = 'https://login.microsoftonline.com/common/discovery/v2.0/keys';

const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The keys of Microsoft Entra: one set for all tenants, so it is the issuer that tells whose a token is. */
export const microsoftKeys = ({ fetch }: FetchOption): FindJwtKey => remoteJwks(KEYS, { fetch });

/** A tenant's names as an issuer: in tokens of version 1 and of version 2. */
export function microsoftIssuers(tenantId: unknown): readonly string[] {
  if (typeof tenantId === 'string' && GUID.test(tenantId)) {
    return [`https://sts.windows.net/${tenantId}/`, `https://login.microsoftonline.com/${tenantId}/v2.0`];
  }
  throw misconfigured(
    'ERR_WEBHOOK_CONFIG_OPTION',
    'tenantId is missing: the directory (tenant) ID of your Entra tenant',
  );
}
