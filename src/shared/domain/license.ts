import { z } from 'zod'
import type { SystemStatus } from './system-status'

/** Fields of GET /admin/status about the license. */
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

/** GET /license for the window, with only the end of the key. */
export interface LicenseView {
  readonly keyEnd: string
  readonly product: string
  readonly apiVersion: string
  readonly company: string
  readonly contact: string
  readonly maxCalls?: number
  /** Undefined if it could not be read. */
  readonly use?: LicenseUse
  readonly readAt: string
}

/** An activation that was sent. `answered` is false if there was no response; the key may be active anyway. */
export interface Activation {
  readonly keyEnd: string
  readonly answered: boolean
  /** Seconds that the PBX needs; wait this long before reading the license again. */
  readonly waitSeconds: number
}

export const licenseKeySchema = z
  .string()
  .trim()
  .min(1, 'Enter the license key')
  .max(500)
  .regex(/^\S+$/, 'A license key contains no spaces')

/** Up to four characters at the end of the last part; empty for a text too short to be a key. */
export function keyEnd(key: string | null | undefined): string {
  const end = (key ?? '').split('-').at(-1) ?? ''
  return (key ?? '').length < 8 ? '' : end.slice(-4)
}
