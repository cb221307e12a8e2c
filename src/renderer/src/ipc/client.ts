import type { CertificateCandidate } from '@shared/domain/certificate'
import type { BrandImage } from '@shared/domain/brand'
import type { OpenedExport } from '@shared/domain/export'
import type { ImportFile } from '@shared/domain/import'
import type { FleetBridge, ImportInto } from '@shared/ipc/bridge'
import type { Args, Channel, Value } from '@shared/ipc/contract'
import type { EventContract, EventName } from '@shared/ipc/events'
import type { Result } from '@shared/ipc/result'

declare global {
  interface Window {
    readonly fleet: FleetBridge
  }
}

/** Arguments are plain data by contract, but may be Vue proxies, which cannot be cloned. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Calls main. Never rejects: a failure is a `Result` with an error that may be shown. */
export async function invoke<C extends Channel>(channel: C, args: Args<C>): Promise<Result<Value<C>>> {
  const call: (args: Args<C>) => Promise<Result<Value<C>>> = window.fleet.call[channel]
  try {
    return await call(plain(args))
  } catch {
    return { ok: false, error: { code: 'internal', message: 'The app did not respond', hint: 'Restart the app' } }
  }
}

/** Listens to an event of main; returns the function that stops listening. */
export const on = <E extends EventName>(event: E, listener: (payload: EventContract[E]) => void): (() => void) =>
  window.fleet.on[event](listener)

export const openDropped = (file: File, readingId: string): Promise<Result<OpenedExport>> =>
  window.fleet.openDropped(file, readingId)

export const readPem = (
  serverId: string | undefined,
  id: string | undefined,
  files: readonly File[],
): Promise<Result<CertificateCandidate>> => window.fleet.readPem(serverId, id, files)

export const importDropped = (file: File, into: ImportInto): Promise<Result<ImportFile>> =>
  window.fleet.importDropped(file, into)

export const dropImage = (file: File): Promise<Result<BrandImage>> => window.fleet.dropImage(file)
