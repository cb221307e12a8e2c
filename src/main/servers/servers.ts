import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Result } from '@shared/ipc/result'
import { cancelled } from '../portsip/abort'
import type { PbxReader } from '../portsip/pbx-client'
import type { SessionService } from '../services/session/session-service'
import type { WorkspaceService } from '../services/workspace/workspace-service'
import { toAppError } from '../to-app-error'
import { Lanes } from './lanes'

export type ServerResult<T> = Result<T> & { readonly serverId: ServerId }

/** What is read of a server; undefined if it is not in the workspace. */
export function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

interface ForEachOptions<T> {
  /** Servers that were not started before the abort are `cancelled`. */
  readonly signal?: AbortSignal
  /** Called with each result as it arrives. */
  readonly onResult?: (result: ServerResult<T>) => void
}

/**
 * Access of services to the servers of the workspace, by ID. Every method throws `not-found` for a server that is not
 * in it.
 */
export class Servers {
  constructor(
    private readonly workspace: Pick<WorkspaceService, 'get'>,
    private readonly sessions: Pick<SessionService, 'state' | 'reader' | 'seenAs'>,
    /** Shared by everything that works on many servers. */
    readonly lanes = new Lanes(),
  ) {}

  record(id: ServerId): ServerRecord {
    return this.workspace.get(id)
  }

  state(id: ServerId): SessionState {
    return this.sessions.state(id)
  }

  /** The version of the PBX; undefined if not known yet. */
  version(id: ServerId): string | undefined {
    return this.state(id).version
  }

  /** The username of the session; empty if signed out. */
  username(id: ServerId): string {
    return this.state(id).username ?? ''
  }

  /** Our public address as the PBX sees it; undefined if not known yet. */
  seenAs(id: ServerId): string | undefined {
    return this.sessions.seenAs(id)
  }

  /** Reads a server that is signed in; stays valid when the session is renewed. Throws `signed-out` or `denied`. */
  reader(id: ServerId): PbxReader {
    return this.sessions.reader(id)
  }

  /** Whether the server did not respond last time. */
  isDead(id: ServerId): boolean {
    const { phase, unreachable } = this.state(id)
    return phase === 'unreachable' || unreachable !== undefined
  }

  /**
   * Runs an operation on many servers, eight at a time; a slow or dead server delays no other. Each result has a value
   * or the error of that server. Results are in the order of `ids`.
   */
  forEach<T>(
    ids: readonly ServerId[],
    run: (id: ServerId) => Promise<T>,
    { signal, onResult }: ForEachOptions<T> = {},
  ): Promise<readonly ServerResult<T>[]> {
    const runOn = async (serverId: ServerId): Promise<ServerResult<T>> => {
      try {
        if (signal?.aborted) throw cancelled()
        return { serverId, ok: true, value: await run(serverId) }
      } catch (error) {
        return { serverId, ok: false, error: toAppError(error) }
      }
    }
    const report = async (serverId: ServerId): Promise<ServerResult<T>> => {
      const result = await runOn(serverId)
      onResult?.(result)
      return result
    }
    return Promise.all(ids.map((id) => this.lanes.run(() => report(id), ifPresent(() => this.isDead(id)) === true)))
  }
}
