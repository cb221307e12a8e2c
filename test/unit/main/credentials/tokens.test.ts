import { afterEach, describe, expect, it } from 'vitest'
import { tokenOwners } from '@shared/domain/server-token'
import { failureOf } from '../session/harness'
import { acknowledged, named, startCredentials, type Started } from './harness'

const running: Started[] = []
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())))
const start = async (...args: Parameters<typeof startCredentials>): Promise<Started> => {
  const started = await startCredentials(...args)
  running.push(started)
  return started
}
const sent = ({ pbx }: Started): readonly string[] =>
  pbx.requests.filter(({ method, path }) => method === 'POST' && path.includes('/token')).map(({ path }) => path)

describe.each(tokenOwners)('the token of the %s', (owner) => {
  it('crosses only on request, and is not in the log', async () => {
    const { pbx, id, tokens, log } = await start()
    expect(await tokens.state({ serverId: id, owner })).toEqual({ present: true })
    expect(log).toEqual([])
    const token = pbx.tokenOf(owner) ?? ''
    expect(await tokens.reveal({ serverId: id, owner })).toEqual({ token, seconds: 30 })
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(/was shown$/)
    expect(log.join()).not.toContain(token)
  })

  it('is copied in main, and removed from the clipboard after a minute', async () => {
    const { pbx, id, tokens, clipboard, timing } = await start()
    expect(await tokens.copy({ serverId: id, owner })).toEqual({ seconds: 60 })
    expect(clipboard.text).toBe(pbx.tokenOf(owner))
    timing.advance(59_999)
    await Promise.resolve()
    expect(clipboard.text).toBe(pbx.tokenOf(owner))
    timing.advance(1)
    await expect.poll(() => clipboard.text).toBe('')
  })

  it('is regenerated and destroyed, and the result is read back', async () => {
    const { pbx, id, tokens } = await start()
    const at = { serverId: id, owner, confirmation: named }
    const before = pbx.tokenOf(owner)
    expect(await tokens.regenerate(at)).toEqual({ present: true })
    expect(pbx.tokenOf(owner)).not.toBe(before)
    expect(await tokens.destroy(at)).toEqual({ present: false })
    expect(pbx.tokenOf(owner)).toBeNull()
    expect(await tokens.state(at)).toEqual({ present: false })
    expect(await failureOf(tokens.reveal(at))).toMatchObject({ code: 'not-found' })
    expect(await failureOf(tokens.copy(at))).toMatchObject({ code: 'not-found' })
  })
})

describe('changing a token', () => {
  it.each([
    ['open', { ...named, typedName: '' }, 'confirmation-required'],
    ['ask', acknowledged, 'confirmation-required'],
    ['type-name', { ...named, typedName: 'Kunde B' }, 'confirmation-required'],
    ['read-only', named, 'read-only'],
  ] as const)('requires the name of the server at the level %s, in main', async (protection, confirmation, code) => {
    const started = await start({}, { protection })
    const args = { serverId: started.id, owner: 'sbc', confirmation } as const
    expect(await failureOf(started.tokens.regenerate(args))).toMatchObject({ code })
    expect(await failureOf(started.tokens.destroy(args))).toMatchObject({ code })
    expect(sent(started)).toEqual([])
  })

  it('without a response is not sent again but settled by reading', async () => {
    const started = await start()
    const { pbx, id, tokens } = started
    const before = pbx.tokenOf('sbc')
    await pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /sbc/token', times: 1 })
    expect(await tokens.regenerate({ serverId: id, owner: 'sbc', confirmation: named })).toEqual({ present: true })
    expect(pbx.tokenOf('sbc')).not.toBe(before)
    expect(sent(started)).toEqual(['/sbc/token'])
  })

  it('that had no effect is reported', async () => {
    const { pbx, id, tokens } = await start()
    await pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: 'POST /im/token', times: 1 })
    expect(await failureOf(tokens.regenerate({ serverId: id, owner: 'im', confirmation: named }))).toMatchObject({
      code: 'unknown-outcome',
      message: 'The response was lost. The token has not changed.',
    })
  })
})

describe('the clipboard', () => {
  it('keeps text that was copied meanwhile', async () => {
    const { id, tokens, clipboard, timing } = await start()
    await tokens.copy({ serverId: id, owner: 'sbc' })
    clipboard.text = 'something else'
    timing.advance(60_000)
    await new Promise(setImmediate)
    expect(clipboard.text).toBe('something else')
  })

  it('restarts its time for a token that is copied again', async () => {
    const { pbx, id, tokens, clipboard, timing } = await start()
    await tokens.copy({ serverId: id, owner: 'sbc' })
    timing.advance(40_000)
    await tokens.copy({ serverId: id, owner: 'sbc' })
    timing.advance(40_000)
    await new Promise(setImmediate)
    expect(clipboard.text).toBe(pbx.tokenOf('sbc'))
  })

  it('is cleared when the app ends', async () => {
    const { id, tokens, clipboard, secrets } = await start()
    await tokens.copy({ serverId: id, owner: 'sbc' })
    await secrets.clear()
    expect(clipboard.text).toBe('')
  })
})
