/** Bytes of body. */
export const LIMIT = 2000;

/** ms for a body. */
export const TIMEOUT = 2000;

/** ms of a lease: some platforms end a handler with the connection of its sender. */
export const LEASE = 3000;

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const ROUTE_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
/** As registered with the sender that signs addresses; nothing of it is in a request. */
export const ORIGIN = 'https://hooks.example.com';

export const VERIFY_TOKEN = 'let-me-in-7';

export const paths = {
  webhook: '/webhooks/users',
  route: '/routes/users',
  handshake: '/webhooks/meta',
  address: '/webhooks/twilio',
  ledger: '/ledger',
  hold: '/hold',
  release: '/release',
} as const;
