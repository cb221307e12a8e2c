import type { CertificateCandidate } from '../domain/certificate'
import type { BrandImage } from '../domain/brand'
import type { OpenedExport } from '../domain/export'
import type { ImportFile, ImportOf } from '../domain/import'
import type { ServerId } from '../domain/server'
import type { Args, Channel, Value } from './contract'
import type { EventContract, EventName } from './events'
import type { Result } from './result'

/** Target of an import; without a server, several, or the workspace. */
export interface ImportInto {
  readonly serverId?: ServerId | undefined
  readonly resource: ImportOf
  readonly readingId: string
}

/** The API that preload exposes as `fleet`: one function per channel, one subscription per event, and dropped files. */
export interface FleetBridge {
  /** The system's locale from main. */
  readonly locale: string
  readonly call: { readonly [C in Channel]: (args: Args<C>) => Promise<Result<Value<C>>> }
  readonly on: { readonly [E in EventName]: (listener: (payload: EventContract[E]) => void) => () => void }
  /** Opens a dropped file; preload resolves its path, which the page never gets. */
  readonly openDropped: (file: File, readingId: string) => Promise<Result<OpenedExport>>
  /**
   * Reads dropped certificates and keys for an upload to this server, or to several if undefined; `id` names the
   * candidate to add them to.
   */
  readonly readPem: (
    serverId: string | undefined,
    id: string | undefined,
    files: readonly File[],
  ) => Promise<Result<CertificateCandidate>>
  /** Reads a dropped CSV file for an import. */
  readonly importDropped: (file: File, into: ImportInto) => Promise<Result<ImportFile>>
  /** Reads a dropped image for the brand. */
  readonly dropImage: (file: File) => Promise<Result<BrandImage>>
}
