import { defineProvider, hmac, type OpenEvents, type Provider } from '@countersign/core';

const define = defineProvider({
  name: 'acme',
  scheme: hmac({
    header: 'acme-signature',
    hash: 'sha256',
    encoding: 'hex',
    content: ['id', { text: '.' }, 'timestamp', { text: '.' }, 'body'],
  }),
  id: { header: 'acme-id' },
  timestamp: { header: 'acme-timestamp', unit: 's' },
  type: { header: 'acme-type' },
  // Leaves any bytes as they are: what is looked at is how they arrive.
  payload: { name: 'other', parse: (body) => body },
});

/** A sender of bytes, of whatever kind. */
export const acme = (): Provider<OpenEvents> => define({ secret: 'acme-secret-A7pQ' });
