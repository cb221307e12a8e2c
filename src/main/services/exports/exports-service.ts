import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportManifest, ExportRequest, ExportResource } from '@shared/domain/export'
import type { JobId } from '@shared/domain/job'
import type { ServerRecord } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { PbxReader } from '../../portsip/pbx-client'
import { openAtomic } from '../../storage/write-atomic'
import type { JobHandle, Jobs } from '../jobs'
import type { RecordHooks } from '../records/hooks'
import type { Files } from './files-host'
import type { Library } from './library'
import { freeName, safeName } from './safe-name'
import { HashingSink } from './sink'
import { sourceOf } from './sources'
import { writeExport } from './write-export'
import type { Servers } from '../../servers/servers'

const extensions = { csv: '.csv', xlsx: '.xlsx', jsonl: '.jsonl', native: '.csv' } as const

export interface ExportsDeps {
  readonly servers: Pick<Servers, 'reader' | 'record' | 'state'>
  readonly jobs: Pick<Jobs, 'start'>
  readonly library: Library
  readonly files: Files
  /** Finds the rows of a resource that a query means, see `RecordHooks`. */
  readonly find?: ((resource: ExportResource) => RecordHooks['find']) | undefined
  /** Called after a new entry was added to the library. */
  readonly changed: () => void
  readonly now?: () => Date
}

/** `Contoso HQ ip-rules 2026-11-24 0305.csv`, in UTC so that names sort by time anywhere. */
const nameFor = (server: string, { resource, format }: ExportRequest, at: Date): string => {
  const time = at.toISOString().slice(0, 16).replace('T', ' ').replace(':', '')
  return safeName(`${server} ${resource} ${time}${extensions[format]}`)
}

/** Writes exports into the library: whole under their final name, or not at all. */
export class ExportsService {
  /** Names given out but not yet on the disk: two exports of one minute must not meet. */
  private readonly reserved = new Set<string>()

  constructor(private readonly deps: ExportsDeps) {}

  /** Begins an export as a job. Throws `signed-out`, `not-found`, `rejected` before it begins. */
  start(request: ExportRequest): JobId {
    if (request.format === 'native' && request.scope.kind !== 'all') {
      throw new FleetError({
        code: 'rejected',
        message: 'The PBX export file always contains all rules',
        hint: 'Select all rules or another format.',
      })
    }
    if (request.format === 'native' && request.resource !== 'ip-rules')
      throw new FleetError({ code: 'rejected', message: 'The PBX creates export files for IP rules only' })
    const client = this.deps.servers.reader(request.serverId)
    const record = this.deps.servers.record(request.serverId)
    return this.deps.jobs.start({
      kind: 'export',
      title: `Export of ${record.name}`,
      serverId: record.id,
      run: (job) => this.run(request, record, client, job),
    })
  }

  private async run(request: ExportRequest, record: ServerRecord, client: PbxReader, job: JobHandle): Promise<void> {
    const { library, files, changed } = this.deps
    const folder = await library.prepare()
    const at = this.deps.now?.() ?? new Date()
    const file = freeName(
      nameFor(record.name, request, at),
      (name) => this.reserved.has(name) || existsSync(join(folder, name)),
    )
    this.reserved.add(file)
    const path = join(folder, file)
    try {
      const source = sourceOf(
        request.resource,
        this.deps.servers.state(record.id).version,
        this.deps.find?.(request.resource),
      )
      const { columns } = source
      const target = await openAtomic(path)
      const sink = new HashingSink(target.handle, path)
      try {
        const written = await writeExport({ client, ...request, source, sink, job, files })
        const sha256 = await sink.end()
        job.signal.throwIfAborted()
        await target.commit()
        const manifest = this.manifest(request, record, at, { file, columns, sha256, bytes: sink.bytes, ...written })
        await library.keep(manifest).catch(async (error: unknown) => {
          await rm(path, { force: true })
          throw error
        })
        job.result(manifest.id, manifest.incomplete)
      } catch (error) {
        await target.discard()
        // If the drive was disconnected meanwhile, that is the reason to show.
        await library.prepare()
        throw error
      }
      changed()
    } finally {
      this.reserved.delete(file)
    }
  }

  private manifest(
    { resource, format, scope, serverId }: ExportRequest,
    record: ServerRecord,
    at: Date,
    written: Pick<ExportManifest, 'file' | 'columns' | 'sha256' | 'bytes' | 'rows' | 'incomplete' | 'originalName'>,
  ): ExportManifest {
    const { username = record.username, role = '', version = '', address } = this.deps.servers.state(serverId)
    const server = {
      id: record.id,
      name: record.name,
      address: address === 'second' ? record.secondAddress : record.address,
    }
    const whole = {
      version: 1,
      id: randomUUID(),
      resource,
      format,
      server,
      user: username,
      role,
      pbxVersion: version,
    } as const
    return { ...whole, exportedAt: at.toISOString(), scope, ...written }
  }
}
