import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** RFC 8032 section 7.1, test 3. */
const STRANGER = Buffer.from('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'hex');

const spkiOf = (text: string): KeyObject =>
  text.startsWith('-----')
    ? createPublicKey(text)
    : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });

function pairLike({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): KeyObject {
  if (type === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  if (type === 'ec')
    return generateKeyPairSync('ec', { namedCurve: details?.namedCurve as string }).publicKey;
  return generateKeyPairSync('ed25519').publicKey;
}

const made = new Map<string, KeyObject>();

/** Made once for each kind: RSA keys take their time. */
function strangerLike(key: KeyObject): KeyObject {
  const kind = `${key.asymmetricKeyType} ${key.asymmetricKeyDetails?.namedCurve}`;
  const stranger = made.get(kind) ?? pairLike(key);
  made.set(kind, stranger);
  return stranger;
}

/** A public key of the same kind, written in the same way, that signed nothing here. */
export function otherPublicKey(publicKey: string): string {
  if (/^[0-9a-f]{64}$/i.test(publicKey)) return STRANGER.toString('hex');
  if (publicKey.startsWith('whpk_')) return `whpk_${STRANGER.toString('base64')}`;
  if (/^[A-Za-z0-9+/]{43}=$/.test(publicKey)) return STRANGER.toString('base64');
  const stranger = strangerLike(spkiOf(publicKey));
  return publicKey.startsWith('-----')
    ? (stranger.export({ type: 'spki', format: 'pem' }) as string)
    : stranger.export({ type: 'spki', format: 'der' }).toString('base64');
}
