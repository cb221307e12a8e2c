import type { ExportFormat, ExportScope, IncompleteRead } from '@shared/domain/export'
import { exportIpRules } from '../../portsip/ip-filters'
import { IncompleteListError } from '../../portsip/incomplete-list'
import type { PbxReader } from '../../portsip/pbx-client'
import type { JobHandle } from '../jobs'
import type { Files } from './files-host'
import type { HashingSink } from './sink'
import { rowsOf } from './source-rows'
import type { ExportSource } from './sources'
import { checkXlsxCells } from './write/xlsx-cells'
import { cellsOf } from './table'
import { csvWriter } from './write/csv'
import { jsonlWriter } from './write/jsonl'
import type { MakeWriter, ResourceRow } from './write/rows-writer'

export interface WriteRequest {
  readonly client: PbxReader
  readonly format: ExportFormat
  readonly scope: ExportScope
  readonly source: ExportSource
  readonly sink: HashingSink
  readonly job: JobHandle
  readonly files: Files
}

export interface Written {
  readonly rows?: number
  /** Set if the PBX counts more rows than it returned. */
  readonly incomplete?: IncompleteRead
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

/** Hands on each page of rows. Rows that are missing at the end are reported; nothing but missing rows is an error. */
async function eachPage(
  { client, scope, source, job }: WriteRequest,
  onPage: (rows: readonly ResourceRow[]) => Promise<void> | void,
): Promise<Required<Pick<Written, 'rows'>> & Written> {
  let count = 0
  try {
    for await (const rows of rowsOf(source, client, scope, job)) {
      job.signal.throwIfAborted()
      await onPage(rows)
      count += rows.length
    }
  } catch (error) {
    if (!(error instanceof IncompleteListError) || count === 0) throw error
    const { read, expected } = error
    return { rows: count, incomplete: { operation: error.detail.operation ?? '', read, expected } }
  }
  return { rows: count }
}

async function writeRows(request: WriteRequest, make: MakeWriter): Promise<Written> {
  const writer = make(request.sink, request.source.columns)
  const written = await eachPage(request, (rows) => writer.write(rows))
  await writer.end()
  return written
}

async function writeWorkbook(request: WriteRequest): Promise<Written> {
  const { source, sink, job, files } = request
  const rows: string[][] = []
  const cells = cellsOf(source.columns)
  const written = await eachPage(request, (page) => {
    for (const row of page) {
      const texts = cells(row)
      checkXlsxCells(source.columns, texts, rows.length + 2)
      rows.push(texts)
    }
  })
  const bytes = await files.xlsx(
    source.columns.map(({ key }) => key),
    rows,
  )
  job.signal.throwIfAborted()
  await sink.write(bytes)
  return written
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
