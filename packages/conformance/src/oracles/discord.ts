import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

/** The key pair of RFC 8032, section 7.1, test 1. */
const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';

/** The SDK only verifies. */
export const discord: Oracle = {
  name: 'discord',
  provider: 'discord',
  sdk: 'discord-interactions',
  needs: 'discord-interactions',
  options: { publicKey },
  privateKey: new Uint8Array(Buffer.from(seed, 'hex')),
  verify: (delivery) =>
    verdict(async () => {
      const { verifyKey } = await sdk('discord-interactions');
      return verifyKey(
        delivery.body,
        header(delivery, 'x-signature-ed25519'),
        header(delivery, 'x-signature-timestamp'),
        publicKey,
      );
    }),
  stranger: { publicKey: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c' },
  weaknesses: ['never checks the timestamp', 'reads hex loosely'],
};
