import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { transport } from '@shared/resources/transport'
import RecordConflict from '@/features/records/RecordConflict.vue'

const before = { protocol: 'TLS', port: 5060, verification: 'NONE' }

const mountWith = (mine: object, theirs: object) =>
  mount(RecordConflict, {
    props: {
      noun: transport.singular,
      fields: transport.fields,
      before,
      mine: { ...before, ...mine },
      theirs: { ...before, ...theirs },
    },
  })

const offered = (wrapper: ReturnType<typeof mountWith>) =>
  wrapper.findAll('fieldset').map((element) => element.attributes('data-field'))

it('offers only fields that were changed here; other changes on the server are shown and kept', () => {
  const wrapper = mountWith({ port: 5070 }, { port: 5080, verification: 'PEER' })
  expect(offered(wrapper)).toEqual(['port'])
  expect(wrapper.find('fieldset').text()).toContain('5070')
  expect(wrapper.find('fieldset').text()).toContain('5080')
  expect(wrapper.findAll('[data-other]').map((element) => element.attributes('data-other'))).toEqual(['verification'])
  ;(wrapper.vm as unknown as { resolve: () => void }).resolve()
  expect(wrapper.emitted('resolve')).toEqual([[{ protocol: 'TLS', port: 5070, verification: 'PEER' }]])
})

it('uses the value on the server if it is selected', async () => {
  const wrapper = mountWith({ port: 5070 }, { port: 5080 })
  await wrapper.findAll('input')[1]?.setValue(true)
  ;(wrapper.vm as unknown as { resolve: () => void }).resolve()
  expect(wrapper.emitted('resolve')).toEqual([[{ ...before, port: 5080 }]])
})

it('shows when both now have the same values', () => {
  expect(mountWith({ port: 5070 }, { port: 5070 }).text()).toContain('Both values are now the same.')
})
