import type { FleetApp } from './fleet-app'

interface ShownNote {
  readonly title: string
  readonly body: string
  emit(event: 'click'): void
}
/** In the main process of the app. */
type Main = typeof globalThis & { notes?: ShownNote[] }

/** The notifications of the system, which test machines do not have: what the app shows, and a click on the last one. */
export async function systemNotifications(fleet: FleetApp) {
  await fleet.app.evaluate(({ Notification }) => {
    const main: Main = globalThis
    main.notes = []
    Object.assign(Notification, { isSupported: () => true })
    Object.assign(Notification.prototype, {
      show(this: ShownNote) {
        main.notes?.push(this)
      },
    })
  })
  return {
    shown: () => fleet.app.evaluate(() => (globalThis as Main).notes?.map(({ title, body }) => `${title}\n${body}`)),
    click: () => fleet.app.evaluate(() => (globalThis as Main).notes?.at(-1)?.emit('click')),
  }
}
