import type { FieldSpec } from '../field'

const group = 'Recording and retention'
const off = { kind: 'switch', group, default: false, detailOnly: true } as const
const days = { kind: 'number', unit: 'days', min: 1, group, detailOnly: true } as const

/** What is recorded, and how long it is kept. */
export const recordingFields = [
  {
    ...off,
    key: 'enable_audio_recording',
    label: 'Extension audio recording',
    help: 'Admin guide: records all calls of all extensions. API reference: only allows recording.',
  },
  {
    ...off,
    key: 'enable_video_recording',
    label: 'Extension video recording',
    help: 'Admin guide: records all video calls of all extensions. API reference: only allows recording.',
  },
  {
    ...off,
    key: 'enable_dual_track_recording',
    label: 'Dual-track recording',
    help: 'Records each side of a call on a separate track.',
  },
  {
    ...days,
    key: 'recording_retention',
    label: 'Recording retention',
    help: 'If you shorten it, older recordings are deleted.',
    default: 180,
  },
  { ...days, key: 'call_report_retention', label: 'Call report retention', default: 30 },
  { ...days, key: 'log_retention', label: 'Audit and event log retention', default: 180 },
  { ...days, key: 'temp_file_retention', label: 'Temporary file retention', default: 30 },
] as const satisfies readonly FieldSpec[]
