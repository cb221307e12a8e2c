import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportFile, ImportPlan, ImportRow } from '@shared/domain/import'
import type { PlanSummary } from '@shared/domain/plan'
import type { ServerRecord } from '@shared/domain/server'
import type { ListId } from '@shared/resources/ids'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { FilesHost } from '@main/services/exports/files-host'
import { ImportsService } from '@main/services/imports/imports-service'
import type { TargetOf } from '@main/services/lists/target-of'
import { confirmed, PlansHarness } from '../plans/harness'

export { confirmed }

/** Imports into a practice server over real HTTPS. This computer has the address 10.9.9.9 as far as the service knows. */
export class ImportsHarness {
  readonly imports: ImportsService
  now = Date.now()

  private constructor(
    readonly on: PlansHarness,
    private readonly folder: string,
  ) {
    const { plans, shelf, harness, targetOf } = on
    this.imports = new ImportsService({
      ...{ plans, shelf, targetOf, files: new FilesHost(), now: () => this.now },
      servers: harness.servers,
    })
  }

  static async start(
    options: PracticeOptions = {},
    record: Partial<ServerRecord> = {},
    targetOf?: TargetOf,
  ): Promise<ImportsHarness> {
    const on = await PlansHarness.start(options, { protection: 'ask', ...record }, { ...(targetOf && { targetOf }) })
    return new ImportsHarness(on, await mkdtemp(join(tmpdir(), 'fleet-import-')))
  }

  get pbx(): PracticePbx {
    return this.on.pbx
  }

  get serverId(): string {
    return this.on.serverId
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
  rowTexts(importId: string): readonly string[] {
    return this.rows(importId).map(({ row, state, reason }) => `${row} ${state}${reason === '' ? '' : `: ${reason}`}`)
  }

  /** Applies the import and waits for the end of its plan; `watch` sees each state on the way. */
  async apply(
    importId: string,
    confirmation = confirmed,
    watch: (summary: PlanSummary) => void = () => undefined,
  ): Promise<PlanSummary> {
    const { id } = await this.imports.apply({ importId, confirmation })
    return this.on.until(id, (summary) => {
      watch(summary)
      return summary.state !== 'applying'
    })
  }

  /** Bodies of the rules that were sent. */
  sent(path = '/ip_filters'): readonly unknown[] {
    return this.pbx.requests.filter((each) => each.method === 'POST' && each.path === path).map(({ body }) => body)
  }

  async close(): Promise<void> {
    await this.on.close()
    await rm(this.folder, { recursive: true })
  }
}
