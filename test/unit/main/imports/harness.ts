import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportFile, ImportPlan, ImportRow } from '@shared/domain/import'
import type { JobState } from '@shared/domain/job'
import type { ServerRecord } from '@shared/domain/server'
import type { Confirmation } from '@shared/domain/write'
import type { ListId } from '@shared/resources/ids'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { FilesHost } from '@main/services/exports/files-host'
import { ImportsService, type ImportsDeps } from '@main/services/imports/imports-service'
import { Jobs } from '@main/services/jobs'
import { Harness } from '../session/harness'

export const confirmed: Confirmation = { acknowledged: true, typedName: '', override: '' }

/** Imports into a practice server over real HTTPS. This computer has the address 10.9.9.9 as far as the service knows. */
export class ImportsHarness {
  readonly jobs: Jobs
  readonly imports: ImportsService
  now = Date.now()
  private readonly waiting = new Set<(state: JobState) => void>()

  private constructor(
    readonly harness: Harness,
    readonly pbx: PracticePbx,
    readonly serverId: string,
    private readonly folder: string,
    deps: Partial<ImportsDeps>,
  ) {
    this.jobs = new Jobs((state) => this.waiting.forEach((told) => told(state)))
    const { sessions } = harness
    this.imports = new ImportsService({
      writer: harness.writer,
      reader: (id) => sessions.reader(id),
      record: (id) => harness.get(id),
      version: (id) => sessions.state(id).version,
      jobs: this.jobs,
      files: new FilesHost(),
      addresses: {
        interfaces: () => [{ address: '10.9.9.9', internal: false }],
        resolve: () => Promise.resolve([]),
      },
      now: () => this.now,
      ...deps,
    })
  }

  static async start(
    options: PracticeOptions = {},
    record: Partial<ServerRecord> = {},
    deps: Partial<ImportsDeps> = {},
  ): Promise<ImportsHarness> {
    const harness = new Harness()
    const { pbx, id } = await harness.add({ rules: 0, ...options }, { name: 'Kunde A', protection: 'ask', ...record })
    await harness.signIn(id, pbx)
    return new ImportsHarness(harness, pbx, id, await mkdtemp(join(tmpdir(), 'fleet-import-')), deps)
  }

  async file(text: string | Buffer, name = 'rules.csv'): Promise<string> {
    const path = join(this.folder, name)
    await writeFile(path, text)
    return path
  }

  /** Reads a file and plans it with the columns as they are suggested. */
  async plan(
    text: string | Buffer,
    resource: ListId = 'ip-rules',
  ): Promise<{ readonly file: ImportFile; readonly plan: ImportPlan }> {
    const file = await this.imports.read(this.serverId, resource, await this.file(text))
    return { file, plan: await this.imports.map({ importId: file.importId, mapping: file.mapping }) }
  }

  rows(importId: string): readonly ImportRow[] {
    return this.imports.rows({ importId, query: { offset: 0, limit: 1000 } }).items
  }

  /** `2 create`, `3 wrong: …` for each row. */
  said(importId: string): readonly string[] {
    return this.rows(importId).map(({ row, state, reason }) => `${row} ${state}${reason === '' ? '' : `: ${reason}`}`)
  }

  /** Sends the plan and waits for the job's end; `watch` sees each state on the way. */
  async apply(
    importId: string,
    confirmation = confirmed,
    watch: (state: JobState) => void = () => undefined,
  ): Promise<JobState> {
    let ended: (state: JobState) => void = () => undefined
    const end = new Promise<JobState>((resolve) => (ended = resolve))
    const told = (state: JobState): void => {
      watch(state)
      if (state.state !== 'running') ended(state)
    }
    this.waiting.add(told)
    try {
      await this.imports.apply({ importId, confirmation })
      return await end
    } finally {
      this.waiting.delete(told)
    }
  }

  /** Bodies of the rules that were sent. */
  sent(path = '/ip_filters'): readonly unknown[] {
    return this.pbx.requests.filter((each) => each.method === 'POST' && each.path === path).map(({ body }) => body)
  }

  async close(): Promise<void> {
    await this.harness.close()
    await rm(this.folder, { recursive: true })
  }
}
