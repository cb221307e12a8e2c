import { expect, test } from 'vitest'
import type { PlanPreview, PlanRow } from '@shared/domain/plan'
import { groupTargets, impactOf, type PreviewedTarget } from '@main/services/rollouts/group-targets'

const step = { outcome: 'waiting', action: 'create' } as PlanRow
const target = (folder: string): PreviewedTarget => ({
  server: { id: folder, name: 'PBX', folder, protection: 'open' },
  preview: { resources: ['ip-rules'] as readonly string[] } as PlanPreview,
  rows: [step, step],
})

test('the folders are counted if every server has one; others are in none of them', () => {
  expect(impactOf([target('North'), target('North'), target('South')])).toBe('6 steps on 3 servers in 2 folders.')
  expect(impactOf([target('North'), target('')])).toBe('4 steps on 2 servers.')
  expect(impactOf([target('')])).toBe('2 steps on 1 server.')
})

test('a group names some of its differences and says how many more there are', () => {
  const rows = Array.from({ length: 22 }, (_, at) => ({ ...step, after: `rule ${at}` }))
  const [group] = groupTargets([
    { ...target('North'), rows },
    { ...target('South'), rows },
  ])
  expect(group?.details).toHaveLength(21)
  expect(group?.details.slice(-2)).toEqual(['rule 19', 'and 2 more'])
})

test('what is deleted has not been deleted yet', () => {
  const rows = [{ ...step, action: 'delete' as const }]
  expect(impactOf([{ ...target(''), rows }])).toMatch(/ will be deleted\.$/)
})
