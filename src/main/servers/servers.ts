import pMap from 'p-map'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import type { Result } from '@shared/ipc/result'
import { cancelled } from '../portsip/abort'
import type { PbxReader } from '../portsip/pbx-client'
import type { SessionService } from '../services/session/session-service'
import type { WorkspaceService } from '../services/workspace/workspace-service'
import { toAppError } from '../to-app-error'

/** Servers that are worked on at the same time. */
const concurrency = 8

export type ServerResult<T> = Result<T> & { readonly serverId: ServerId }

interface ForEachOptions<T> {
  /** Servers that were not started when it is aborted are `cancelled`. */
  readonly signal?: AbortSignal
  /** Called with each result as it comes. */
  readonly onResult?: (result: ServerResult<T>) => void
}

/** What services know of the servers of the workspace, by ID. Every method throws `not-found` for a server that is not in it. */
export class Servers {
  constructor(
    private readonly workspace: Pick<WorkspaceService, 'get'>,
    private readonly sessions: Pick<SessionService, 'state' | 'reader' | 'seenAs'>,
  ) {}

  record(id: ServerId): ServerRecord {
    return this.workspace.get(id)
  }

  state(id: ServerId): SessionState {
    return this.sessions.state(id)
  }

  /** The version of the PBX; undefined until it is known. */
  version(id: ServerId): string | undefined {
    return this.state(id).version
  }

  /** The user who is signed in; empty if nobody is. */
  username(id: ServerId): string {
    return this.state(id).username ?? ''
  }

  /** Our address as the PBX sees it; undefined until it is known. */
  seenAs(id: ServerId): string | undefined {
    return this.sessions.seenAs(id)
  }

  /** Reads a server that is signed in to; stays valid when the session is renewed. Throws `signed-out` or `denied`. */
  reader(id: ServerId): PbxReader {
    return this.sessions.reader(id)
  }

  /** Does the same on many servers, eight at a time. A server that fails has its reason in its result and does not stop the others. Results are in the order of `ids`. */
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
    return pMap(ids, report, { concurrency })
  }
}
