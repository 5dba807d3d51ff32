import {
  defineProvider,
  type Envelope,
  misconfigured,
  type ProviderFactory,
  type Scheme,
} from '@countersign/core';
import {
  base64url,
  type CompactJWSHeaderParameters,
  compactVerify,
  decodeProtectedHeader,
  errors,
} from 'jose';
import type { AppleAppStoreEvents } from './events/apple-app-store-events.ts';
import { type ChainCertificate, chainCertificate } from './keys/chain-certificate.ts';
import { base64Bytes } from './keys/spki.ts';
import { appleLeafKey } from './schemes/apple-chain.ts';
import { appleRoots } from './schemes/apple-roots.ts';
import { requiredOption } from './schemes/required-option.ts';

export type * from './events/apple-app-store-events.ts';

/** Options of {@link appleAppStore}. */
export interface AppleAppStoreOptions {
  /** The bundle id of the app. */
  readonly bundleId: string | undefined;
  /** Default: `Production`. What Xcode and local testing send is signed by nobody, and never taken. */
  readonly environment?: 'Production' | 'Sandbox' | undefined;
  /** The app's Apple ID, a number; needed in production. */
  readonly appAppleId?: number | undefined;
  /** Certificates to trust in place of Apple Root CA - G3, as PEM or base64 of DER: when Apple has a new one. */
  readonly roots?: readonly string[] | undefined;
}

/** Whom a notification is about, in whichever part says so. */
interface Subject {
  readonly bundleId?: unknown;
  readonly appAppleId?: unknown;
  readonly environment?: unknown;
  readonly externalPurchaseId?: unknown;
}

type Claims = Readonly<Record<string, unknown>> & { readonly signedDate?: unknown };

function subjectOf(claims: Claims): Subject {
  const {
    data,
    summary,
    externalPurchaseToken: token,
    appData,
  } = claims as Record<string, Subject | undefined>;
  const found = data ?? summary;
  if (found !== undefined || token === undefined) return found ?? appData ?? {};
  const isSandbox = String(token.externalPurchaseId ?? '').startsWith('SANDBOX');
  return { ...token, environment: isSandbox ? 'Sandbox' : 'Production' };
}

const decoder = new TextDecoder();

/** Three parts, each in one spelling. */
function partsOf(token: string): readonly string[] | undefined {
  const parts = token.split('.');
  const isOne = (part: string) => part !== '' && base64url.encode(base64url.decode(part)) === part;
  return parts.length === 3 && parts.every(isOne) ? parts : undefined;
}

/** What a token says before it is verified: its certificates, and when it was signed. */
async function verified(
  token: string,
  roots: readonly ChainCertificate[],
): Promise<{ readonly claims: Claims; readonly header: CompactJWSHeaderParameters } | undefined> {
  const [, body = ''] = partsOf(token) ?? [];
  const { x5c } = decodeProtectedHeader(token);
  const { signedDate } = JSON.parse(decoder.decode(base64url.decode(body))) as Claims;
  if (typeof signedDate !== 'number') return undefined;
  const key = await appleLeafKey(x5c, roots, signedDate);
  if (key === undefined) return undefined;
  const { payload, protectedHeader: header } = await compactVerify(token, key, { algorithms: ['ES256'] });
  return { claims: JSON.parse(decoder.decode(payload)) as Claims, header };
}

/** Garbage, in a token or a certificate. */
function refusal(error: unknown): undefined {
  if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof SyntaxError)
    return undefined;
  // `atob`, for what is no base64.
  if (error instanceof DOMException) return undefined;
  throw error;
}

const environments = ['Production', 'Sandbox'];

function schemeOf(options: AppleAppStoreOptions): Scheme<never> {
  const { environment = 'Production', appAppleId, roots = appleRoots } = options;
  const bundleId = requiredOption(options.bundleId, 'bundleId', 'that of the app ("com.example.app")');
  if (!environments.includes(environment)) {
    throw misconfigured('ERR_WEBHOOK_CONFIG_OPTION', `environment is one of ${environments.join(', ')}`);
  }
  if (environment === 'Production' && !Number.isSafeInteger(appAppleId)) {
    throw misconfigured(
      'ERR_WEBHOOK_CONFIG_OPTION',
      'appAppleId is missing: the number of the app in App Store Connect',
    );
  }
  const trusted = roots.map((root) => chainCertificate(base64Bytes(root.replace(/-----[^-]+-----/g, ''))));

  function isOurs(claims: Claims): boolean {
    const subject = subjectOf(claims);
    return (
      subject.bundleId === bundleId &&
      subject.environment === environment &&
      (environment !== 'Production' || subject.appAppleId === appAppleId)
    );
  }

  return {
    kind: 'jws',
    secret: { encoding: 'utf8' },
    grammar: { payload: 'signedPayload' },
    encoding: 'text',
    covers: ['body'],
    content: ({ signatures }: Envelope) => [signatures[0] ?? ''],
    key: () => ({
      async verify(_content, { signatures: [signature] }) {
        const found = await verified(decoder.decode(signature), trusted).catch(refusal);
        return found !== undefined && isOurs(found.claims) && { payload: { value: found.claims } };
      },
    }),
  };
}

/** Seconds: Apple retries five times, over more than six days. */
const WEEK = 604_800;

/**
 * App Store Server Notifications, version 2. The notification is a token that bears its own certificates: they must
 * lead to Apple Root CA - G3, be good when it was signed, and be of the kind that signs for the App Store. The payload
 * of the event is the token's; `signedTransactionInfo` and `signedRenewalInfo` inside of it are covered by it. Whether
 * Apple has revoked a certificate is not asked.
 *
 * @throws TypeError `ERR_WEBHOOK_CONFIG_OPTION` without `bundleId`, and in production `appAppleId`
 * @see https://developer.apple.com/documentation/appstoreservernotifications
 */
export const appleAppStore: ProviderFactory<never, AppleAppStoreEvents, AppleAppStoreOptions> =
  defineProvider<never, AppleAppStoreEvents, AppleAppStoreOptions>({
    name: 'apple-app-store',
    docs: {
      url: 'https://developer.apple.com/documentation/appstoreservernotifications/responding-to-app-store-server-notifications',
      read: '2026-11-22',
    },
    status: 'proven',
    scheme: schemeOf,
    timestamp: { payload: 'signedDate', unit: 'ms', tolerance: { past: WEEK, future: 300 } },
    id: { payload: 'notificationUUID' },
    type: { payload: 'notificationType' },
  });
