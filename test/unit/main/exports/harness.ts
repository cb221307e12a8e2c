import type { ExportFormat, ExportResource, ExportScope } from '@shared/domain/export'
import type { JobState } from '@shared/domain/job'
import type { PracticeOptions, PracticePbx } from '@demo/practice-pbx'
import { ExportsService } from '@main/services/exports/exports-service'
import { FilesHost } from '@main/services/exports/files-host'
import { Library } from '@main/services/exports/library'
import { ExportViewer } from '@main/services/exports/viewer'
import { Jobs } from '@main/services/jobs'
import { Harness } from '../session/harness'

/** Exports of a practice server into a folder, as the app wires them. */
export class ExportsHarness {
  readonly library: Library
  readonly viewer: ExportViewer
  readonly jobs: Jobs
  readonly exports: ExportsService
  private readonly waiting = new Set<(state: JobState) => void>()

  private constructor(
    readonly harness: Harness,
    readonly pbx: PracticePbx,
    readonly serverId: string,
    folder: string,
  ) {
    this.library = new Library(() => folder)
    this.jobs = new Jobs((state) => this.waiting.forEach((listener) => listener(state)))
    const files = new FilesHost()
    this.exports = new ExportsService({
      servers: harness.servers,
      jobs: this.jobs,
      library: this.library,
      files,
      changed: () => undefined,
    })
    this.viewer = new ExportViewer(files, this.library, () => undefined)
  }

  static async start(folder: string, options: PracticeOptions = {}, name = 'Kunde A'): Promise<ExportsHarness> {
    const harness = new Harness()
    const { pbx, id } = await harness.add(options, { name })
    await harness.signIn(id, pbx)
    return new ExportsHarness(harness, pbx, id, folder)
  }

  /** Runs an export to its end; `watch` sees each state on the way. */
  run(
    format: ExportFormat,
    scope: ExportScope = { kind: 'all' },
    watch: (state: JobState) => void = () => undefined,
    resource: ExportResource = 'ip-rules',
  ): Promise<JobState> {
    return new Promise((resolve) => {
      const listener = (state: JobState): void => {
        watch(state)
        if (state.state === 'running') return
        this.waiting.delete(listener)
        resolve(state)
      }
      this.waiting.add(listener)
      this.exports.start({ serverId: this.serverId, resource, format, scope })
    })
  }

  close(): Promise<void> {
    return this.harness.close()
  }
}
