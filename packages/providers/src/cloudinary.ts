import { defineProvider, digest, type OpenEvents, type ProviderFactory } from '@countersign/core';

/** `hash`: the account's signature algorithm. Default: SHA-1, as at Cloudinary. */
export interface CloudinaryOptions {
  readonly hash?: 'sha1' | 'sha256' | undefined;
}

/**
 * Cloudinary notifications. `secret` is the API secret of the product environment. The signature is a plain hash, good
 * for two hours. There is no id: equal bodies at one time are one delivery.
 *
 * @see https://cloudinary.com/documentation/notifications
 */
export const cloudinary: ProviderFactory<'secret', OpenEvents, CloudinaryOptions> = defineProvider({
  name: 'cloudinary',
  docs: { url: 'https://cloudinary.com/documentation/notifications', read: '2026-11-22' },
  status: 'proven',
  scheme: ({ hash = 'sha1' }: CloudinaryOptions) =>
    digest({
      header: 'x-cld-signature',
      hash,
      encoding: 'hex',
      content: ['body', 'timestamp', 'secret'],
    }),
  timestamp: { header: 'x-cld-timestamp', unit: 's', tolerance: { past: 7200, future: 300 } },
  type: { payload: 'notification_type' },
});
