// Fields: https://docs.mercury.com/reference/webhooks. Read 2026-11-22.

/** A change of one resource, as a JSON merge patch (RFC 7396). */
export interface MercuryPayload {
  id: string;
  resourceType: string;
  resourceId: string;
  operationType: string;
  resourceVersion: number;
  /** RFC 3339. */
  occurredAt: string;
  changedPaths: string[];
  mergePatch: Record<string, unknown>;
  previousValues?: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** Mercury's webhooks, by the type of what changed (`transaction`). */
export type MercuryEvents = Record<string, MercuryPayload>;
