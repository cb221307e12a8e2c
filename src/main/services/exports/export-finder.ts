import { stat } from 'node:fs/promises'
import type { ExportEntry } from '@shared/domain/export'
import type { ExportHit, FoundExports, MatchTier } from '@shared/fleet/search'
import { exportedOf } from '@shared/resources/exported'
import { compareValues } from '@shared/rows/order'
import { BestFound } from '../search/best-found'
import { matcherOf, searchedOf, timeTexts, type Searched } from '../search/matcher'
import type { Library } from './library'

interface SearchedExport {
  readonly hit: Omit<ExportHit, 'tier'>
  readonly searched: Searched
}

interface Candidate extends SearchedExport {
  readonly tier: MatchTier
}

const compareHits = (a: Candidate, b: Candidate): number =>
  a.tier - b.tier ||
  compareValues(b.hit.exportedAt, a.hit.exportedAt) ||
  compareValues(a.hit.file, b.hit.file) ||
  compareValues(a.hit.id, b.hit.id)

/** A manifest may have 100,000 IDs, so it is not kept. */
function searchedExport({ id, file, manifest, modifiedAt, integrity }: ExportEntry): SearchedExport {
  const exportedAt = manifest?.exportedAt ?? modifiedAt
  const hit = { id, file, server: manifest?.server.name ?? '', exportedAt, integrity }
  const times = timeTexts(exportedAt)
  if (manifest === undefined) return { hit, searched: searchedOf([file], times) }
  const { resource, format, server, user, originalName, incomplete } = manifest
  const own = [file, file.replace(/\.[^.]*$/, ''), originalName, id]
  const others = [server.name, server.address, exportedOf(resource).label, format, user, ...times]
  const known = { resource, format, ...(incomplete && { incomplete }) }
  return { hit: { ...hit, ...known }, searched: searchedOf(own, others) }
}

/** Searches the exports of the library by name, server, list and time. The folder is read again only if it changed. */
export class ExportFinder {
  private known: { readonly stamp: string; readonly exports: Promise<readonly SearchedExport[]> } | undefined

  constructor(private readonly library: Pick<Library, 'folder' | 'list'>) {}

  /** An export was added, verified or deleted, or the folder is another one. */
  changed(): void {
    this.known = undefined
  }

  /** Errors: FleetError `disk`. */
  async find(typed: string, max: number): Promise<FoundExports> {
    const match = matcherOf(typed)
    if (match === undefined) return { hits: [], count: 0 }
    const best = new BestFound<Candidate>(max, compareHits)
    for (const each of await this.exports()) {
      const tier = match(each.searched)
      if (tier !== undefined) best.add({ ...each, tier })
    }
    return { hits: best.items.map(({ hit, tier }) => ({ ...hit, tier })), count: best.count }
  }

  private async exports(): Promise<readonly SearchedExport[]> {
    const stamp = await this.stamp()
    if (stamp !== undefined && this.known?.stamp === stamp) return this.known.exports
    const exports = this.library.list().then((entries) => entries.map(searchedExport))
    const known = { stamp: stamp ?? '', exports }
    this.known = known
    void exports.catch(() => {
      if (this.known === known) this.known = undefined
    })
    return exports
  }

  /** Changes when files are added or removed, also by others; undefined if the folder cannot be read. */
  private async stamp(): Promise<string | undefined> {
    const { folder } = this.library
    const stats = await stat(folder).catch(() => undefined)
    return stats && `${stats.mtimeMs} ${folder}`
  }
}
