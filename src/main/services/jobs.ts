import { randomUUID } from 'node:crypto'
import type { IncompleteRead } from '@shared/domain/export'
import type { JobId, JobItemResult, JobKind, JobState } from '@shared/domain/job'
import type { ServerId } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { ResourceId } from '@shared/resources/ids'
import { toAppError } from '../to-app-error'

/** Interface for the work of a job: `signal` is aborted by Cancel; the functions report to the window. */
export interface JobHandle {
  readonly signal: AbortSignal
  progress(done: number, total?: number): void
  /** `cause` is the original error, for the log. */
  fail(item: JobItemResult, cause?: unknown): void
  result(exportId: string, incomplete?: IncompleteRead): void
}

export interface JobSpec {
  readonly kind: JobKind
  readonly title: string
  readonly serverId?: ServerId
  readonly resource?: ResourceId
  readonly run: (job: JobHandle) => Promise<void>
}

const failuresMax = 100
const jobsMax = 50
/** Minimum milliseconds between progress reports; a thousand rows a second would overload the window. */
const publishEveryMs = 100

/** Runs work that takes over a second, with a title, progress and Cancel. */
export class Jobs {
  private readonly states = new Map<JobId, JobState>()
  private readonly aborts = new Map<JobId, AbortController>()
  private readonly lastPublishedAt = new Map<JobId, number>()

  /** `report` is for the log and may contain details that the window must not get. */
  constructor(
    private readonly publish: (state: JobState) => void,
    private readonly report: (what: string, error: unknown) => void = () => undefined,
  ) {}

  list(): readonly JobState[] {
    return [...this.states.values()]
  }

  start(spec: JobSpec): JobId {
    const id = randomUUID()
    const abort = new AbortController()
    this.aborts.set(id, abort)
    const { kind, title, serverId, resource } = spec
    const scope = { ...(serverId && { serverId }), ...(resource && { resource }) }
    this.setState({ id, kind, title, ...scope, state: 'running', done: 0, failures: [] }, true)
    void this.run(id, spec, abort.signal)
    return id
  }

  cancel(id: JobId): void {
    const abort = this.aborts.get(id)
    if (abort === undefined) throw new FleetError({ code: 'not-found', message: 'This job has already ended' })
    abort.abort(new FleetError({ code: 'cancelled', message: 'Cancelled' }))
  }

  /** Cancels the running jobs of a server, for example when it is removed. */
  cancelServer(serverId: ServerId): void {
    for (const state of this.states.values()) {
      if (state.serverId === serverId && state.state === 'running') this.cancel(state.id)
    }
  }

  private async run(id: JobId, spec: JobSpec, signal: AbortSignal): Promise<void> {
    const change = (patch: Partial<JobState>, immediately = false): void =>
      this.setState({ ...this.state(id), ...patch }, immediately)
    try {
      await spec.run({
        signal,
        progress: (done, total) => change({ done, ...(total !== undefined && { total }) }),
        fail: (item, cause) => {
          change({ failures: [...this.state(id).failures, item].slice(0, failuresMax) })
          if (item.error?.code === 'internal') this.reportError(spec, cause)
        },
        result: (exportId, incomplete) => change({ exportId, ...(incomplete && { incomplete }) }),
      })
      change({ state: signal.aborted ? 'cancelled' : 'done' }, true)
    } catch (error) {
      if (signal.aborted) return change({ state: 'cancelled' }, true)
      const appError = toAppError(error)
      if (appError.code === 'internal') this.reportError(spec, error)
      change({ state: 'failed', error: appError }, true)
    } finally {
      this.aborts.delete(id)
      this.lastPublishedAt.delete(id)
      this.removeOldest()
    }
  }

  /** Only kind and ID, because titles contain names of customers. */
  private reportError({ kind, serverId = '' }: JobSpec, error: unknown): void {
    this.report(`job ${kind} ${serverId} failed`, error)
  }

  private state(id: JobId): JobState {
    const state = this.states.get(id)
    if (state === undefined) throw new FleetError({ code: 'internal', message: 'A job was lost' })
    return state
  }

  private setState(state: JobState, immediately: boolean): void {
    this.states.set(state.id, state)
    const time = performance.now()
    if (!immediately && time - (this.lastPublishedAt.get(state.id) ?? -publishEveryMs) < publishEveryMs) return
    this.lastPublishedAt.set(state.id, time)
    this.publish(state)
  }

  private removeOldest(): void {
    for (const state of this.states.values()) {
      if (this.states.size <= jobsMax) return
      if (state.state !== 'running') this.states.delete(state.id)
    }
  }
}
