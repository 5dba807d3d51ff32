// Names: the webhook events of npm @mux/mux-node@15.3.0. Read 2026-11-22.

/** Every event type. */
export type MuxEventType =
  | `robots.directive_run.${'completed' | 'created' | 'errored' | 'partial'}`
  | `robots.job.ask_questions.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.edit_captions.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.find_best_thumbnails.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.find_key_moments.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.find_scenes.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.generate_chapters.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.generate_engagement_insights.${'cancelled' | 'completed' | 'errored' | 'pending'}`
  | 'robots.job.generate_engagement_insights.processing'
  | `robots.job.generate_premium_captions.${'cancelled' | 'completed' | 'errored' | 'pending'}`
  | 'robots.job.generate_premium_captions.processing'
  | `robots.job.moderate.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.summarize.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.translate_audio.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `robots.job.translate_captions.${'cancelled' | 'completed' | 'errored' | 'pending' | 'processing'}`
  | `video.asset.${'created' | 'deleted' | 'errored' | 'live_stream_completed'}`
  | `video.asset.${'non_standard_input_detected' | 'ready' | 'updated' | 'warning'}`
  | `video.asset.master.${'deleted' | 'errored' | 'preparing' | 'ready'}`
  | `video.asset.shots.${'created' | 'deleted' | 'errored' | 'ready' | 'skipped'}`
  | `video.asset.static_rendition.${'created' | 'deleted' | 'errored' | 'ready' | 'skipped'}`
  | `video.asset.static_renditions.${'deleted' | 'errored' | 'preparing' | 'ready'}`
  | `video.asset.track.${'created' | 'deleted' | 'errored' | 'ready'}`
  | 'video.delivery.high_traffic'
  | `video.live_stream.${'active' | 'connected' | 'created' | 'deleted' | 'disabled' | 'disconnected'}`
  | `video.live_stream.${'enabled' | 'idle' | 'recording' | 'updated' | 'warning'}`
  | `video.live_stream.simulcast_target.${'broadcasting' | 'created' | 'deleted' | 'errored' | 'idle'}`
  | `video.live_stream.simulcast_target.${'starting' | 'updated'}`
  | `video.upload.${'asset_created' | 'cancelled' | 'created' | 'errored'}`;

/** An event, and what it is about. */
export interface MuxPayload<Type extends MuxEventType = MuxEventType> {
  id: string;
  type: Type;
  created_at: string;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Mux's webhooks. */
export type MuxEvents = { [Type in MuxEventType]: MuxPayload<Type> };
