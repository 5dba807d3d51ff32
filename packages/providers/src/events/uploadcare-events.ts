// Names: https://uploadcare.com/docs/webhooks/. Read 2026-11-22.

/** Every type of event, with a payload that is not described here. */
export interface UploadcareEvents {
  'file.uploaded': unknown;
  'file.infected': unknown;
  'file.stored': unknown;
  'file.deleted': unknown;
  'file.info_updated': unknown;
}
