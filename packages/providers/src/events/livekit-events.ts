/** Documented names: https://docs.livekit.io/home/server/webhooks/. */
export interface LivekitEvents {
  room_started: unknown;
  room_finished: unknown;
  participant_joined: unknown;
  participant_left: unknown;
  participant_connection_aborted: unknown;
  track_published: unknown;
  track_unpublished: unknown;
  egress_started: unknown;
  egress_updated: unknown;
  egress_ended: unknown;
  ingress_started: unknown;
  ingress_ended: unknown;
}
