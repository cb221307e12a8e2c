import { beforeEach, expect, it, vi } from 'vitest'
import { showNotification } from '@main/system-notification'
import { asked, notifications } from '@test/fakes/electron'

vi.mock('electron', () => import('@test/fakes/electron'))

beforeEach(() => {
  asked.splice(0)
  notifications.isSupported = false
})

it('where the system has no notifications, nothing is shown and nothing fails', () => {
  showNotification({ title: 'One', body: 'a' }, () => undefined)
  expect(asked).toEqual([])
})

it('a click on a notification opens the alerts; of many, the oldest is closed', () => {
  notifications.isSupported = true
  const clicks: string[] = []
  for (let at = 1; at <= 11; at++) showNotification({ title: `${at}`, body: 'a' }, () => void clicks.push(`${at}`))
  expect([asked[0], asked.slice(9)]).toEqual(['notify 1: a', ['notify 10: a', 'notify 11: a', 'close 1']])
  notifications.click()
  expect(clicks).toEqual(['11'])
})
