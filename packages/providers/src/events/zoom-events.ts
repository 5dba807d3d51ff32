// Names: the event classes of npm @zoom/rivet@0.4.0. Read 2026-11-22.

/** Every event. Those of products that are not in that package come under `'*'`. */
export type ZoomEventType =
  | `account.${'created' | 'disassociated' | 'lock_settings_updated'}`
  | `account.${'settings_updated' | 'updated' | 'vanity_url_approved'}`
  | 'account.vanity_url_rejected'
  | 'app.authorization_request_created'
  | 'app_deauthorized'
  | 'bot_installed'
  | 'bot_notification'
  | 'interactive_message_actions'
  | 'interactive_message_editable'
  | 'interactive_message_fields_editable'
  | 'interactive_message_select'
  | `chat_channel.${'created' | 'deleted' | 'member_invited'}`
  | `chat_channel.${'member_joined' | 'member_left' | 'member_removed'}`
  | 'chat_channel.updated'
  | `chat_message.${'deleted' | 'replied' | 'sent'}`
  | 'chat_message.updated'
  | `group.${'admin_added' | 'admin_deleted' | 'created'}`
  | `group.${'deleted' | 'lock_settings_updated' | 'member_added'}`
  | `group.${'member_deleted' | 'settings_updated' | 'updated'}`
  | `information_barriers.${'policy_created' | 'policy_deleted' | 'policy_updated'}`
  | `meeting.${'alert' | 'breakout_room_sharing_ended' | 'breakout_room_sharing_started'}`
  | `meeting.${'chat_message_file_downloaded' | 'chat_message_file_sent' | 'chat_message_sent'}`
  | `meeting.${'converted_to_webinar' | 'created' | 'deleted'}`
  | `meeting.${'device_tested' | 'ended' | 'invitation_accepted'}`
  | `meeting.${'invitation_dispatched' | 'invitation_rejected' | 'invitation_timeout'}`
  | `meeting.${'live_streaming_started' | 'live_streaming_stopped' | 'participant_admitted'}`
  | `meeting.${'participant_bind' | 'participant_feedback' | 'participant_jbh_joined'}`
  | `meeting.${'participant_jbh_waiting' | 'participant_jbh_waiting_left' | 'participant_joined'}`
  | `meeting.${'participant_joined_breakout_room' | 'participant_joined_waiting_room' | 'participant_left'}`
  | `meeting.${'participant_left_breakout_room' | 'participant_left_waiting_room' | 'participant_phone_callout_accepted'}`
  | `meeting.${'participant_phone_callout_missed' | 'participant_phone_callout_rejected' | 'participant_phone_callout_ringing'}`
  | `meeting.${'participant_put_in_waiting_room' | 'participant_role_changed' | 'participant_room_system_callout_accepted'}`
  | `meeting.${'participant_room_system_callout_failed' | 'participant_room_system_callout_missed' | 'participant_room_system_callout_rejected'}`
  | `meeting.${'participant_room_system_callout_ringing' | 'permanently_deleted' | 'recovered'}`
  | `meeting.${'registration_approved' | 'registration_cancelled' | 'registration_created'}`
  | `meeting.${'registration_denied' | 'risk_alert' | 'sharing_ended'}`
  | `meeting.${'sharing_started' | 'started' | 'summary_completed'}`
  | `meeting.${'summary_deleted' | 'summary_recovered' | 'summary_shared'}`
  | `meeting.${'summary_trashed' | 'summary_updated' | 'updated'}`
  | `phone.${'account_settings_updated' | 'ai_call_summary_changed' | 'blind_transfer_initiated'}`
  | `phone.${'call_history_deleted' | 'call_log_deleted' | 'call_log_permanently_deleted'}`
  | `phone.${'callee_answered' | 'callee_call_history_completed' | 'callee_call_log_completed'}`
  | `phone.${'callee_ended' | 'callee_hold' | 'callee_meeting_inviting'}`
  | `phone.${'callee_missed' | 'callee_mute' | 'callee_parked'}`
  | `phone.${'callee_rejected' | 'callee_ringing' | 'callee_unhold'}`
  | `phone.${'callee_unmute' | 'caller_call_history_completed' | 'caller_call_log_completed'}`
  | `phone.${'caller_connected' | 'caller_ended' | 'caller_hold'}`
  | `phone.${'caller_meeting_inviting' | 'caller_mute' | 'caller_ringing'}`
  | `phone.${'caller_unhold' | 'caller_unmute' | 'conference_started'}`
  | `phone.${'device_registration' | 'emergency_alert' | 'generic_device_provision'}`
  | `phone.${'group_settings_updated' | 'peering_number_cnam_updated' | 'peering_number_emergency_address_updated'}`
  | `phone.${'recording_completed' | 'recording_completed_for_access_member' | 'recording_deleted'}`
  | `phone.${'recording_failed' | 'recording_paused' | 'recording_permanently_deleted'}`
  | `phone.${'recording_resumed' | 'recording_started' | 'recording_stopped'}`
  | `phone.${'recording_transcript_completed' | 'sms_campaign_number_opt_in' | 'sms_campaign_number_opt_out'}`
  | `phone.${'sms_etiquette_block' | 'sms_etiquette_warn' | 'sms_received'}`
  | `phone.${'sms_sent' | 'sms_sent_failed' | 'transfer_call_to_voicemail_initiated'}`
  | `phone.${'voicemail_deleted' | 'voicemail_permanently_deleted' | 'voicemail_received'}`
  | `phone.${'voicemail_received_for_access_member' | 'voicemail_transcript_completed'}`
  | `recording.${'archive_files_completed' | 'batch_deleted' | 'batch_recovered'}`
  | `recording.${'batch_trashed' | 'cloud_storage_usage_updated' | 'completed'}`
  | `recording.${'deleted' | 'paused' | 'recovered'}`
  | `recording.${'registration_approved' | 'registration_created' | 'registration_denied'}`
  | `recording.${'renamed' | 'resumed' | 'started'}`
  | `recording.${'stopped' | 'transcript_completed' | 'trashed'}`
  | `session.${'alert' | 'ended' | 'live_streaming_started'}`
  | `session.${'live_streaming_stopped' | 'recording_completed' | 'recording_deleted'}`
  | `session.${'recording_paused' | 'recording_recovered' | 'recording_resumed'}`
  | `session.${'recording_started' | 'recording_stopped' | 'recording_summary_completed'}`
  | `session.${'recording_transcript_completed' | 'recording_transcript_failed' | 'recording_trashed'}`
  | `session.${'sharing_ended' | 'sharing_started' | 'started'}`
  | `session.${'stream_ingestion_connected' | 'stream_ingestion_disconnected' | 'stream_ingestion_started'}`
  | `session.${'stream_ingestion_stopped' | 'stream_ingestion_unbind' | 'user_joined'}`
  | `session.${'user_left' | 'user_phone_callout_accepted' | 'user_phone_callout_canceled'}`
  | `session.${'user_phone_callout_missed' | 'user_phone_callout_rejected' | 'user_phone_callout_ringing'}`
  | `session.${'user_room_system_callout_accepted' | 'user_room_system_callout_failed' | 'user_room_system_callout_missed'}`
  | `session.${'user_room_system_callout_rejected' | 'user_room_system_callout_ringing'}`
  | `team_chat.${'bookmark_added' | 'bookmark_removed' | 'channel_app_added'}`
  | `team_chat.${'channel_app_removed' | 'channel_archived' | 'channel_invitation_accepted'}`
  | `team_chat.${'channel_invitation_approval_requested' | 'channel_invitation_approved' | 'channel_invitation_created'}`
  | `team_chat.${'channel_invitation_declined' | 'channel_invitation_rejected' | 'channel_invitation_removed'}`
  | `team_chat.${'channel_join_approval_requested' | 'channel_join_approved' | 'channel_join_declined'}`
  | `team_chat.${'channel_join_requested' | 'channel_message_deleted' | 'channel_message_posted'}`
  | `team_chat.${'channel_message_updated' | 'channel_pin_added' | 'channel_pin_removed'}`
  | `team_chat.${'channel_reaction_added' | 'channel_reaction_removed' | 'channel_unarchived'}`
  | `team_chat.${'dm_message_deleted' | 'dm_message_posted' | 'dm_message_updated'}`
  | `team_chat.${'dm_reaction_added' | 'dm_reaction_removed' | 'emoji_added'}`
  | `team_chat.${'emoji_removed' | 'file_changed' | 'file_deleted'}`
  | `team_chat.${'file_downloaded' | 'file_shared' | 'file_unshared'}`
  | `team_chat.${'file_uploaded' | 'link_shared' | 'shared_spaces_edited'}`
  | `team_chat.${'shared_spaces_member_invited' | 'shared_spaces_member_left' | 'shared_spaces_member_removed'}`
  | `team_chat.${'starred' | 'unstarred'}`
  | `user.${'activated' | 'created' | 'deactivated'}`
  | `user.${'deleted' | 'disassociated' | 'invitation_accepted'}`
  | `user.${'personal_notes_updated' | 'presence_status_updated' | 'settings_updated'}`
  | `user.${'signed_in' | 'signed_out' | 'tsp_created'}`
  | `user.${'tsp_deleted' | 'tsp_updated' | 'updated'}`
  | `webinar.${'alert' | 'chat_message_file_downloaded' | 'chat_message_file_sent'}`
  | `webinar.${'chat_message_sent' | 'converted_to_meeting' | 'created'}`
  | `webinar.${'deleted' | 'ended' | 'participant_bind'}`
  | `webinar.${'participant_feedback' | 'participant_joined' | 'participant_left'}`
  | `webinar.${'participant_role_changed' | 'permanently_deleted' | 'recovered'}`
  | `webinar.${'registration_approved' | 'registration_cancelled' | 'registration_created'}`
  | `webinar.${'registration_denied' | 'sharing_ended' | 'sharing_started'}`
  | `webinar.${'started' | 'updated'}`;

/** What a body holds. */
export interface ZoomPayload<Type extends string = string> {
  event: Type;
  /** Unix ms. */
  event_ts?: number;
  payload: Record<string, unknown>;
}

/** Zoom's webhooks. */
export type ZoomEvents = { [Type in ZoomEventType]: ZoomPayload<Type> };
