import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { expect, it, vi } from 'vitest'
import type { SystemStatus } from '@shared/domain/system-status'
import SidePanel from '@/components/form/SidePanel.vue'
import AddressesCard from '@/features/overview/AddressesCard.vue'
import CallsCard from '@/features/overview/CallsCard.vue'
import CountsCard from '@/features/overview/CountsCard.vue'
import LicenseCard from '@/features/overview/LicenseCard.vue'
import UsageBar from '@/features/overview/UsageBar.vue'

/** With the separators of any locale. */
const digits = /^1[\d\p{Z}.,’']{300,}/u
const status = {
  current_tenants: 1e308,
  licensed_users: 1e308,
  max_concurrent_calls: 1e308,
  version: '1'.repeat(500),
} as unknown as SystemStatus

const long = `${'x'.repeat(5000)}\u202e`

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

it('a panel named after a text of any length has a heading of a few lines', () => {
  const title = `Edit rule ${'x'.repeat(5000)}`
  const wrapper = mount(SidePanel, { props: { title, step: '' } })
  expect(wrapper.get('h2').classes()).toContain('few-lines')
  wrapper.unmount()
})

it('the calls of a day that no number can be in sum are not called infinite, and their text has a few lines', async () => {
  vi.stubGlobal('fleet', {
    call: new Proxy({}, { get: () => () => new Promise(() => undefined) }),
    on: new Proxy({}, { get: () => () => () => undefined }),
  })
  const calls = ['2026-11-28T06:00:00Z', '2026-11-28T07:00:00Z'].map((time) => ({ time, count: 1.5e308 }))
  const wrapper = mount(CallsCard, { props: { calls }, global: { plugins: [createPinia()], stubs: { Bar: true } } })
  const summary = wrapper.get('p')
  expect(summary.text()).toMatch(/^Busiest at .* with 15[\d\p{Z}.,’']{300,}\.$/u)
  expect(summary.classes()).toContain('few-lines')
  expect(summary.attributes('title')).toBe(summary.text())
  await wrapper.get('button').trigger('click')
  for (const cell of wrapper.findAll('td.numeric')) {
    expect(cell.classes()).toContain('ellipsis')
    expect(cell.attributes('title')).toMatch(/^15[\d\p{Z}.,’']{300,}$/u)
  }
  wrapper.unmount()
})

it.each([
  ['an address', () => mount(AddressesCard, { props: { info: { web_domain: long, public_ipv4: long } } })],
  [
    'the version and the license',
    () => mount(LicenseCard, { props: { status: { ...status, version: long, license_type: long } } }),
  ],
])('%s of any length has a few lines, with the whole in the tooltip', (_, mounted) => {
  const values = mounted()
    .findAll('dd')
    .filter((value) => value.text().startsWith('xx'))
  expect(values.length).toBe(2)
  for (const value of values) {
    expect(value.classes()).toContain('few-lines')
    expect(value.attributes('title')).toBe(`${long.slice(0, -1)}⟨U+202E⟩`)
  }
})

it.each([
  [1, '1 day left'],
  [12, '12 days left'],
  [-1, 'expired 1 day ago'],
])('a maintenance with %s days says: %s', (days, text) => {
  const end = new Date(Date.now() + (days + 0.5) * 86_400_000).toISOString()
  const wrapper = mount(LicenseCard, { props: { status: { ...status, maintenance_expires_at: end } } })
  expect(wrapper.get('.left').text()).toBe(text)
  wrapper.unmount()
})
