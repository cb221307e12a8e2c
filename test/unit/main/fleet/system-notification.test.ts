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

it('a notification replaces the one before, and a click on it opens the alerts', () => {
  notifications.isSupported = true
  const clicks: string[] = []
  showNotification({ title: 'One', body: 'a' }, () => void clicks.push('one'))
  showNotification({ title: 'Two', body: 'b' }, () => void clicks.push('two'))
  expect(asked).toEqual(['notify One: a', 'close One', 'notify Two: b'])
  notifications.click()
  expect(clicks).toEqual(['two'])
})
