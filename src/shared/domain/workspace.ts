import { z } from 'zod'
import { serverRecordSchema } from './server'

/** The workspace file: a list of servers in the order of the sidebar. */
export const workspaceFileSchema = z.object({
  version: z.literal(1),
  servers: z.array(serverRecordSchema).readonly(),
})
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>

/**
 * The workspace for the window. `folders` are the names of the folders in their order in the sidebar: main sorts them
 * while the window's process starts, because the first use of `Intl` would delay the first paint. `problem` is set if the file could not be read: a damaged one was renamed to `keptAs`;
 * `lastGood` describes the last good copy, if it can be restored. A file with a `newer-version` is never overwritten.
 */
export interface WorkspaceView {
  readonly servers: WorkspaceFile['servers']
  readonly folders: readonly string[]
  readonly problem?: {
    readonly kind: 'damaged' | 'newer-version' | 'unreadable'
    readonly message: string
    readonly keptAs?: string
    readonly lastGood?: { readonly servers: number; readonly savedAt: string }
  }
}
