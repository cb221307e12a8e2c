import { expect, it } from 'vitest'
import { suspendedImportsMax } from '@shared/domain/suspended-imports-max'
import { OpenImports } from '@main/services/imports/open-imports'

it('all suspended imports, the one in the panel and the one that replaces it stay open; older ones of a reloaded window go', () => {
  const open = new OpenImports<{ id: string }>()
  const ids = Array.from({ length: suspendedImportsMax + 2 }, (_, at) => `import ${at}`)
  for (const id of ids) open.add({ id })
  expect(ids.filter((id) => !open.has(id))).toEqual([])
  open.add({ id: 'another' })
  expect(ids.filter((id) => !open.has(id))).toEqual(['import 0'])
})
