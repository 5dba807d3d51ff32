export type { BodyDecoder } from './body.ts';
export type { Chunk, Encoding } from './bytes.ts';
export type { Curve, Hash, SignatureAlgorithm } from './crypto/crypto.ts';
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
export { createGate, type Gate, type GateOutcome } from './gate.ts';
export type { GateOptions } from './gate-rules.ts';
export type { Enqueue, EnqueueContext, Handler, HandlerContext, Handlers, Platform } from './handlers.ts';
export { challengeText, type Handshake, type HandshakeInput, handshakeRefused } from './handshake.ts';
export { type HeaderEcho, headerEcho } from './handshakes/header-echo.ts';
export { payloadHandshake } from './handshakes/payload-handshake.ts';
export { presenceCheck } from './handshakes/presence-check.ts';
export { type QueryEcho, queryEcho } from './handshakes/query-echo.ts';
export type { Hooks } from './hooks.ts';
export {
  type ByteReader,
  type ByteSource,
  type ByteStream,
  emptyResponse,
  jsonResponse,
  queryOf,
  textResponse,
  toFetchResponse,
  type WebhookRequest,
  type WebhookResponse,
  wholeBody,
} from './http.ts';
export { inflate } from './inflate.ts';
export type { Logger } from './logger.ts';
export { type MemoryStoreOptions, memoryStore } from './memory-store.ts';
export { assertMount } from './mount.ts';
export type { Outcome, OutcomeKind } from './outcome.ts';
export {
  type FormPayload,
  form,
  formFields,
  json,
  jsonOrForm,
  multipart,
  type PayloadFormat,
  xml,
} from './payload.ts';
export type {
  Acknowledgement,
  Answers,
  EventMap,
  EventsOf,
  Keys,
  OpenEvents,
  Provider,
  ProviderFactory,
  ProviderRecord,
  PublicUrl,
  Reaction,
  Reactions,
} from './provider.ts';
export { createReceiver, type Opened, type Receiver } from './receiver.ts';
export type { ReceiverOptions, Refined } from './receiver-options.ts';
export { type Reply, reply } from './reply.ts';
export type {
  Credential,
  Credentials,
  KeyedScheme,
  SigningRules,
  TimestampRule,
  TimestampUnit,
  Tolerance,
} from './rules.ts';
export type { RunHooks, RunOutcome, Work } from './run-claim.ts';
export type { RunContext } from './run-context.ts';
export {
  type Draft,
  type Envelope,
  isCovered,
  type Part,
  type Proof,
  type Scheme,
  type SchemeKey,
  type SignatureGrammar,
  type SignaturePlace,
  type SignatureSpelling,
} from './scheme.ts';
export { basic } from './schemes/basic.ts';
export { type DigestOptions, digest } from './schemes/digest.ts';
export { type EcdsaOptions, ecdsa } from './schemes/ecdsa.ts';
export { type Ed25519Options, ed25519 } from './schemes/ed25519.ts';
export { type HmacOptions, hmac } from './schemes/hmac.ts';
export { type RsaOptions, rsa } from './schemes/rsa.ts';
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
export type {
  TakeResult,
  Taking,
  TransactionalStore,
  TransactionSession,
} from './transactional-store.ts';
export { signedContent } from './verify.ts';
