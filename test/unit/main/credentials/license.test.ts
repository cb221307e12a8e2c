import { afterEach, describe, expect, it } from 'vitest'
import { keyEnd } from '@shared/domain/license'
import { failureOf } from '../session/harness'
import { acknowledged, startCredentials, type Started } from './harness'

const running: Started[] = []
afterEach(() => Promise.all(running.splice(0).map((one) => one.close())))
const start = async (...args: Parameters<typeof startCredentials>): Promise<Started> => {
  const started = await startCredentials(...args)
  running.push(started)
  return started
}

const key = '11AA22BB-33CC-44DD-55EE'

describe('the visible end of a key', () => {
  it.each([
    [key, '55EE'],
    ['********-****-****-7B41', '7B41'],
    ['1234567890ABCDEF', 'CDEF'],
    ['AAAA-1234567890', '7890'],
    ['1234567', ''],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%s: %s', (whole, end) => {
    expect(keyEnd(whole)).toBe(end)
  })
})

describe('a license', () => {
  it('is shown with its usage, and without its key', async () => {
    const { id, license } = await start()
    const view = await license.get(id)
    expect(view).toMatchObject({ keyEnd: '7B41', maxCalls: 400, use: { licensed_users: 1000 } })
    expect(JSON.stringify(view)).not.toContain('****')
  })

  it('is activated, and the new key shows when it is read again', async () => {
    const { pbx, id, license } = await start()
    const sent = await license.activate({ serverId: id, key, confirmation: acknowledged })
    expect(sent).toEqual({ keyEnd: '55EE', answered: true, waitSeconds: 10 })
    expect(await license.get(id)).toMatchObject({ keyEnd: '55EE' })
    expect(pbx.requests.find(({ path, method }) => path === '/license' && method === 'POST')?.body).toEqual({
      license_key: key,
    })
  })

  it('becomes active after a while', async () => {
    const { pbx, id, license } = await start({ licenseSeconds: 2 })
    await license.activate({ serverId: id, key, confirmation: acknowledged })
    expect(await license.get(id)).toMatchObject({ keyEnd: '7B41' })
    pbx.advanceClock(2)
    expect(await license.get(id)).toMatchObject({ keyEnd: '55EE' })
  })

  it('is not sent without the confirmation', async () => {
    const { pbx, id, license } = await start()
    const refused = license.activate({ serverId: id, key, confirmation: { ...acknowledged, acknowledged: false } })
    expect(await failureOf(refused)).toMatchObject({ code: 'confirmation-required' })
    expect(pbx.requests.some(({ path, method }) => path === '/license' && method === 'POST')).toBe(false)
  })

  it('that is malformed is refused by the PBX, and no error repeats the key', async () => {
    const { id, license } = await start()
    const detail = await failureOf(
      license.activate({ serverId: id, key: 'not-a-key-at-all', confirmation: acknowledged }),
    )
    expect(detail).toMatchObject({ code: 'rejected', fields: [{ path: 'license_key' }] })
    expect(JSON.stringify(detail)).not.toContain('not-a-key')
  })

  it('without a response may be active anyway', async () => {
    const { pbx, id, license } = await start()
    await pbx.setFaults({ dropAfterReceive: true, onlyPath: 'POST /license', times: 1 })
    expect(await license.activate({ serverId: id, key, confirmation: acknowledged })).toMatchObject({ answered: false })
    expect(await license.get(id)).toMatchObject({ keyEnd: '55EE' })
  })
})
