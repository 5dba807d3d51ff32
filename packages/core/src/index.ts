export type { BodyDecoder } from './body.ts';
export type { Chunk, Encoding } from './bytes.ts';
export type { RunContext } from './claim.ts';
export type { Hash } from './crypto/crypto.ts';
export { defineProvider } from './define-provider.ts';
export {
  type ConfigurationCode,
  isWebhookError,
  misconfigured,
  PermanentError,
  WebhookError,
  type WebhookErrorCode,
} from './errors.ts';
export type { EventOf, Schemas, WebhookEvent } from './event.ts';
export { createGate, type Gate, type GateEntry, type GateOptions, type GateOutcome } from './gate.ts';
export type { Handler, HandlerContext, Handlers, Platform } from './handlers.ts';
export {
  challengeText,
  type Handshake,
  type HandshakeInput,
  payloadHandshake,
  type QueryEcho,
  queryEcho,
} from './handshake.ts';
export type { Hooks } from './hooks.ts';
export {
  emptyResponse,
  jsonResponse,
  queryOf,
  textResponse,
  toFetchResponse,
  type WebhookRequest,
  type WebhookResponse,
} from './http.ts';
export { inflate } from './inflate.ts';
export type { Logger } from './logger.ts';
export { type MemoryStoreOptions, memoryStore } from './memory-store.ts';
export { assertMount } from './mount.ts';
export type { Outcome, OutcomeKind } from './outcome.ts';
export { type FormPayload, form, formFields, json, jsonOrForm, type PayloadFormat, xml } from './payload.ts';
export type {
  Acknowledgement,
  EventMap,
  EventsOf,
  Keys,
  OpenEvents,
  Provider,
  ProviderFactory,
  ProviderRecord,
  PublicUrl,
} from './provider.ts';
export { createReceiver, type Opened, type Receiver } from './receiver.ts';
export type { ReceiverOptions, Refined } from './receiver-options.ts';
export { type Reply, reply } from './reply.ts';
export type {
  Credential,
  Credentials,
  SigningRules,
  TimestampRule,
  TimestampUnit,
  Tolerance,
} from './rules.ts';
export type { Envelope, Part, Scheme, SchemeKey, SignatureGrammar } from './scheme.ts';
export { basic } from './schemes/basic.ts';
export { type Ed25519Options, ed25519 } from './schemes/ed25519.ts';
export { type HmacOptions, hmac } from './schemes/hmac.ts';
export { type TokenOptions, token } from './schemes/token.ts';
export type {
  NamedSecret,
  Secret,
  SecretFormat,
  SecretInput,
  SecretRequest,
  SecretResolver,
  SecretValue,
} from './secret.ts';
export type { Found, HeaderName, Source, SourceInput, SourceReader } from './source.ts';
export type { StandardSchemaV1 } from './standard-schema.ts';
export type {
  ClaimRequest,
  ClaimResult,
  Completion,
  DedupStore,
  DeliveryVerdict,
  Extension,
  Release,
  StoreCapabilities,
  StoredResponse,
  StoreOperation,
} from './store.ts';
export { signedContent } from './verify.ts';
