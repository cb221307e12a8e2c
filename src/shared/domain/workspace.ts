import { z } from 'zod'
import { serverRecordSchema } from './server'

/** The workspace file: an ordered list of servers. Order in the list is the order in the sidebar. */
export const workspaceFileSchema = z.object({
  version: z.literal(1),
  servers: z.array(serverRecordSchema).readonly(),
})
export type WorkspaceFile = z.infer<typeof workspaceFileSchema>

/**
 * What the window learns of the workspace. `problem` is about a file that could not be read: it was kept aside under `keptAs`;
 * `lastGood` counts the servers of the last good copy, if there is one that can be taken back. `newer-version` is never overwritten.
 */
export interface WorkspaceView {
  readonly servers: WorkspaceFile['servers']
  readonly problem?: {
    readonly kind: 'damaged' | 'newer-version' | 'unreadable'
    readonly message: string
    readonly keptAs?: string
    readonly lastGood?: { readonly servers: number; readonly savedAt: string }
  }
}
