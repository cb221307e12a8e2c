import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { emptyServerDraft, serverDraftSchema, type ServerId } from '@shared/domain/server'
import { storedLimits } from '@shared/limits/stored'
import { errnoOf } from '../storage/disk-error'
import { readRegular } from '../storage/regular-file'
import { certificateOfPem } from './practice/certificate-of-pem'
import type { WorkspaceService } from './workspace/workspace-service'

const { name, address, folder, tags, username } = serverDraftSchema.shape

const demoSchema = z.array(
  z.looseObject({
    name,
    url: address,
    username,
    folder: folder.default('Practice'),
    tags: tags.default(['practice']),
    /** Stored in the keychain; without it, the user enters one. */
    password: z.string().min(1).optional(),
    /** In PEM. It is pinned as announced, so a server that is down delays nothing, and another certificate is noticed. */
    certificate: z.string().transform(certificateOfPem).optional(),
  }),
)
type DemoServer = z.infer<typeof demoSchema>[number] & { readonly id: ServerId }

export interface DemoDeps {
  /** `demo.json` in the profile, written by `npm run demo`. */
  readonly file: string
  readonly packaged: boolean
  readonly workspace: WorkspaceService
  readonly remember: (serverId: ServerId, password: string) => Promise<void>
  readonly report: (what: string, error?: unknown) => void
}

/** The servers of the file, each with a new ID. */
async function readDemo(file: string): Promise<readonly DemoServer[]> {
  try {
    const servers = demoSchema.parse(
      JSON.parse((await readRegular(file, storedLimits.bytes, (why) => new Error(`${file} ${why}`))).toString('utf8')),
    )
    return servers.map((server) => ({ ...server, id: crypto.randomUUID() }))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

const entryOf = ({ id, name, url: address, username, folder, tags, certificate: pin }: DemoServer) => ({
  draft: { ...emptyServerDraft, name, address, username, folder, tags },
  extra: { id, ...(pin && { pin }) },
})

/**
 * Fills an empty workspace with the practice servers of `npm run demo`, once. The file contains their passwords and is
 * deleted afterwards. Never in a packaged app. Passwords follow the servers, because a keychain may respond late.
 */
export async function createDemoWorkspace({ file, packaged, workspace, remember, report }: DemoDeps): Promise<void> {
  if (packaged || workspace.list().length > 0) return
  const servers = await readDemo(file)
  if (servers.length === 0) return
  await workspace.addAll(servers.map(entryOf))
  for (const { id, password } of servers) {
    if (password === undefined) continue
    await remember(id, password).catch((error: unknown) => report('a demo password was not kept', error))
  }
  await rm(file, { force: true })
}
