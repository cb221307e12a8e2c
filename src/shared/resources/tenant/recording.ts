import type { FieldSpec } from '../field'

const group = 'Recording and retention'
const off = { kind: 'switch', group, default: false, detailOnly: true } as const
const days = { kind: 'number', unit: 'days', min: 1, group, detailOnly: true } as const

/** What is recorded, and how long it is kept. */
export const recordingFields = [
  {
    ...off,
    key: 'enable_audio_recording',
    label: 'Audio recording',
    help: 'Whether calls of extensions may be recorded.',
  },
  { ...off, key: 'enable_video_recording', label: 'Video recording' },
  {
    ...off,
    key: 'enable_dual_track_recording',
    label: 'Dual-track recording',
    help: 'Each side of a call gets a track of its own.',
  },
  {
    ...days,
    key: 'recording_retention',
    label: 'Recordings are kept for',
    help: 'Shorter than before: older recordings are deleted.',
    default: 180,
  },
  { ...days, key: 'call_report_retention', label: 'Call reports are kept for', default: 30 },
  { ...days, key: 'log_retention', label: 'Audit and event logs are kept for', default: 180 },
  { ...days, key: 'temp_file_retention', label: 'Temporary files are kept for', default: 30 },
] as const satisfies readonly FieldSpec[]
