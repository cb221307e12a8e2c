import { randomInt, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { practiceVersionSchema, type PracticeFaults } from '@shared/domain/practice'
import { emptyServerDraft, serverIdSchema, type ServerId, type ServerRecord } from '@shared/domain/server'
import { FleetError } from '@shared/ipc/result'
import type { FromPractice } from '../../../demo/utility-messages'
import { JsonStore } from '../../storage/json-store'
import type { WorkspaceService } from '../workspace/workspace-service'
import { certificateOfPem } from './certificate-of-pem'
import { PracticeProcess, type PracticeChild } from './practice-process'

const practiceServerSchema = z.object({
  serverId: serverIdSchema,
  version: practiceVersionSchema,
  seed: z.int().min(0),
  port: z.int().min(1).max(65_535),
})
type PracticeServer = z.infer<typeof practiceServerSchema>

const practiceFileSchema = z.object({ version: z.literal(1), servers: z.array(practiceServerSchema).readonly() })
export type PracticeFile = z.infer<typeof practiceFileSchema>
export type FaultsPatch = { readonly [K in keyof PracticeFaults]?: PracticeFaults[K] | undefined }
export type PracticeVersion = PracticeServer['version']

/** The practice servers to start with the app. Their data are generated, not stored. */
export const practiceStore = (file: string): JsonStore<PracticeFile> =>
  new JsonStore({ file, schema: practiceFileSchema, version: 1, empty: { version: 1, servers: [] } })

export interface PracticeDeps {
  readonly store: JsonStore<PracticeFile>
  readonly workspace: WorkspaceService
  /** Starts the program of `src/demo/utility-process.ts`. */
  readonly fork: () => PracticeChild
  /** Stores the password as if the user had selected "remember". */
  readonly remember: (serverId: ServerId, password: string) => Promise<void>
  readonly report: (what: string, error: unknown) => void
}

type Listening = Extract<FromPractice, { readonly type: 'listening' }>

const portOf = (url: string): number => Number(new URL(url).port)

/**
 * Notes with the accounts: they protect only generated data on this computer, and a trainee uses them to try other
 * roles.
 */
const notesFor = (started: Listening): string =>
  [
    'A simulated PBX with sample data on this computer. No real server is affected.',
    '',
    ...started.accounts.map(
      ({ role, username, domain }) => `${role}: ${username}${domain === undefined ? '' : `, domain ${domain}`}`,
    ),
    `Password of each: ${started.password}`,
  ].join('\n')

/**
 * The practice servers that the app starts, each in its own process. Errors: FleetError `server-error`, `not-found`.
 */
export class PracticeService {
  private readonly running = new Map<ServerId, Promise<PracticeProcess>>()
  private readonly processes = new Set<PracticeProcess>()

  constructor(private readonly deps: PracticeDeps) {
    deps.workspace.onRemoved((ids) => this.forget(ids))
  }

  /** Starts a practice server and adds it to the workspace, trusted and with its password. */
  async add(version: PracticeVersion): Promise<ServerRecord> {
    const { store, workspace, remember, report } = this.deps
    const id = randomUUID()
    const plan = { version, seed: randomInt(1, 1_000_000) }
    const { process, started } = await this.launch(id, plan, 0)
    this.running.set(id, Promise.resolve(process))
    const names = new Set(workspace.list().map((server) => server.name))
    let name = `Practice ${version}`
    for (let n = 2; names.has(name); n++) name = `Practice ${version} (${n})`
    try {
      await workspace.add(
        {
          ...emptyServerDraft,
          name,
          address: started.url,
          folder: 'Practice',
          tags: ['practice'],
          notes: notesFor(started),
          username: started.username,
        },
        { id, practice: true, pin: certificateOfPem(started.identity.cert) },
      )
      const server = { serverId: id, ...plan, port: portOf(started.url) }
      await store.update((file) => ({ version: 1, servers: [...file.servers, server] }))
    } catch (error) {
      process.stop()
      throw error
    }
    // Without a keychain, the user must enter the password, which is in the notes.
    await remember(id, started.password).catch((error: unknown) => report('practice password not kept', error))
    return workspace.get(id)
  }

  /**
   * Starts the practice servers of the workspace, one after another. A failure is reported and does not stop the
   * others.
   */
  async startAll(): Promise<void> {
    for (const { serverId } of this.deps.store.value.servers) {
      if (!this.isListed(serverId)) continue
      await this.ensureRunning(serverId).catch((error: unknown) =>
        this.deps.report('practice server not started', error),
      )
    }
  }

  async faults(serverId: ServerId): Promise<PracticeFaults> {
    return this.setFaults(serverId, {})
  }

  /** Turns faults on or off and returns all of them. They are off again at the next start. */
  async setFaults(serverId: ServerId, patch: FaultsPatch): Promise<PracticeFaults> {
    const process = await this.ensureRunning(serverId)
    const faults = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
    return (await process.request({ type: 'faults', faults }, 'faults')).faults
  }

  /** Ends all practice servers, for when the app quits. */
  stopAll(): void {
    for (const process of this.processes) process.stop()
  }

  private isListed(id: ServerId): boolean {
    return this.deps.workspace.list().some((server) => server.id === id && server.practice === true)
  }

  private ensureRunning(id: ServerId): Promise<PracticeProcess> {
    const running = this.running.get(id)
    if (running !== undefined) return running
    const starting = this.restart(id)
    this.running.set(id, starting)
    starting.catch(() => this.running.delete(id))
    return starting
  }

  private async restart(id: ServerId): Promise<PracticeProcess> {
    const { store, workspace, remember, report } = this.deps
    const server = store.value.servers.find((candidate) => candidate.serverId === id)
    if (server === undefined || !this.isListed(id)) {
      throw new FleetError({ code: 'not-found', message: 'This is not a practice server of this app' })
    }
    // The previous port is used again if it is free, so that the address remains the same.
    const { process, started } = await this.launch(id, server, server.port).catch(() => this.launch(id, server, 0))
    // The certificate is new at each start. This app generated it, so no one has to confirm it.
    await workspace.patch(id, { address: started.url, pin: certificateOfPem(started.identity.cert) })
    const port = portOf(started.url)
    await store.update((file) => ({
      version: 1,
      servers: file.servers.map((other) => (other.serverId === id ? { ...other, port } : other)),
    }))
    await remember(id, started.password).catch((error: unknown) => report('practice password not kept', error))
    return process
  }

  private async launch(
    id: ServerId,
    { version, seed }: Pick<PracticeServer, 'version' | 'seed'>,
    port: number,
  ): Promise<{ process: PracticeProcess; started: Listening }> {
    const process: PracticeProcess = new PracticeProcess(this.deps.fork(), () => {
      this.processes.delete(process)
      // Another process may have replaced it, for example on another port.
      void this.running.get(id)?.then(
        (current) => current === process && this.running.delete(id),
        () => undefined,
      )
    })
    this.processes.add(process)
    try {
      return {
        process,
        started: await process.request({ type: 'start', options: { version, seed, port } }, 'listening'),
      }
    } catch (error) {
      process.stop()
      throw error
    }
  }

  private async forget(ids: readonly ServerId[]): Promise<void> {
    const removed = new Set(ids)
    for (const id of ids) {
      const process = this.running.get(id)
      this.running.delete(id)
      process?.then(
        (started) => started.stop(),
        () => undefined,
      )
    }
    if (!this.deps.store.value.servers.some((server) => removed.has(server.serverId))) return
    await this.deps.store.update((file) => ({
      version: 1,
      servers: file.servers.filter((server) => !removed.has(server.serverId)),
    }))
  }
}
