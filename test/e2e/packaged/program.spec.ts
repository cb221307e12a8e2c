import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect } from 'playwright/test'
import { test } from '../desktop'
import { executable, programFolder, startPackaged } from './program'

/** A fuse is a character in the executable. */
const off = '0'.charCodeAt(0)
const on = '1'.charCodeAt(0)

const wanted = {
  [FuseV1Options.RunAsNode]: off,
  [FuseV1Options.EnableCookieEncryption]: on,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
  [FuseV1Options.EnableNodeCliInspectArguments]: off,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
  [FuseV1Options.OnlyLoadAppFromAsar]: on,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
}

test('the fuses are set as wanted', async () => {
  expect(await getCurrentFuseWire(executable)).toMatchObject(wanted)
})

test('the app ships as one asar, without the sources and the development entry', async () => {
  const resources = await readdir(join(programFolder, 'resources'))
  expect(resources.filter((name) => name.startsWith('app') || name.startsWith('default'))).toEqual([
    'app.asar',
    'app.asar.unpacked',
  ])
  const files = listPackage(join(programFolder, 'resources', 'app.asar'), { isPack: false })
  expect(files).toContain('/out/main/index.js')
  expect(files.filter((file) => /^\/(src|test|build|docs|\.)|\.map$|\/cli\.js$/.test(file))).toEqual([])
})

test('the window opens and becomes usable', async () => {
  const program = await startPackaged()
  try {
    await expect(program.page.locator('html')).toHaveAttribute('data-app-state', 'ready', { timeout: 30_000 })
    await expect(program.page).toHaveTitle(/PBX Fleet/)
    expect(new URL(program.page.url()).protocol).toBe('app:')
  } finally {
    await program.close()
  }
})

test('switches that are for tests are not honoured', async () => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'pbx-fleet-elsewhere-'))
  const program = await startPackaged({ PBX_FLEET_PROFILE: elsewhere, ELECTRON_RENDERER_URL: 'http://127.0.0.1:9/' })
  try {
    await expect(program.page.locator('html')).toHaveAttribute('data-app-state', 'ready', { timeout: 30_000 })
    expect(program.page.url()).toMatch(/^app:/)
    expect(await readdir(elsewhere)).toEqual([])
  } finally {
    await program.close()
    await rm(elsewhere, { recursive: true, force: true })
  }
})
