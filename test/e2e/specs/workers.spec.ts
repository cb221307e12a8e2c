import { startDesktop } from '../desktop'
import type { FleetApp } from '../fleet-app'
import { expect, test } from '../fixtures'

const copy = (fleet: FleetApp, text: string): Promise<void> =>
  fleet.app.evaluate(({ clipboard }, copied) => clipboard.writeText(copied), text)
const pasted = (fleet: FleetApp): Promise<string> => fleet.app.evaluate(({ clipboard }) => clipboard.readText())

test.skip(process.platform !== 'linux', 'One worker runs there, on the desktop of the person')

test('two test workers share neither display, clipboard, keyring nor folders', async ({ launch, desktop }) => {
  const other = await startDesktop()
  try {
    expect(Object.keys(desktop)).toEqual(expect.arrayContaining(['DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'TMPDIR']))
    expect(Object.keys(other.env)).toEqual(Object.keys(desktop))
    for (const [name, value] of Object.entries(desktop)) expect(other.env[name], name).not.toBe(value)
    const here = await launch({ alone: true })
    const there = await launch({ alone: true, env: other.env })
    await copy(here, 'of this worker')
    await copy(there, 'of another worker')
    expect(await pasted(here)).toBe('of this worker')
    expect(await pasted(there)).toBe('of another worker')
    await there.stop()
  } finally {
    await other.stop()
  }
})
