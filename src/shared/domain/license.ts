import { z } from 'zod'
import type { SystemStatus } from './system-status'

/** What of GET /admin/status stands beside a license. */
export type LicenseUse = Pick<
  SystemStatus,
  | 'version'
  | 'license_type'
  | 'maintenance_expires_at'
  | 'licensed_users'
  | 'current_users'
  | 'max_concurrent_calls'
  | 'current_calls'
>

/** GET /license as it crosses: of the key only its end, whatever the PBX answers. */
export interface LicenseView {
  readonly keyEnd: string
  readonly product: string
  readonly apiVersion: string
  readonly company: string
  readonly contact: string
  readonly maxCalls?: number
  /** Absent where it could not be read. */
  readonly use?: LicenseUse
  readonly readAt: string
}

/** An activation that was sent. `answered` is false where the answer was lost: the key may be in force all the same. */
export interface Activation {
  readonly keyEnd: string
  readonly answered: boolean
  /** How long the PBX takes, in seconds; to be waited for before it is read again. */
  readonly waitSeconds: number
}

export const licenseKeySchema = z
  .string()
  .trim()
  .min(1, 'Enter the license key')
  .max(500)
  .regex(/^\S+$/, 'A license key contains no spaces')

/** At most the last four characters of the last part; nothing of a text too short to be a key. */
export function keyEnd(key: string | null | undefined): string {
  const end = (key ?? '').split('-').at(-1) ?? ''
  return (key ?? '').length < 8 ? '' : end.slice(-4)
}
