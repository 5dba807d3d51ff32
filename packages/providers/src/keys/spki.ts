const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]*)-----END PUBLIC KEY-----/;

export const base64Bytes = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replace(/\s/g, '')), (character) => character.charCodeAt(0));

/** A SubjectPublicKeyInfo as vendors serve it: PEM, on several lines or on one, or the base64 inside of it. */
export const spkiOf = (text: string): Uint8Array => base64Bytes(PEM.exec(text)?.[1] ?? text);
