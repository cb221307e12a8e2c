import type { DamagedFile } from '@shared/domain/plan'
import { recordsLimits } from '@shared/limits/stored'
import { openRegular } from './regular-file'

const { damagedBytes } = recordsLimits
const serversMax = 10
const text = String.raw`("(?:[^"\\]|\\.)*")`
const titlePattern = new RegExp(`"title":${text}`)
const serverPattern = new RegExp(`"server":\\{"id":"[^"]*","name":${text}`, 'g')

function parsed(json: string | undefined): readonly string[] {
  try {
    return json === undefined ? [] : [String(JSON.parse(json))]
  } catch {
    return []
  }
}

/** What can still be read of a damaged plan or rollout. Never fails: what cannot be read is left out. */
export async function describeDamaged(path: string, name: string, kind: DamagedFile['kind']): Promise<DamagedFile> {
  try {
    const file = await openRegular(path, Number.MAX_SAFE_INTEGER, (why) => new Error(why))
    try {
      const { mtime } = await file.stat()
      const { buffer, bytesRead } = await file.read(Buffer.alloc(damagedBytes), 0, damagedBytes, 0)
      const start = buffer.toString('utf8', 0, bytesRead)
      const [title] = parsed(titlePattern.exec(start)?.[1])
      const servers = [...new Set([...start.matchAll(serverPattern)].flatMap(([, server]) => parsed(server)))]
      return {
        ...{ name, kind, modifiedAt: mtime.toISOString(), servers: servers.slice(0, serversMax) },
        ...(title !== undefined && { title }),
      }
    } finally {
      await file.close()
    }
  } catch {
    return { name, kind, servers: [] }
  }
}
