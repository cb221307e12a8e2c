import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import WeekControl from '@/components/form/WeekControl.vue'

it('hours over midnight are split over two days with one button', async () => {
  const field = { kind: 'week', key: 'hours', label: 'Office hours' } as const
  const control = mount(WeekControl, {
    props: {
      ...{ field, id: 'hours', invalid: false, describedBy: '', disabled: false },
      modelValue: { monday: { enabled: true, ranges: [{ from: '22:00', to: '06:00' }] } },
    },
  })
  expect(control.get('[data-day=monday] .problem').text()).toBe('22:00 is not before 06:00')
  const button = control.findAll('button').find((each) => each.text().startsWith('End at'))
  expect(button?.text()).toBe('End at 23:59, continue on Tuesday until 06:00')
  await button?.trigger('click')
  expect(control.emitted('update:modelValue')).toEqual([
    [
      {
        monday: { enabled: true, ranges: [{ from: '22:00', to: '23:59' }] },
        tuesday: { enabled: true, ranges: [{ from: '00:00', to: '06:00' }] },
      },
    ],
  ])
})
