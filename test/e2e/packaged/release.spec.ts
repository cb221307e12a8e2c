import { readdir, readFile, readlink } from 'node:fs/promises'
import { createConnection, createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect } from 'playwright/test'
import { test } from '../desktop'
import { executableIn, releaseFolder, smokeFolder, withProgram } from './program'

const executable = executableIn(releaseFolder)
const asar = (folder: string): string => join(folder, 'resources', 'app.asar')

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
  const resources = await readdir(join(releaseFolder, 'resources'))
  expect(resources.filter((name) => name.startsWith('app') || name.startsWith('default'))).toEqual([
    'app.asar',
    'app.asar.unpacked',
  ])
  const files = listPackage(asar(releaseFolder), { isPack: false })
  expect(files).toContain('/out/main/index.js')
  expect(files.filter((file) => /^\/(src|test|build|docs|\.)|\.map$|\/cli\.js$/.test(file))).toEqual([])
})

test('the program of the smoke test is the release, apart from what it states about itself', () => {
  const manifest = (folder: string): Record<string, unknown> =>
    JSON.parse(extractFile(asar(folder), 'package.json').toString()) as Record<string, unknown>
  expect(listPackage(asar(smokeFolder), { isPack: false })).toEqual(listPackage(asar(releaseFolder), { isPack: false }))
  expect(manifest(smokeFolder)).toEqual({ ...manifest(releaseFolder), smokeTest: true })
  expect(manifest(releaseFolder)).not.toHaveProperty('smokeTest')
})

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

test('a release that is asked for a debugging port ends with an error and never opens it', async () => {
  const port = await freePort()
  for (const argument of [`--remote-debugging-port=${port}`, `-remote-debugging-port=${port}`, `--inspect=${port}`])
    await withProgram(executable, { args: [argument] }, async ({ child, ended, stderr }) => {
      const seen: boolean[] = []
      while (child.exitCode === null && child.signalCode === null) seen.push(await isOpen(port))
      expect(await ended).toBe(1)
      expect(stderr()).toContain(`PBX Fleet does not accept ${argument.replace(/^-+/, '--').replace(/=.*/, '')}.`)
      expect(seen).not.toContain(true)
    })
})

test('a release that is asked for a debugging pipe ends with an error and answers nothing', async () => {
  const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const
  await withProgram(executable, { args: ['--remote-debugging-pipe'], stdio: [...stdio] }, async (running) => {
    const [commands, replies] = [running.child.stdio[3], running.child.stdio[4]]
    let reply = ''
    replies?.on('data', (chunk: Buffer) => (reply += chunk.toString()))
    commands?.on('error', () => undefined)
    if (commands && 'write' in commands) commands.write('{"id":1,"method":"Browser.getVersion"}\0')
    expect(await running.ended).toBe(1)
    expect(running.stderr()).toContain('PBX Fleet does not accept --remote-debugging-pipe.')
    expect(reply).toBe('')
  })
})

test('a release refuses every other switch that would weaken or record it', async () => {
  const args = [
    '--proxy-server=http://127.0.0.1:9',
    '--ignore-certificate-errors',
    '--disable-web-security',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--log-net-log=net-log.json',
    '--js-flags=--expose-gc',
    '--user-data-dir=elsewhere',
    '--load-extension=extension',
    '--renderer-cmd-prefix=false',
  ]
  for (const argument of args)
    await withProgram(executable, { args: [argument] }, async ({ ended, stderr }) => {
      expect(await ended).toBe(1)
      expect(stderr()).toContain(`PBX Fleet does not accept ${argument.replace(/=.*/, '')}.`)
    })
})

/** The sockets on which a process accepts connections, by their inodes. */
async function listening(pid: number): Promise<readonly string[]> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/${pid}/net/${name}`, 'utf8')))
  return tables.flatMap((table) =>
    table
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .flatMap(([, , , state, , , , , , inode = '']) => (state === '0A' ? [inode] : [])),
  )
}

async function openSockets(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`
  const targets = await Promise.all((await readdir(folder)).map((fd) => readlink(join(folder, fd)).catch(() => '')))
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [])
}

test('a release starts with the switches that it accepts and listens on no port', () =>
  withProgram(executable, { args: ['--lang=de', '--disable-gpu'] }, async ({ child, config, ended, stderr }) => {
    const pid = child.pid ?? 0
    await expect.poll(() => readdir(join(config, 'PBX Fleet')).catch(() => [])).toContain('Session Storage')
    const listens = new Set(await listening(pid))
    expect((await openSockets(pid)).filter((inode) => listens.has(inode))).toEqual([])
    child.kill('SIGTERM')
    await ended
    expect(stderr()).not.toMatch(/listening/i)
  }))

test('the signal that opens the inspector of Node opens none in a release', () =>
  withProgram(executable, {}, async ({ child, config, ended, stderr }) => {
    await expect.poll(() => readdir(join(config, 'PBX Fleet')).catch(() => [])).toContain('SingletonLock')
    child.kill('SIGUSR1')
    child.kill('SIGTERM')
    await ended
    expect(stderr()).not.toMatch(/debugger listening/i)
  }))
