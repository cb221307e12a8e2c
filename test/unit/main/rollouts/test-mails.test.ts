import { afterEach, expect, test } from 'vitest'
import type { RecordValues } from '@shared/domain/record'
import type { TestMails } from '@shared/domain/test-mails'
import { notification } from '@shared/resources/notification'
import { updateRecord } from '@main/portsip/records'
import { TestMailStore } from '@main/services/test-mails/test-mail-store'
import { TestMailsService } from '@main/services/test-mails/test-mails-service'
import { failureOf } from '../session/harness'
import { inOneWave, RolloutsHarness } from './harness'

let on: RolloutsHarness
afterEach(() => on.close())

const path = '/admin/notification/test_email'
const mail = { recipient: 'noc@example.com', subject: 'Test', content: 'Text' }

/** The test emails of a run of the app. */
class Mails {
  readonly service: TestMailsService
  private readonly waiting = new Set<(mails: TestMails) => void>()

  constructor() {
    this.service = new TestMailsService({
      ...{ rollouts: on.rollouts, servers: on.harness.servers, writer: on.writer, now: Date.now },
      store: new TestMailStore(`${on.folder}/rollouts`),
      report: () => undefined,
      onChange: (mails) => {
        for (const onMails of this.waiting) onMails(mails)
      },
    })
  }

  until(id: string, fits: (mails: TestMails) => boolean): Promise<TestMails> {
    return new Promise((resolve, reject) => {
      const onMails = (mails: TestMails): void => {
        if (!fits(mails)) return
        this.waiting.delete(onMails)
        resolve(mails)
      }
      this.waiting.add(onMails)
      this.service.get(id).then(onMails, reject)
    })
  }

  async send(id: string, again = false): Promise<TestMails> {
    await this.service.send(id, mail, again)
    return this.until(id, ({ isSending }) => !isSending)
  }
}

/** A rollout that added a recipient to so many servers. */
async function applied(count: number): Promise<string> {
  on = await RolloutsHarness.start(count)
  const shown = await on.service.previews.preview({
    ...{ kind: 'settings', resource: 'notification', serverIds: on.ids },
    ...{ values: { recipients: 'noc2@example.com' }, lists: { recipients: 'add' } },
  })
  await on.apply(shown, inOneWave)
  await on.rolloutEnded(shown.id)
  return shown.id
}

const set = (at: number, values: RecordValues) =>
  on.harness.send(on.ids[at] ?? '', (writer) =>
    updateRecord(writer, notification, undefined, { type: 'SMTP', username: 'pbx@example.com', ...values }),
  )
const sent = () =>
  on.targets.map(({ pbx }) => pbx.requests.filter((request) => request.path === path).map(({ body }) => body))
const journaled = async () =>
  (await on.view.rows({ offset: 0, limit: 100 })).items
    .filter(({ object }) => object === 'notifications: test email')
    .map(({ server, outcome }) => `${server} ${outcome}`)
const states = ({ rows }: TestMails) => rows.map(({ server, state, message }) => [server, state, message])

test('each changed server sends one email; a refusal, a lost response and missing settings are named, and each is in the journal', async () => {
  const id = await applied(4)
  await set(1, { server: null })
  await on.pbx(2).setFaults({ status: 403, onlyPath: `POST ${path}` })
  await on.pbx(3).setFaults({ dropAfterReceive: true, times: 1, onlyPath: `POST ${path}` })
  const mails = new Mails()
  expect(states(await mails.service.get(id))).toEqual(on.ids.map((_, at) => [`PBX ${at}`, undefined, '']))
  expect(states(await mails.send(id))).toEqual([
    ['PBX 0', 'sent', ''],
    ['PBX 1', 'notSent', 'No SMTP server is set'],
    ['PBX 2', 'refused', expect.stringMatching(/permission/)],
    ['PBX 3', 'unknown', expect.stringMatching(/response/)],
  ])
  expect(sent().map(({ length }) => length)).toEqual([1, 0, 1, 1])
  expect(sent()[0]).toEqual([{ ...mail, subject: 'Test (PBX 0)' }])
  expect((await journaled()).toSorted()).toEqual(['PBX 0 unknown', 'PBX 2 refused', 'PBX 3 unknown'])
})

test('no email is sent twice unless it is requested again, also after the app was killed while sending', async () => {
  const id = await applied(3)
  await on.pbx(1).setFaults({ status: 403, onlyPath: `POST ${path}` })
  const first = new Mails()
  await first.send(id)
  await on.pbx(1).clearFaults()
  // The refused one is sent, the others are not.
  await on.pbx(1).setFaults({ holdReplies: true, onlyPath: `POST ${path}` })
  await first.service.send(id, mail, false)
  await expect.poll(() => sent().map(({ length }) => length)).toEqual([1, 2, 1])
  expect((await failureOf(first.service.send(id, mail, true))).message).toBe('Test emails are being sent')

  on = on.kill()
  const second = new Mails()
  expect(states(await second.service.get(id))).toEqual([
    ['PBX 0', 'sent', ''],
    ['PBX 1', 'unknown', 'The app ended before the response arrived'],
    ['PBX 2', 'sent', ''],
  ])
  expect(await failureOf(second.service.send(id, mail, false))).toMatchObject({ code: 'confirmation-required' })
  expect(sent().map(({ length }) => length)).toEqual([1, 2, 1])
  await on.pbx(1).setFaults({ holdReplies: false })
  expect((await second.send(id, true)).rows.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent'])
  expect(sent().map(({ length }) => length)).toEqual([2, 3, 2])
})

test('Cancel finishes the eight that are being sent, and a later one sends only the rest', async () => {
  const id = await applied(10)
  for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: true, onlyPath: `POST ${path}` })
  const mails = new Mails()
  await mails.service.send(id, mail, false)
  await expect.poll(() => sent().flat().length).toBe(8)
  await mails.service.cancel(id)
  for (const { pbx } of on.targets) await pbx.setFaults({ holdReplies: false })
  const canceled = await mails.until(id, ({ isSending }) => !isSending)
  expect(canceled.rows.map(({ state }) => state)).toEqual([...Array<string>(8).fill('sent'), undefined, undefined])
  await mails.send(id)
  expect(sent().map(({ length }) => length)).toEqual(Array(10).fill(1))
})

test('a server that was signed out is not sent, and a rollout of other settings has no test emails', async () => {
  const id = await applied(2)
  await on.harness.sessions.signOut(on.ids[0] ?? '')
  const mails = new Mails()
  expect(states(await mails.send(id))).toEqual([
    ['PBX 0', 'notSent', expect.stringMatching(/./)],
    ['PBX 1', 'sent', ''],
  ])
  const rules = await on.preview()
  expect(await failureOf(mails.service.get(rules.id))).toMatchObject({ code: 'rejected' })
})
