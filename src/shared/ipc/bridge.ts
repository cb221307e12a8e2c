import type { CertificateCandidate } from '../domain/certificate'
import type { BrandImage } from '../domain/brand'
import type { OpenedExport } from '../domain/export'
import type { ImportFile } from '../domain/import'
import type { ServerId } from '../domain/server'
import type { ListId } from '../resources/ids'
import type { Args, Channel, Value } from './contract'
import type { EventContract, EventName } from './events'
import type { Result } from './result'

/** Where an import goes. */
export interface ImportInto {
  readonly serverId: ServerId
  readonly resource: ListId
  readonly readingId: string
}

/** What preload puts on the window as `fleet`: one function per channel, one subscription per event, and files dropped on the page. */
export interface FleetBridge {
  /** The system's locale, as main has it. */
  readonly locale: string
  readonly call: { readonly [C in Channel]: (args: Args<C>) => Promise<Result<Value<C>>> }
  readonly on: { readonly [E in EventName]: (listener: (payload: EventContract[E]) => void) => () => void }
  /** Opens a file that was dropped on the window; preload finds its path, the page never sees it. */
  readonly openDropped: (file: File, readingId: string) => Promise<Result<OpenedExport>>
  /** Reads certificates and keys that were dropped, for an upload to this server; `id` names the candidate that they add to. */
  readonly readPem: (
    serverId: string,
    id: string | undefined,
    files: readonly File[],
  ) => Promise<Result<CertificateCandidate>>
  /** Reads a dropped CSV file for an import, in the same way. */
  readonly importDropped: (file: File, into: ImportInto) => Promise<Result<ImportFile>>
  /** The same for a picture of the brand. */
  readonly dropImage: (file: File) => Promise<Result<BrandImage>>
}
