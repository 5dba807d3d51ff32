/** What a sender hears, as a visitor writes it down. */
export const RECEIVED = '200 {"received":true}';
export const DUPLICATE = '200 duplicate {"received":true}';
export const REFUSED = '401 {"error":"signature_invalid"}';
export const TOO_LARGE = '413 {"error":"body_too_large"}';
export const LATER = '503 {"error":"retry_later"}';
