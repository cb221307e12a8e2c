import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fixtures'
import { ExportsPage } from '../pages/exports'
import { IpRulesPage } from '../pages/ip-rules'
import { SessionPage } from '../pages/session'
import { filesHolding } from '../secret-search'
import { secretMark } from '../secrets'
import { libraryOf, profileWith, serverRecord } from '../workspaces'
import { open } from '../servers'

/** Tokens that a practice server handed out, as it recorded its answers. */
const tokensIn = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        /token$/.test(key) && typeof inner === 'string' && inner.length > 12 ? [inner] : tokensIn(inner),
      )

test('no password, code or token is anywhere after a whole journey but in the keychain', async ({
  launch,
  startPbx,
}) => {
  const pbx = await startPbx({ otp: true, rules: 30 })
  // Its main process is altered below.
  const acme = serverRecord({ name: 'Acme', address: pbx.url, username: 'admin', protection: 'open' })
  const fleet = await launch({ profile: await profileWith([acme]) })
  const { page } = fleet
  // All that main sends, events and answers, is written down where Electron hands it to the window.
  await fleet.app.evaluate(({ BrowserWindow, ipcMain }) => {
    const sent: string[] = []
    Object.assign(globalThis, { sentToWindow: sent })
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents === undefined) throw new Error('There is no window')
    const send = contents.send.bind(contents)
    contents.send = (channel: string, ...args: unknown[]) => {
      sent.push(`${channel} ${JSON.stringify(args)}`)
      send(channel, ...args)
    }
    type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown
    const { _invokeHandlers: handlers } = ipcMain as unknown as { _invokeHandlers: Map<string, Handler> }
    for (const [channel, handler] of handlers)
      handlers.set(channel, async (event, ...args) => {
        const reply: unknown = await handler(event, ...args)
        sent.push(`${channel} ${JSON.stringify(reply)}`)
        return reply
      })
  })
  const session = new SessionPage(page)
  await open(fleet)
  await session.trust()
  await session.signIn(`wrong-${secretMark}`)
  await expect(session.gate('needs-password').getByText('1 failed sign-in.')).toBeVisible()
  await session.signIn()
  const otp = session.gate('needs-otp')
  await otp.waitFor()
  await otp.getByRole('textbox', { name: 'Code' }).fill(pbx.otpCode())
  await otp.getByRole('button', { name: 'Sign in' }).click()
  await expect(session.overview).toBeVisible()
  const code = pbx.otpCode()
  await pbx.setFaults({ expireTokens: true })
  const rules = new IpRulesPage(page)
  await rules.open()
  await new ExportsPage(page).export('CSV')
  await expect.poll(() => readdir(libraryOf(fleet.profile))).toContainEqual(expect.stringMatching(/^[^.].*\.csv$/))
  await pbx.setFaults({ status: 500 })
  await rules.search('x')
  await expect(rules.root.getByRole('alert').first()).toBeVisible()
  await pbx.clearFaults()

  const tokens = pbx.requests.flatMap(({ answer }) => tokensIn(answer))
  expect(tokens.length).toBeGreaterThan(2)
  const secrets = [secretMark, ...tokens]
  const secretsIn = (text: string): readonly string[] => secrets.filter((secret) => text.includes(secret))
  const { sent, title, clipboard } = await fleet.app.evaluate(async ({ BrowserWindow, clipboard: board }) => ({
    sent: (globalThis as unknown as { sentToWindow: string[] }).sentToWindow,
    title: BrowserWindow.getAllWindows()[0]?.getTitle() ?? '',
    clipboard: await board.readText(),
  }))
  expect(sent.length).toBeGreaterThan(10)
  const inPage = await page.evaluate((): string[] => [
    document.documentElement.outerHTML,
    ...Array.from(document.querySelectorAll('input'), ({ value }): string => value),
    ...[localStorage, sessionStorage].map((storage): string => JSON.stringify({ ...storage })),
  ])
  for (const text of [...sent, title, clipboard, ...inPage, ...fleet.output, await fleet.log()])
    expect(secretsIn(text)).toEqual([])
  expect(await fleet.log()).not.toContain(code)

  // A crash leaves no dump, which would hold the memory of the window.
  const dumps = await fleet.app.evaluate(({ app }) => app.getPath('crashDumps'))
  expect(dumps.startsWith(fleet.profile)).toBe(true)
  await fleet.answerDialogs([0])
  await fleet.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    if (contents) process.kill(contents.getOSProcessId(), 'SIGSEGV')
  })
  await expect.poll(() => fleet.log()).toContain('The window stopped working')
  await fleet.stop()
  expect(
    (await readdir(fleet.profile, { recursive: true })).filter((name) => /\.dmp$|(^|\/)core(\.\d+)?$/.test(name)),
  ).toEqual([])
  expect(await filesHolding(fleet.profile, secrets)).toEqual([])
  // The search finds what is there.
  await writeFile(join(fleet.profile, 'planted.txt'), `x${tokens[0] ?? ''}x`)
  expect(await filesHolding(fleet.profile, secrets)).toHaveLength(1)
})
