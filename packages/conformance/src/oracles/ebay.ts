import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, text, verdict } from './wire.ts';

/** A throw-away key pair; the public half as eBay serves one, on one line. */
const privateKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgsGFBMI3v6cQqA2D7snFjNqMEYqvu0Y0v5eof4r8f5uqhRANCAARugtopnoOT6+0J3+9Xjhoi3o111bApM7++JqgoMR5ASoyTfUeyKMdy1X701JDsDYL/t1a7FM1VgKxZMK5IIoyX';
const key =
  '-----BEGIN PUBLIC KEY-----MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEboLaKZ6Dk+vtCd/vV44aIt6NddWwKTO/viaoKDEeQEqMk31HsijHctV+9NSQ7A2C/7dWuxTNVYCsWTCuSCKMlw==-----END PUBLIC KEY-----';
const other =
  '-----BEGIN PUBLIC KEY-----MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4o3qlM/4wVL2V7DC8gSQzglNzucOfkdiPuFsnb87vpR8l7m7sK3VMQGvEX8Y5moGWfloVzmo2235TbqW0uxB7Q==-----END PUBLIC KEY-----';

const keyId = '9936261a-7d7b-4621-a0f1-96ccb428af49';

const serving = (pem: string) => async (address: string) =>
  address.endsWith(`/${keyId}`)
    ? new Response(JSON.stringify({ key: pem, algorithm: 'ECDSA', digest: 'SHA1' }))
    : new Response(null, { status: 404 });

/** The SDK only verifies, with a key that it fetches: its client is given this one. */
export const ebay: Oracle = {
  name: 'ebay',
  provider: 'ebay',
  sdk: 'event-notification-nodejs-sdk',
  needs: 'event-notification-nodejs-sdk',
  options: { token: 'conformance', fetch: serving(key) },
  stranger: { token: 'conformance', fetch: serving(other) },
  privateKey,
  verify: (delivery) =>
    verdict(async () => {
      const client = await sdk('event-notification-nodejs-sdk/lib/client.js');
      const validator = await sdk('event-notification-nodejs-sdk/lib/validator.js');
      (client.default ?? client).getPublicKey = async (id: string) => (id === keyId ? { key } : {});
      const { validateSignature } = validator.default ?? validator;
      return validateSignature(JSON.parse(text(delivery)), header(delivery, 'x-ebay-signature'), {});
    }),
  weaknesses: ['hashes a re-serialised body', 'refuses a body that is not JSON', 'refuses an empty body'],
};
