import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'playwright/test'
import { defaultSettings } from '@shared/domain/default-settings'
import type { SettingsPatch } from '@shared/domain/settings'
import type { ServerDraft, ServerRecord } from '@shared/domain/server'
import { FleetApp } from './fleet-app'
import { restoreSize } from './layout'
import { libraryOf, profileWith, serverRecord } from './workspaces'

const { version: _, ...changeable } = defaultSettings
const freshSettings: SettingsPatch = changeable

/** Work that needs no page, such as signing in; the page that then loads finds it done. */
export type BeforePage = (fleet: FleetApp) => Promise<void>

/** A server that was trusted on another computer has its certificate. */
export type NewServer = ServerDraft & Pick<ServerRecord, 'pin'>

/** Adds the servers in their order. Those with a certificate come in the file of another installation. */
async function add(fleet: FleetApp, servers: readonly NewServer[]): Promise<void> {
  if (servers.every(({ pin }) => pin === undefined)) {
    for (const draft of servers) await fleet.call('workspace:add', { draft })
    return
  }
  const file = join(fleet.profile, 'servers.json')
  const content = { format: 'pbx-fleet-workspace', version: 1, exportedAt: new Date().toISOString() }
  await writeFile(file, JSON.stringify({ ...content, servers: servers.map(serverRecord) }))
  await fleet.answerDialogs([file])
  const { added } = await fleet.call('workspace:import', {})
  if (added !== servers.length) throw new Error(`${added} of ${servers.length} servers were added`)
  await rm(file)
}

/** Cancels rollouts that are applied or wait. */
async function cancelRollouts(fleet: FleetApp): Promise<void> {
  for (const { id: rolloutId } of await fleet.call('rollouts:active', {}))
    await fleet.call('rollouts:cancel', { rolloutId })
}

/** Waits for plans and rollouts that are canceled, and deletes their files, from which all but the plans of this run are listed. */
async function removePlans(fleet: FleetApp): Promise<void> {
  const active = async (): Promise<readonly string[]> => {
    const lists = [await fleet.call('rollouts:active', {}), await fleet.call('plans:active', {})]
    return lists.flat().map(({ title }) => title)
  }
  await expect.poll(active).toEqual([])
  for (const folder of ['rollouts', 'plans'])
    await rm(join(fleet.profile, folder), { recursive: true, force: true, maxRetries: 5 })
}

/** Deletes what was saved beside the files of the app, which are JSON or have no extension. */
async function removeSavedFiles(profile: string): Promise<void> {
  for (const entry of await readdir(profile, { withFileTypes: true }))
    if (entry.isFile() && /\.(?!json$|bak$)[a-z]+$/iu.test(entry.name)) await rm(join(profile, entry.name))
}

/** Deletes all exports; a library that a test selected elsewhere is left. */
async function emptyLibrary(fleet: FleetApp): Promise<void> {
  const library = libraryOf(fleet.profile)
  await rm(library, { recursive: true, force: true })
  await mkdir(library)
  if ((await fleet.call('library:get', {})).folder === library) return
  await fleet.answerDialogs([library])
  await fleet.call('library:choose', {})
}

/** Takes out everything that a person can have put into the app. */
async function empty(fleet: FleetApp): Promise<void> {
  const { app, page, profile, dialogsFile } = fleet
  await cancelRollouts(fleet)
  const serverIds = (await fleet.call('workspace:get', {})).servers.map(({ id }) => id)
  if (serverIds.length > 0) await fleet.call('workspace:remove', { serverIds })
  await removePlans(fleet)
  for (const { id, builtIn } of await fleet.call('templates:list', {}))
    if (!builtIn) await fleet.call('templates:remove', { id })
  await fleet.call('settings:patch', freshSettings)
  await app.evaluate(({ nativeTheme }) => (nativeTheme.themeSource = 'system'))
  await page.evaluate(() => {
    localStorage.clear()
    // The router is not asked: a form with changes would hold it back.
    history.replaceState(null, '', '#/')
  })
  await emptyLibrary(fleet)
  await rm(dialogsFile, { force: true })
  await removeSavedFiles(profile)
}

/**
 * One running app for tests that ask nothing special of its start: each finds it as after a start on a fresh profile. A start is half of what such
 * a test costs.
 */
export class KeptApp {
  private fleet: FleetApp | undefined
  private lent = false

  /** The app with these servers; undefined while another test has it. `before` runs before its page loads, or loads again. */
  async lend(servers: readonly NewServer[], before?: BeforePage): Promise<FleetApp | undefined> {
    if (this.lent) return undefined
    this.lent = true
    if (this.fleet === undefined) {
      const profile = await profileWith(servers.map(serverRecord))
      this.fleet = await FleetApp.launch({ profile })
      if (before === undefined) return this.fleet
    } else {
      await add(this.fleet, servers)
    }
    await before?.(this.fleet)
    await this.fleet.reload()
    return this.fleet
  }

  /** Empties it for the next one. One that was ended or whose page died is not kept. Fails when a planted secret was printed. */
  async takeBack(): Promise<void> {
    if (this.fleet === undefined || !this.lent) return
    this.lent = false
    if (!this.fleet.isUsable) return this.end()
    await restoreSize(this.fleet.page)
    await this.fleet.page.emulateMedia({ forcedColors: null, colorScheme: null })
    await empty(this.fleet)
    await this.fleet.forgetPrinted()
  }

  async end(): Promise<void> {
    const { fleet } = this
    this.fleet = undefined
    await fleet?.dispose()
  }
}
