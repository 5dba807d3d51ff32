import { challengeText, emptyResponse, type Handshake, handshakeRefused } from '@countersign/core';

export interface AbuseProtection {
  /** Senders that may deliver here, as they name themselves in `WebHook-Request-Origin`; `*`: any. */
  readonly allowedOrigins: '*' | readonly string[];
  /** Deliveries a minute that a sender which asks is granted. Default: any number. */
  readonly allowedRate?: number | undefined;
}

/** CloudEvents HTTP webhook specification, section 4: a sender asks by OPTIONS before it delivers. */
export const abuseProtection = ({ allowedOrigins, allowedRate }: AbuseProtection): Handshake => ({
  name: 'validation',
  stage: 'request',
  methods: ['OPTIONS'],
  answer({ request }) {
    const sent = request.method === 'OPTIONS' ? request.headers.get('webhook-request-origin') : null;
    if (sent === null) return undefined;
    const origin = challengeText(sent);
    if (allowedOrigins !== '*' && !allowedOrigins.includes(origin)) {
      throw handshakeRefused(`${origin} is not among allowedOrigins`);
    }
    return emptyResponse(200, {
      allow: 'POST',
      'webhook-allowed-origin': origin,
      'webhook-allowed-rate': allowedRate === undefined ? '*' : String(allowedRate),
    });
  },
});
