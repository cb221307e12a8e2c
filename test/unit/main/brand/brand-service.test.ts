import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobState } from '@shared/domain/job'
import { emptyServerDraft, type ServerRecord } from '@shared/domain/server'
import { startPracticePbx, type PracticePbx } from '@demo/practice-pbx'
import { BrandService, brandStore } from '@main/services/brand/brand-service'
import { Jobs } from '@main/services/jobs'
import { writerOf } from '@test/fakes/writer'
import { confirmed, received, refusal, signIn } from '../ip-rules/practice'

const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), randomBytes(700_000)])
let folder: string
let pbx: PracticePbx
let dispose: () => void

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fleet-brand-'))
  pbx = await startPracticePbx({ rules: 0, tenants: 1 })
})
afterEach(async () => {
  dispose()
  await pbx.close()
  await rm(folder, { recursive: true, force: true })
})

async function start(values: Partial<ServerRecord> = {}, onProgress: (job: JobState) => void = () => undefined) {
  const signed = await signIn(pbx)
  dispose = signed.dispose
  const server = {
    ...emptyServerDraft,
    id: randomUUID(),
    activeAddress: 'first',
    name: 'A',
    address: pbx.url,
    ...values,
  }
  const ended = new Map<string, (job: JobState) => void>()
  const jobs = new Jobs((job) => {
    onProgress(job)
    if (job.state !== 'running') ended.get(job.id)?.(job)
  })
  const store = brandStore(join(folder, 'brand.json'))
  const record = () => server as ServerRecord
  const deps = { writer: writerOf(signed.client, record), servers: { record }, jobs, store }
  const service = new BrandService(deps)
  const send = (order: Partial<Parameters<BrandService['send']>[0]>): Promise<JobState> =>
    new Promise((resolve, reject) => {
      const request = { serverId: server.id, confirmation: confirmed, values: {}, images: {}, ...order }
      service.send(request).then(({ jobId }) => {
        const job = jobs.list().find(({ id, state }) => id === jobId && state !== 'running')
        if (job === undefined) ended.set(jobId, resolve)
        else resolve(job)
      }, reject)
    })
  return { service, send, jobs, serverId: server.id }
}

async function file(name: string, bytes: Buffer | string): Promise<string> {
  await writeFile(join(folder, name), bytes)
  return join(folder, name)
}

describe('an image', () => {
  it.each([
    ['logo.png', png, 'image/png'],
    ['logo.txt', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['a.gif', Buffer.from('GIF89a'), 'image/gif'],
    ['favicon.ico', Buffer.from([0, 0, 1, 0, 1]), 'image/x-icon'],
  ])('%s is recognized by its first bytes', async (name, bytes, type) => {
    const { service } = await start()
    const image = await service.addImage(await file(name, bytes))
    expect(image).toMatchObject({ name, type, size: bytes.length })
    expect(image).not.toHaveProperty('bytes')
  })

  it.each([
    ['logo.svg', '<?xml version="1.0"?>\n<!-- x --><svg onload="alert(1)"/>', 'is an SVG'],
    ['logo.png', 'GET me', 'not a supported image'],
    ['empty.png', '', 'not a supported image'],
    ['huge.png', Buffer.concat([png, randomBytes(2 * 1024 * 1024)]), 'MB'],
  ])('%s is refused with its reason', async (name, bytes, reason) => {
    const { service } = await start()
    expect((await refusal(service.addImage(await file(name, bytes)))).message).toContain(reason)
  })
})

describe('sending', () => {
  it('uploads chunks, sets the completed fields, and stores the sent values across restarts', async () => {
    const { service, send, serverId } = await start()
    const logo = await service.addImage(await file('logo.png', png))
    const values = { title: 'Acme', theme: 'GREEN', website: '', forum: null }
    expect((await send({ values, images: { logo: logo.id } })).state).toBe('done')
    expect(received(pbx, 'POST', /append$/)).toHaveLength(3)
    expect(received(pbx, 'POST', /^\/blobs\/uploads$/)[0]?.query).toEqual({ filename: 'logo.png' })
    expect(received(pbx, 'POST', /complete$/)[0]?.query).toEqual({ digest: logo.digest })
    const { id } = received(pbx, 'POST', /complete$/)[0]!.answer as { id: string }
    expect(received(pbx, 'POST', /^\/brand$/)[0]?.body).toEqual({ title: 'Acme', theme: 'GREEN', logo: id })
    expect((await send({ values: { copyright: 'Me' } })).state).toBe('done')
    const stored = brandStore(join(folder, 'brand.json')).value.sent
    expect(stored).toEqual([service.last(serverId)])
    expect(stored[0]).toMatchObject({
      answered: true,
      values: { title: 'Acme', theme: 'GREEN', copyright: 'Me' },
      images: { logo: { digest: logo.digest, name: 'logo.png' } },
    })
    await service.forget([serverId])
    expect(service.last(serverId)).toBeUndefined()
  })

  it('that is canceled destroys the upload and sets nothing', async () => {
    const { service, send, jobs, serverId } = await start({}, (job) => {
      if (job.state === 'running' && job.done > 0) jobs.cancel(job.id)
    })
    const logo = await service.addImage(await file('logo.png', png))
    // Progress is reported up to ten times a second, so the chunks must take longer.
    await pbx.setFaults({ latencyMs: 150 })
    expect((await send({ values: { title: 'Acme' }, images: { logo: logo.id } })).state).toBe('cancelled')
    expect(received(pbx, 'POST', /destroy$/).map(({ status }) => status)).toEqual([204])
    expect(pbx.unfinishedUploads()).toBe(0)
    expect(received(pbx, 'POST', /^\/brand$/)).toEqual([])
    expect(service.last(serverId)).toBeUndefined()
  })

  it('without a response is unknown, and the sent values are stored as unanswered', async () => {
    const { service, send, serverId } = await start()
    await pbx.setFaults({ status: 500, dropAfterReceive: true, onlyPath: 'POST /brand', times: 1 })
    const job = await send({ values: { title: 'Acme' } })
    expect(job.error?.code).toBe('unknown-outcome')
    expect(service.last(serverId)).toMatchObject({ answered: false, values: { title: 'Acme' } })
  })

  it.each([
    [{ title: '' }, {}, 'rejected'],
    [{ bottom_text: 'x'.repeat(257) }, {}, 'rejected'],
    [{ theme: 'PINK' }, {}, 'rejected'],
    [{ html: 'x' }, {}, 'rejected'],
    [{}, { logo: 'gone' }, 'not-found'],
  ])('%j %j is refused before anything is sent', async (values, images, code) => {
    const { send } = await start()
    expect((await refusal(send({ values, images }))).code).toBe(code)
    expect(received(pbx, 'POST', /brand|blobs/)).toEqual([])
  })

  it('is confirmed according to the protection level', async () => {
    const { send } = await start({ protection: 'read-only' })
    expect((await refusal(send({ values: { title: 'Acme' } }))).code).toBe('read-only')
  })
})
