import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import type { PasswordFile, SavedPasswords } from '@shared/domain/password-file'
import type { ServerId, ServerRecord } from '@shared/domain/server'
import type { SessionState } from '@shared/domain/session'
import { FleetError } from '@shared/ipc/result'
import { toAppError } from '../../to-app-error'
import type { Files } from '../exports/files-host'
import type { WorkspaceService } from '../workspace/workspace-service'
import { matchPasswords, type MatchedPassword } from './match-passwords'

interface PasswordsDeps {
  readonly files: Pick<Files, 'readImport'>
  readonly workspace: Pick<WorkspaceService, 'list' | 'get' | 'patch'>
  readonly sessions: {
    state(id: ServerId): SessionState
    remember(id: ServerId, password: string): Promise<void>
    signOut(id: ServerId): Promise<SessionState>
  }
}

/**
 * Takes passwords from a password manager's CSV into the keychain. They are in the memory of this process until they are
 * stored or the preview is closed, and the window never gets them.
 */
export class PasswordsService {
  private opened: { readonly importId: string; readonly matched: readonly MatchedPassword[] } | undefined

  constructor(private readonly deps: PasswordsDeps) {}

  /** Reads a file and matches its rows with the workspace. Errors: FleetError `disk`, `damaged`. */
  async open(path: string): Promise<PasswordFile> {
    const { files, workspace } = this.deps
    const file = await files.readImport(path, undefined, { raw: true, hasSecrets: true })
    const matched = matchPasswords(file, workspace.list())
    const importId = randomUUID()
    this.opened = { importId, matched }
    const rows = matched.map(({ row }) => row)
    return { importId, file: basename(path), rows, ready: this.ready().length }
  }

  /** Stores the passwords of the rows that are ready. */
  async save(importId: string): Promise<SavedPasswords> {
    if (this.opened?.importId !== importId)
      throw new FleetError({ code: 'not-found', message: 'This file is no longer open', hint: 'Open it again.' })
    const ready = this.ready()
    this.opened = undefined
    const failed: { readonly serverName: string; readonly message: string }[] = []
    for (const { row, password } of ready) {
      try {
        await this.store(row.serverId ?? '', row.username, password)
      } catch (error) {
        failed.push({ serverName: row.serverName ?? '', message: toAppError(error).message })
      }
    }
    return { saved: ready.length - failed.length, failed }
  }

  close(): void {
    this.opened = undefined
  }

  private ready(): readonly MatchedPassword[] {
    const seen = new Set<string>()
    return (this.opened?.matched ?? []).filter(({ row }) => {
      const isFirst = row.state === 'ready' && row.serverId !== undefined && !seen.has(row.serverId)
      if (isFirst && row.serverId !== undefined) seen.add(row.serverId)
      return isFirst
    })
  }

  private async store(serverId: ServerId, username: string, password: string): Promise<void> {
    const { workspace, sessions } = this.deps
    const record: ServerRecord = workspace.get(serverId)
    await sessions.remember(serverId, password)
    await workspace.patch(serverId, {
      remember: true,
      ...(record.username === '' && { username }),
      ...(record.passwordRefused === true && { passwordRefused: false }),
    })
    // "Sign in to all" tries the new password then.
    if (sessions.state(serverId).phase === 'needs-password') await sessions.signOut(serverId)
  }
}
