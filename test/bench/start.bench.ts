import { randomUUID } from 'node:crypto'
import { emptyServerDraft } from '@shared/domain/server'
import { emptyApp, memoryOf, projectFolder, startApp, usedProfile } from './lib/electron-process'
import { inTurn, print } from './lib/figure'

const rounds = 9
const serverCount = 30

const workspace = {
  version: 1,
  servers: Array.from({ length: serverCount }, (_, index) => ({
    ...emptyServerDraft,
    id: randomUUID(),
    name: `Customer ${index + 1}`,
    address: `https://pbx${index + 1}.example.com:8887`,
    folder: `Region ${index % 5}`,
    activeAddress: 'first',
  })),
}

const empty = await usedProfile(emptyApp)
const fleet = await usedProfile(projectFolder, workspace)
const memory = { empty: [] as number[], fleet: [] as number[] }

const measure = (folder: string, profile: string, sizes: number[]) => async (): Promise<number> => {
  const started = await startApp(folder, profile)
  sizes.push(await memoryOf(started.child.pid ?? 0))
  await started.stop()
  return started.readyAfter
}

const start = await inTurn(
  rounds,
  measure(emptyApp, empty.path, memory.empty),
  measure(projectFolder, fleet.path, memory.fleet),
)
print({ name: 'cold start to a usable server list / empty window', unit: 'ms', ...start })

const { median } = await import('./lib/figure')
print({
  name: 'memory of all processes (PSS) / empty window',
  unit: 'MB',
  limit: median(memory.empty),
  app: median(memory.fleet),
})

await empty.remove()
await fleet.remove()
