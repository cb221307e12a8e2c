import type { ExportFormat, ExportScope } from '@shared/domain/export'
import { exportIpRules } from '../../portsip/ip-filters'
import type { PbxClient } from '../../portsip/pbx-client'
import type { JobHandle } from '../jobs'
import type { Files } from './files-host'
import type { HashingSink } from './sink'
import { rowsOf } from './source-rows'
import type { ExportSource } from './sources'
import { safeCell } from './cell-safety'
import { cellsOf } from './table'
import { csvWriter } from './write/csv'
import { jsonlWriter } from './write/jsonl'
import type { MakeWriter } from './write/rows-writer'

export interface WriteRequest {
  readonly client: PbxClient
  readonly format: ExportFormat
  readonly scope: ExportScope
  readonly source: ExportSource
  readonly sink: HashingSink
  readonly job: JobHandle
  readonly files: Files
}

export interface Written {
  readonly rows?: number
  readonly originalName?: string
}

/** The PBX's own file, its bytes as they came; it does not tell how many there will be. */
async function writeNative({ client, sink, job }: WriteRequest): Promise<Written> {
  const { stream, fileName } = await exportIpRules(client, job.signal)
  for await (const piece of stream) {
    job.signal.throwIfAborted()
    await sink.write(piece as Buffer)
  }
  return fileName === undefined ? {} : { originalName: fileName }
}

async function writeRows(request: WriteRequest, make: MakeWriter): Promise<Written> {
  const { client, scope, source, sink, job } = request
  const writer = make(sink, source.columns)
  let count = 0
  for await (const rows of rowsOf(source, client, scope, job)) {
    job.signal.throwIfAborted()
    await writer.write(rows)
    count += rows.length
  }
  await writer.end()
  return { rows: count }
}

async function writeWorkbook({ client, scope, source, sink, job, files }: WriteRequest): Promise<Written> {
  const rows: string[][] = []
  const cells = cellsOf(source.columns)
  for await (const page of rowsOf(source, client, scope, job)) {
    for (const row of page) rows.push(cells(row).map(safeCell))
  }
  const bytes = await files.xlsx(
    source.columns.map(({ key }) => key),
    rows,
  )
  job.signal.throwIfAborted()
  await sink.write(bytes)
  return { rows: rows.length }
}

/** Writes one export in its format. Errors: those of the PBX's operations, and `disk`. */
export function writeExport(request: WriteRequest): Promise<Written> {
  switch (request.format) {
    case 'native':
      return writeNative(request)
    case 'csv':
      return writeRows(request, csvWriter)
    case 'jsonl':
      return writeRows(request, jsonlWriter)
    case 'xlsx':
      return writeWorkbook(request)
  }
}
