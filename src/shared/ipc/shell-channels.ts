import { z } from 'zod'
import { byServer, byServers, nothing } from './arguments'
import { serverDraftSchema, serverIdSchema, type ServerRecord } from '../domain/server'
import { settingsPatchSchema, type Settings } from '../domain/settings'
import type { WorkspaceView } from '../domain/workspace'
import { channel } from './channel'
import type { AppInfo, SavedFile, WorkspaceImport } from './values'

/** The channels of the first paint, apart from the others, whose schemas take time to build. */
export const shellChannels = {
  'app:info': channel<AppInfo>()(nothing),
  /** Copies selected text; the page itself has no clipboard access. */
  'app:copy': channel<null>()(z.object({ text: z.string().max(20_000_000) })),
  'app:showLog': channel<null>()(nothing),
  'app:openLink': channel<null>()(z.object({ link: z.enum(['handbook', 'licenses']) })),
  'settings:get': channel<Settings>()(nothing),
  'settings:patch': channel<Settings>()(settingsPatchSchema),

  'workspace:get': channel<WorkspaceView>()(nothing),
  'workspace:add': channel<ServerRecord>()(z.object({ draft: serverDraftSchema })),
  'workspace:update': channel<ServerRecord>()(byServer.extend({ draft: serverDraftSchema })),
  'workspace:duplicate': channel<ServerRecord>()(byServer),
  /** Moves a server in front of another one or to the end, and into `folder`. */
  'workspace:move': channel<null>()(
    byServer.extend({ before: serverIdSchema.nullable(), folder: z.string().max(120) }),
  ),
  'workspace:remove': channel<null>()(byServers),
  /** Paused servers are not read in the background and are left out of "Sign in to all". */
  'workspace:setPaused': channel<null>()(byServers.extend({ paused: z.boolean() })),
  /** Renames a folder; an empty name moves its servers out of it. */
  'workspace:renameFolder': channel<null>()(
    z.object({ folder: z.string().min(1).max(120), name: serverDraftSchema.shape.folder }),
  ),
  /** Exports these servers, by default all. */
  'workspace:export': channel<SavedFile>()(
    z.object({ serverIds: z.array(serverIdSchema).min(1).max(1000).optional() }),
  ),
  /** Opens the server's own web portal in the default browser. */
  'workspace:openPortal': channel<null>()(byServer),
  'workspace:import': channel<WorkspaceImport>()(nothing),
  'workspace:restore': channel<WorkspaceView>()(nothing),
} as const
