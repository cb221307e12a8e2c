import { join } from 'node:path'
import { workspaceStore } from '@main/services/workspace/workspace-service'
import { generation } from './generation'

/** Saves one generation after another until it is killed; prints each after it is saved. */
const store = workspaceStore(join(process.argv[2] ?? '', 'workspace.json'))
const from = Number(store.value.servers[0]?.notes ?? 0)
for (let n = from + 1; ; n++) {
  await store.update(() => generation(n))
  process.stdout.write(`${n}\n`)
}
