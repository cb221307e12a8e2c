import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { SystemStatus } from '@shared/domain/system-status'
import SidePanel from '@/components/form/SidePanel.vue'
import CountsCard from '@/features/overview/CountsCard.vue'
import LicenseCard from '@/features/overview/LicenseCard.vue'
import UsageBar from '@/features/overview/UsageBar.vue'

const digits = /^1[\d,]{300,}/
const status = {
  current_tenants: 1e308,
  licensed_users: 1e308,
  max_concurrent_calls: 1e308,
  version: '1'.repeat(500),
} as unknown as SystemStatus

it.each([
  ['a count', () => mount(CountsCard, { props: { status } })],
  ['what is licensed', () => mount(LicenseCard, { props: { status } })],
  ['a usage', () => mount(UsageBar, { props: { label: 'Users', used: 1e308, limit: 1e308 } })],
])('%s with hundreds of digits is clipped in its place, with the whole number in the tooltip', (_, mounted) => {
  const wrapper = mounted()
  const long = wrapper
    .findAll('.numeric')
    .filter((element) => digits.test(element.text()) && !element.classes('any-text'))
  expect(long.length).toBeGreaterThan(0)
  for (const element of long) {
    expect(element.classes()).toContain('ellipsis')
    expect(element.attributes('title')).toMatch(digits)
  }
})

it('a panel named after a text of any length has a heading of a few lines, with the whole in the tooltip', () => {
  const title = `Edit rule ${'x'.repeat(5000)}`
  const wrapper = mount(SidePanel, { props: { title, step: '' } })
  expect(wrapper.get('h2').classes()).toContain('few-lines')
  expect(wrapper.get('h2').attributes('title')).toBe(title)
  wrapper.unmount()
})
