import type { Oracle } from './oracle.ts';
import { sdk } from './sdk.ts';
import { header, verdict } from './wire.ts';

/** A throw-away key pair: its private half as PKCS #8, its public half as SendGrid shows one. */
const privateKey =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgKL5LUKfab+iSmbAD9U88Cr/KP3g7Fu+PqWoy1EmfyO2hRANCAAR41wamh/3J2s9gdzWSt5tP75kglVbKCe2G+zTlDKj9dUkV/x69Nq011uaNIWsanDp9A+/nerLV+pwJAtR4T3Ga';
const publicKey =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEeNcGpof9ydrPYHc1krebT++ZIJVWygnthvs05Qyo/XVJFf8evTatNdbmjSFrGpw6fQPv53qy1fqcCQLUeE9xmg==';
const stranger =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEBOevZSUMO1DB9F4ifSZIY8zyW2wPRfYYwiCqXcfFCc1Hk9Gms3F1LfsnyLJWH5IWDQRfON4KcdceIdg+SDkzQ==';

/** The SDK only verifies. */
export const sendgrid: Oracle = {
  name: 'sendgrid',
  provider: 'sendgrid',
  sdk: '@sendgrid/eventwebhook',
  needs: '@sendgrid/eventwebhook',
  options: { publicKey },
  stranger: { publicKey: stranger },
  privateKey,
  verify: (delivery) =>
    verdict(async () => {
      const { EventWebhook } = await sdk('@sendgrid/eventwebhook');
      const webhook = new EventWebhook();
      return webhook.verifySignature(
        webhook.convertPublicKeyToECDSA(publicKey),
        Buffer.from(delivery.body),
        header(delivery, 'x-twilio-email-event-webhook-signature'),
        header(delivery, 'x-twilio-email-event-webhook-timestamp'),
      );
    }),
  weaknesses: ['never checks the timestamp', 'hashes the body as text'],
};
