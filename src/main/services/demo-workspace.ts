import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { emptyServerDraft, type CertificateView, type ServerId } from '@shared/domain/server'
import { errnoOf } from '../storage/disk-error'
import type { WorkspaceService } from './workspace/workspace-service'

const demoSchema = z.array(
  z.looseObject({
    name: z.string().min(1),
    url: z.string().min(1),
    username: z.string().min(1),
    password: z.string().min(1),
    fingerprint256: z.string().min(1),
  }),
)
type DemoServer = z.infer<typeof demoSchema>[number]

export interface DemoDeps {
  /** `demo.json` in the profile, written by `npm run demo`. */
  readonly file: string
  readonly packaged: boolean
  readonly workspace: WorkspaceService
  /** The certificate that a server presents now; no credentials are sent. */
  readonly probe: (url: string) => Promise<CertificateView>
  readonly remember: (serverId: ServerId, password: string) => Promise<void>
  readonly report: (what: string, error?: unknown) => void
}

/**
 * Pins the certificate only if it is the one that the demo announced; otherwise the user is asked at the first
 * connection.
 */
async function pinOf(
  { url, fingerprint256 }: DemoServer,
  { probe, report }: DemoDeps,
): Promise<{ pin?: CertificateView }> {
  try {
    const presented = await probe(url)
    if (presented.fingerprint256 === fingerprint256) return { pin: presented }
    report('a demo server shows another certificate than announced')
  } catch (error) {
    report('a demo server could not be asked for its certificate', error)
  }
  return {}
}

async function readDemo(file: string): Promise<readonly DemoServer[]> {
  try {
    return demoSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * Fills an empty workspace with the practice servers of `npm run demo`, once. The file contains their passwords and is
 * deleted afterwards. Never in a packaged app.
 */
export async function createDemoWorkspace(deps: DemoDeps): Promise<void> {
  const { file, packaged, workspace, remember, report } = deps
  if (packaged || workspace.list().length > 0) return
  const servers = await readDemo(file)
  const pins = await Promise.all(servers.map((server) => pinOf(server, deps)))
  for (const [index, { name, url, username, password }] of servers.entries()) {
    const draft = { ...emptyServerDraft, name, address: url, username, folder: 'Practice', tags: ['practice'] }
    const { id } = await workspace.add(draft, pins[index])
    await remember(id, password).catch((error: unknown) => report('a demo password was not kept', error))
  }
  if (servers.length > 0) await rm(file, { force: true })
}
