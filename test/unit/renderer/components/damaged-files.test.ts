import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import DamagedFiles from '@/features/plans/DamagedFiles.vue'
import { localDateTime } from '@shared/format/time'

it('names what could be read of a damaged plan, when it was changed, and what to do', () => {
  const modifiedAt = '2026-11-28T06:00:00Z'
  const files = [
    { name: 'a.jsonl', kind: 'plan', title: 'Delete 3 rules', servers: ['Berlin'], modifiedAt },
    { name: 'b.jsonl', kind: 'rollout', servers: [] },
  ] as const
  const wrapper = mount(DamagedFiles, { props: { files } })
  const rows = wrapper.findAll('li').map((row) => row.text().replace(/\s+/g, ' '))
  expect(rows).toEqual([
    `Delete 3 rules, Berlin, last changed ${localDateTime(modifiedAt)} plans/a.jsonl`,
    'Rollout without a readable title, unknown server, the file cannot be read rollouts/b.jsonl',
  ])
  expect(wrapper.text()).toContain('what they changed is in the journal')
  expect(wrapper.text()).toContain('Help > Show Log File')
})
